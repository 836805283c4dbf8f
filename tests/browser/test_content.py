"""Content that is hostile or broken, on the real server."""

import csv
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visits
from tests.browser.servers import copy_of_the_project, free_port, running_server, server_command

PAYLOADS = ("{{7*191}}", "`${7*191}`", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>")


def rename_place(project: Path, id_: str, name: str) -> None:
    """Give a place another name."""
    file = project / "geodata/places.csv"
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        row["name"] = name if row["id"] == id_ else row["name"]
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_name_that_looks_like_code_is_shown_as_it_was_written(browser: Browser, tmp_path: Path, payload: str) -> None:
    """On the map, in the tooltip, in the panel and in the list; nothing runs, on the server or in the browser."""
    project = copy_of_the_project(tmp_path)
    rename_place(project, "astana", payload)
    with running_server(project) as server:
        visits = Visits(browser, server)
        page = visits("?focus=astana&lang=en")
        page.expect_heading(payload)
        expect(page.map_element.locator(".cc-label", has_text=payload)).to_have_text(payload)
        expect(page.page.locator(".cc-contents a[href*='focus=astana&'] .cc-choice-name").first).to_have_text(payload)
        page.page.mouse.move(*page.point_on_page(71.43, 51.17))
        expect(page.map_element.locator(".cc-tooltip b")).to_have_text(payload)
        visits.close()
        assert not visits.troubles


def test_wrong_content_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    """The sentence names file, record and remedy; the exit code is not 0, and there is no traceback."""
    project = copy_of_the_project(tmp_path)
    file = project / "geodata/subjects/trade/claims.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("value = 547000000", "value = 574000000"), "utf-8")
    ended = subprocess.run(  # noqa: S603  fixed words
        server_command(free_port()), cwd=project, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    sentence = ended.stderr.strip().splitlines()[-1]
    assert "geodata/subjects/trade/claims.toml: claim trade-547m-nine-months-2025" in sentence


def test_a_catalogue_that_is_broken_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    """The sentence names file, line and remedy; the exit code is not 0, and there is no traceback."""
    project = copy_of_the_project(tmp_path)
    file = project / "dashboard/i18n/tr.po"
    lines = file.read_text("utf-8").splitlines()
    place = lines.index('msgid "Share"')
    lines[place + 1] = 'msgstr "Paylaş'
    file.write_text("\n".join(lines), "utf-8")
    ended = subprocess.run(  # noqa: S603  fixed words
        server_command(free_port()), cwd=project, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    sentence = ended.stderr.strip().splitlines()[-1]
    assert f"dashboard/i18n/tr.po: line {place + 2} is no line of a catalogue" in sentence
