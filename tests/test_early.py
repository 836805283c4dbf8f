"""What the first answer names early is what the page will ask for."""

import re

import brotli
import pytest

from dashboard.files import FILES
from dashboard.i18n import LANGUAGES
from dashboard.serving import early, first_answer
from dashboard.serving.packing import BUNDLES, packed
from dashboard.view import View

ADDRESSES = {file.address for file in FILES}


def test_every_part_of_our_page_is_named_with_what_it_imports() -> None:
    names = early.modules(first_answer.STREAMLITS_OWN)
    assert [name.partition(".")[0] for name in names[: len(early.PARTS)]] == list(early.PARTS)
    for name in names:
        assert name not in first_answer.STREAMLITS_OWN
        for needed in early.IMPORT.findall((early.SCRIPTS / name).read_text(encoding="utf-8")):
            assert needed in names or needed in first_answer.STREAMLITS_OWN


def test_a_part_that_streamlit_no_longer_has_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early, "PARTS", ("NoSuchPart",))
    assert early.modules(first_answer.STREAMLITS_OWN) == []


def test_the_scripts_that_every_reader_fetches_are_there_and_packed_without_loss() -> None:
    scripts = early.scripts(first_answer.STREAMLITS_OWN)
    assert len(scripts) > 50
    for script in scripts:
        assert script.is_relative_to(BUNDLES / "static")
        if script.suffix == ".js":
            assert brotli.decompress(packed(script)["br"]) == script.read_bytes()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_maps_files_are_ours_and_speak_the_readers_language(code: str) -> None:
    frame, *files = early.map_files(code)
    assert (early.FRAME / frame.partition("st_folium/")[2]).is_file()
    assert set(files) <= ADDRESSES
    assert next(file for file in files if "words-" in file).endswith(f"words-{code}.json")
    page = first_answer.page(View(None, code))
    assert re.findall(r'<link rel="prefetch" href="\./([^"]+)">', page) == [frame, *files]
