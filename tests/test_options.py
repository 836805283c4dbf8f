"""The options of Streamlit that are set here exist: it passes over those that it does not know, and says nothing."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

import pytest
from streamlit import config

from tests.browser.servers import ROOT

OPTIONS: Final = config.get_config_options()
PLACES: Final = ("Makefile", "README.md", ".streamlit", "dashboard", "tests")
"""Where an option may be set or named."""
FLAG: Final = re.compile(rf"--((?:{'|'.join(sorted({name.partition('.')[0] for name in OPTIONS}))})\.\w+(?:\.\w+)*)")
VARIABLE: Final = re.compile(r"\bSTREAMLIT_[A-Z][A-Z_]*[A-Z]\b")


def flattened(table: dict[str, Any], before: str = "") -> Iterator[str]:
    """Yield the names of the options in a table of tables."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flattened(value, f"{before}{name}.")
        else:
            yield before + name


def named_in(place: str) -> Iterator[str]:
    """Yield the options that the files of a place give to Streamlit, on its command line or as variables."""
    folder = ROOT / place
    names_of_variables = {option.env_var: name for name, option in OPTIONS.items()}
    files = folder.rglob("*") if folder.is_dir() else [folder]
    for file in files:
        if file.is_file() and file.suffix in {"", ".py", ".md", ".toml", ".yaml", ".yml", ".conf", ".sh"}:
            text = file.read_text("utf-8")
            yield from FLAG.findall(text)
            yield from (names_of_variables.get(variable, variable) for variable in VARIABLE.findall(text))


SET: Final = (*flattened(tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))),)


@pytest.mark.parametrize("option", sorted({*SET, *(name for place in PLACES for name in named_in(place))}))
def test_an_option_that_is_set_exists_and_will_stay(option: str) -> None:
    assert option in OPTIONS
    assert not OPTIONS[option].deprecated


def test_the_options_that_the_server_is_safe_by_are_set() -> None:
    safe = {
        "server.maxMessageSize",
        "server.maxWidgetStateSize",
        "runner.fastReruns",
        "runner.postScriptGC",
        "global.minCachedMessageSize",
        "client.showErrorDetails",
    }
    assert safe | {"browser.gatherUsageStats", "browser.serverAddress", "client.toolbarMode"} <= set(SET)
