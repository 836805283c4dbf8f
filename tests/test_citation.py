"""Citations: the words, the address and the date, and BibTeX that no sign can break."""

import re
from datetime import date

import pytest

from dashboard.citation import cite, data_date
from dashboard.i18n import LANGUAGES
from geodata import Atlas

ENGLISH = LANGUAGES["en"]
LINK = "https://example.org/?focus=ferry&lang=en"
DAY = date(2026, 11, 22)


def bibtex_of(atlas: Atlas, focus: str | None, link: str = LINK) -> str:
    """Return the BibTeX of a view in English."""
    return cite(atlas, focus, link=link, accessed=DAY, language=ENGLISH).bibtex


def renamed(atlas: Atlas, name: str) -> Atlas:
    """Return the tiny world with another name for the ferry."""
    ferry = atlas.subjects["ferry"].model_copy(update={"name": name})
    return atlas.model_copy(update={"subjects": {**atlas.subjects, "ferry": ferry}})


def test_a_claim_is_cited_with_the_article_opened_at_its_sentence(tiny_atlas: Atlas) -> None:
    claim = tiny_atlas.claims["ferry-bridge"]
    citation = cite(tiny_atlas, claim.id, link=LINK, accessed=DAY, language=ENGLISH)
    assert citation.text.splitlines() == [
        "“The countries intend to build a bridge.”",
        "Caspian Corridors, data of 21 October 2025",
        f"{LINK} (accessed 22 November 2026)",
        f"Source: Zakon.kz, “Паром и мост”, 21 October 2025, {claim.address}",
        "Data licence: Open Database License (ODbL) 1.0; © OpenStreetMap contributors",
    ]


def test_a_fact_is_cited_with_its_sources_and_a_title_that_is_ours_stands_in_brackets(tiny_atlas: Atlas) -> None:
    citation = cite(tiny_atlas, "ferry-cargo-2024", link=LINK, accessed=DAY, language=ENGLISH)
    assert "Source: Harbour Office, [Harbour log], 15 January 2025, https://example.org/log" in citation.text
    assert (
        citation.bibtex
        == """\
@misc{caspian-corridors-ferry-cargo-2024,
  title = {{The ferry carried 12,400 tonnes in 2024.}},
  howpublished = {Caspian Corridors, data of 21 October 2025},
  year = {2025},
  note = {Data licence: Open Database License (ODbL) 1.0; © OpenStreetMap contributors},
  url = {https://example.org/?focus=ferry&lang=en},
  urldate = {2026-11-22},
}

@misc{harbour-log,
  title = {{[Harbour log]}},
  howpublished = {Harbour Office},
  year = {2025},
  month = jan,
  day = {15},
  url = {https://example.org/log},
  urldate = {2026-11-22},
}
"""
    )


def test_what_was_not_found_and_the_whole_are_cited_without_a_source(tiny_atlas: Atlas) -> None:
    for focus in ("ferry-fare", None):
        citation = cite(tiny_atlas, focus, link=LINK, accessed=DAY, language=ENGLISH)
        assert "Source:" not in citation.text
        assert citation.bibtex.count("@misc{") == 1


def test_everything_that_can_be_cited_has_a_key_of_its_own_the_same_in_every_language(atlas: Atlas) -> None:
    ids = [None, *atlas.subjects, *atlas.lines, *atlas.places, *atlas.claims, *atlas.facts]
    keys = set()
    for focus in ids:
        citations = [cite(atlas, focus, link=LINK, accessed=DAY, language=language) for language in LANGUAGES.values()]
        found = {tuple(re.findall(r"@misc{([a-z0-9-]+),", citation.bibtex)) for citation in citations}
        assert len(found) == 1
        keys.add(found.pop()[0])
        for citation in citations:
            assert citation.bibtex.count("{") == citation.bibtex.count("}")
            assert citation.bibtex.count("@misc{") == citation.bibtex.count("\n}\n")
    assert len(keys) == len(ids)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Oil & gas, 6 % of $5_000 #1", r"Oil \& gas, 6 \% of \$5\_000 \#1"),
        ("An open { brace", r"An open \textbraceleft{} brace"),
        ("} @misc{evil,", r"\textbraceright{} @misc\textbraceleft{}evil,"),
        (r"back\slash ~ ^", r"back\textbackslash{}slash \textasciitilde{} \textasciicircum{}"),
        ("Порт Актау", "Порт Актау"),
        ("two\nlines", "two lines"),
    ],
)
def test_no_sign_of_a_title_breaks_the_entry_and_cyrillic_stays(tiny_atlas: Atlas, name: str, title: str) -> None:
    bibtex = bibtex_of(renamed(tiny_atlas, name), "ferry")
    assert f"  title = {{{{{title}}}}},\n" in bibtex
    assert bibtex.count("{") == bibtex.count("}")


def test_an_address_stays_as_it_is_but_for_what_would_end_the_field(tiny_atlas: Atlas) -> None:
    bibtex = bibtex_of(tiny_atlas, None, link="https://example.org/a_b?x=%D0%90&y=}{#c")
    assert "  url = {https://example.org/a_b?x=%D0%90&y=%7D%7B#c},\n" in bibtex


def test_an_id_that_the_atlas_does_not_have_cannot_be_cited(tiny_atlas: Atlas) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        bibtex_of(tiny_atlas, "nowhere")


def test_the_date_of_the_data_is_that_of_the_newest_source_and_not_of_the_clock(
    atlas: Atlas, tiny_atlas: Atlas
) -> None:
    assert data_date(tiny_atlas) == date(2025, 10, 21)
    newest = max(source.published for source in atlas.sources.values() if source.published)
    assert data_date(atlas).isoformat().startswith(newest)
