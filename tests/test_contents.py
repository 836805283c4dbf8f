"""What the panel says: every statement leads to its source, and nothing is a dead end."""

import re

import pytest

from dashboard.addresses import in_letters
from dashboard.atlas import ATLAS, KNOWN_IDS
from dashboard.contents import Teller, listing, panel
from dashboard.contents.panels import PAGES
from dashboard.contents.records import Panel
from dashboard.i18n import LANGUAGES
from dashboard.panel_markup import markup
from dashboard.view import Part, Tab, View
from geodata.model import ARTICLE, FactKind
from tests.conftest import in_turn

LINK = re.compile(r'href="\?([^"]*)"')
ADDRESS = re.compile(r'href="(https?://[^"]+)"')


def teller(focus: str | None, tab: Tab = Tab.ARTICLE, language: str = "en") -> Teller:
    """Return who tells of a thing."""
    return Teller(ATLAS, View(focus, language, tab=tab), LANGUAGES[language])


def panel_of(focus: str | None, tab: Tab = Tab.ARTICLE, language: str = "en") -> Panel:
    """Return the panel of a thing."""
    return panel(teller(focus, tab, language))


def markup_of(focus: str | None, tab: Tab = Tab.ARTICLE, language: str = "en") -> str:
    """Return the panel as it goes to the browser."""
    shown = panel_of(focus, tab, language)
    return "".join(markup(part, LANGUAGES[language], panel=shown) for part in ("panel.html", "panel_rest.html"))


@pytest.mark.parametrize(("claim", "language"), in_turn(ATLAS.claims))
def test_every_claim_leads_to_its_sentence(claim: str, language: str) -> None:
    assert in_letters(ATLAS.claims[claim].address).replace("&", "&amp;") in markup_of(claim, language=language)


@pytest.mark.parametrize(("fact", "language"), in_turn(ATLAS.facts))
def test_every_fact_leads_to_each_of_its_sources_and_a_gap_says_that_nothing_was_found(
    fact: str, language: str
) -> None:
    shown = markup_of(fact, language=language)
    record = ATLAS.facts[fact]
    addresses = {in_letters(ATLAS.sources[id_].address).replace("&", "&amp;") for id_ in record.sources}
    assert addresses <= set(ADDRESS.findall(shown))
    assert addresses or record.kind is FactKind.GAP
    if record.kind is FactKind.GAP:
        assert LANGUAGES[language].say("not found") in shown


@pytest.mark.parametrize(("difference", "language"), in_turn(ATLAS.discrepancies))
def test_every_difference_shows_each_side_and_leads_to_the_sources(difference: str, language: str) -> None:
    shown = panel_of(difference, language=language).difference
    assert shown is not None
    assert len(shown.sides) == len(ATLAS.discrepancies[difference].sides)
    assert any(side.sources for side in shown.sides)
    assert ADDRESS.search(markup_of(difference, language=language))


def test_every_fact_and_claim_can_be_reached_by_clicking_from_its_subject() -> None:
    for subject in ATLAS.subjects:
        article, others = markup_of(subject), markup_of(subject, Tab.OTHERS)
        for claim in ATLAS.claims.values():
            assert (claim.subject != subject) or f"focus={claim.id}&amp;" in article
        for fact in ATLAS.facts.values():
            assert (fact.subject != subject) or f"focus={fact.id}&amp;" in others


def test_every_difference_can_be_reached_by_clicking_from_the_page_of_differences_and_from_what_it_concerns() -> None:
    page = markup_of("differences")
    for difference in ATLAS.discrepancies.values():
        assert f"focus={difference.id}&amp;" in page
        for statement in (*difference.claims, *difference.facts):
            assert f"focus={difference.id}&amp;" in markup_of(statement)


def test_every_source_lists_what_rests_on_it() -> None:
    """No document is kept that carries nothing."""
    assert [source for source in ATLAS.sources if not panel_of(source).rests_on_it] == []
    assert len(panel_of(ARTICLE).rests_on_it) >= len(ATLAS.claims)


@pytest.mark.parametrize("focus", [None, *PAGES, *ATLAS.subjects, *ATLAS.lines, *ATLAS.places])
def test_no_link_is_a_dead_end(focus: str | None) -> None:
    for tab in Tab:
        for link in LINK.findall(markup_of(focus, tab)):
            named = dict(part.split("=") for part in link.replace("&amp;", "&").split("&"))
            assert named.get("focus", focus) in {None, *KNOWN_IDS}
            assert named["lang"] == "en"


def test_the_list_holds_every_subject_line_and_place() -> None:
    entries = listing(teller(None))
    listed = {entry.id for entry in entries} | {part.id for entry in entries for part in entry.parts}
    assert {*ATLAS.subjects, *ATLAS.lines, *ATLAS.places} <= listed


def test_reading_on_passes_every_statement_once_in_the_articles_order() -> None:
    focus: str | None = next(iter(ATLAS.claims))
    read = []
    while focus:
        read.append(focus)
        following = panel_of(focus).following
        focus = following.id if following else None
    assert read == list(ATLAS.claims)


def test_each_ignored_part_of_a_link_is_named_in_one_line() -> None:
    assert len(set(panel(teller(None), tuple(Part)).notices)) == len(Part)


def test_only_the_chosen_tab_is_drawn() -> None:
    assert panel_of("btc", Tab.ARTICLE).facts == ()
    assert panel_of("btc", Tab.OTHERS).claims == ()
    assert panel_of("btc", Tab.SOURCES).claims == ()
    assert panel_of("btc", Tab.SOURCES).facts == ()


def test_the_sides_of_a_difference_are_told_at_its_first_mention_only() -> None:
    for subject in ATLAS.subjects:
        for tab in Tab:
            shown = panel_of(subject, tab)
            facts = [fact for group in shown.facts for fact in group.facts]
            mentions = [difference for claim in shown.claims for difference in claim.differences]
            mentions += [difference for fact in facts for difference in fact.differences]
            for id_ in {mention.id for mention in mentions}:
                first, *others = [mention for mention in mentions if mention.id == id_]
                assert first.sides
                assert not any(other.sides for other in others)
    assert '<p class="cc-differs">' in markup_of("trade")


def test_letters_beyond_ascii_stand_in_an_address_as_themselves_and_signs_stay_escaped() -> None:
    assert in_letters("https://a.kz/?q=%D0%B0%2D%20b#:~:text=%D1%8F%2C") == "https://a.kz/?q=а%2D%20b#:~:text=я%2C"
