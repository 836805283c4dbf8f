"""The page as Streamlit runs it: each subject, each language, links that are broken."""

from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.atlas import ATLAS
from dashboard.contents.panels import PAGES
from dashboard.i18n import LANGUAGES
from dashboard.view import Tab
from tests.conftest import in_turn
from tests.sessions import markup_of

PAGE = Path(__file__).parents[1] / "dashboard/page.py"
HEADING = '<h2 id="cc-panel-title" tabindex="-1">'
"""The panel opens with it; skip links and scripts lead to it."""


def run_page(**parameters: str) -> AppTest:
    """Run the page for a link; nothing may be raised."""
    page = AppTest.from_file(PAGE, default_timeout=30)
    for name, value in parameters.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def markups(page: AppTest) -> list[str]:
    """Return the markup of each part of the page."""
    return [str(element.proto.body) for element in page.get("html")]


def panel_of(page: AppTest) -> str:
    """Return the panel's markup without its pictures: the head, and the rest."""
    components = [element.proto for element in page.get("bidi_component")]
    return "".join(markup_of(component.bytes) for component in components if component.component_name == "panel")


@pytest.mark.parametrize(("subject", "language"), in_turn(ATLAS.subjects))
def test_each_subject_has_its_panel_and_each_language_its_names(subject: str, language: str) -> None:
    panel = panel_of(run_page(focus=subject, lang=language))
    name = LANGUAGES[language].say_content(subject, "name", ATLAS.subjects[subject].name)
    assert panel.startswith(f"{HEADING}{escape(name, quote=False)}</h2>")
    assert panel.count("<blockquote") >= sum(claim.subject == subject for claim in ATLAS.claims.values())
    assert panel.count("#:~:text=") >= panel.count("<blockquote")


@pytest.mark.parametrize("tab", Tab)
@pytest.mark.parametrize("subject", ATLAS.subjects)
def test_each_tab_of_each_subject_can_be_drawn(subject: str, tab: Tab) -> None:
    panel = panel_of(run_page(focus=subject, lang="ru", tab=tab))
    assert f"tab={tab}" in panel or tab is Tab.ARTICLE
    held = {Tab.ARTICLE: "cc-claim", Tab.OTHERS: "cc-fact", Tab.SOURCES: "cc-sources"}
    assert held[tab] in panel


@pytest.mark.parametrize(("page", "language"), in_turn(PAGES))
def test_each_page_about_the_whole_can_be_drawn(page: str, language: str) -> None:
    assert len(panel_of(run_page(focus=page, lang=language))) > 5000


def test_the_pictures_stand_where_other_sources_speak() -> None:
    for subject, count in {"trade": 1, "titr": 1, "btc": 1, "caspian-ports": 1, "dunga": 0}.items():
        page = run_page(focus=subject, lang="en", tab="others")
        assert len(page.get("vega_lite_chart")) == count


def test_trade_shows_how_far_it_is_from_the_goal() -> None:
    panel = panel_of(run_page(focus="trade", lang="en"))
    assert "547 million US dollars" in panel
    assert "January" in panel
    assert "width:54.7%" in panel


def test_a_link_that_names_nothing_known_opens_the_overview_with_a_notice() -> None:
    panel = panel_of(run_page(focus="<img onerror=alert(1)>", lang="en"))
    assert panel.startswith(f"{HEADING}What connects Kazakhstan and Azerbaijan</h2>")
    assert panel.count("cc-notice") == 1
    assert "onerror" not in panel


def test_the_list_holds_every_subject_line_and_place_that_belongs_to_one() -> None:
    contents = next(markup for markup in markups(run_page(lang="en")) if "<footer" in markup)
    for id_ in (*ATLAS.subjects, *ATLAS.lines):
        assert f'href="?focus={id_}&amp;lang=en"' in contents


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quotation_has_its_translation_beside_it_where_the_reader_speaks_another_language(language: str) -> None:
    claim = ATLAS.claims["trade-547m-nine-months-2025"]
    panel = panel_of(run_page(focus=claim.id, lang=language))
    assert f'<blockquote lang="ru">«{claim.quotation}»</blockquote>' in panel
    translation = LANGUAGES[language].say_content(claim.id, "translation", claim.translation)
    assert panel.count('<p class="cc-translation">') == (language != "ru")
    assert (translation in panel) == (language != "ru")
