"""What other sources say, and where they differ: complete, sourced and neutrally worded."""

import re
from collections import defaultdict
from collections.abc import Iterator

from geodata import Atlas
from geodata.model import ARTICLE, ContextFact, FactKind

FIRST_DATE_AFTER_THE_ARTICLE = "2025-10-22"
FACTS_BY_SUBJECT = {
    "btc": 31,
    "caspian-division": 8,
    "caspian-ports": 34,
    "digital-silk-road": 8,
    "dunga": 5,
    "kars-nakhchivan": 10,
    "ots": 1,
    "titr": 39,
    "trade": 20,
    "visit": 6,
    "zangezur": 14,
}
LOADED_WORDS = re.compile(r"\b(wrong\w*|false\w*|actual\w*|memory|mistak\w*|incorrect\w*|error\w*)\b", re.IGNORECASE)
SERIES_OF_THE_CHARTS = {
    "btc-kazakh-oil",
    "btc-kazakh-oil-turan",
    "btc-throughput",
    "btc-throughput-bp",
    "btc-throughput-socar",
    "titr-volume",
    "trade-az",
    "trade-kz",
}


def _series(atlas: Atlas) -> dict[str, list[ContextFact]]:
    series: dict[str, list[ContextFact]] = defaultdict(list)
    for fact in atlas.facts.values():
        if fact.series:
            series[fact.series].append(fact)
    return series


def _words_for_readers(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of everything that a reader sees of facts and differences."""
    fields = ("label", "statement", "value_text", "period_text", "reporter", "confidence_reason")
    for fact in atlas.facts.values():
        for field in fields:
            if text := getattr(fact, field):
                yield f"{fact.id}.{field}", text
    for difference in atlas.discrepancies.values():
        yield f"{difference.id}.title", difference.title
        yield f"{difference.id}.wording", difference.wording
        for number, side in enumerate(difference.sides):
            yield f"{difference.id}.sides.{number}.who", side.who
            yield f"{difference.id}.sides.{number}.says", side.says
    for source in atlas.sources.values():
        if source.note and source.id != ARTICLE:
            yield f"{source.id}.note", source.note


def test_all_facts_that_may_be_published_are_there(atlas: Atlas) -> None:
    found: dict[str, int] = defaultdict(int)
    for fact in atlas.facts.values():
        found[fact.subject] += 1
    assert dict(found) == FACTS_BY_SUBJECT


def test_facts_without_a_source_are_not_published(atlas: Atlas) -> None:
    assert not {"dunga-output", "dunga-price"} & set(atlas.facts)
    for fact in atlas.facts.values():
        assert fact.sources or fact.kind is FactKind.GAP, fact.id


def test_every_source_that_a_fact_cites_is_described(atlas: Atlas) -> None:
    cited = {source for fact in atlas.facts.values() for source in fact.sources}
    assert not cited - set(atlas.sources)
    assert ARTICLE not in cited


def test_one_address_is_one_document(atlas: Atlas) -> None:
    addresses = [source.address for source in atlas.sources.values()]
    assert len(addresses) == len(set(addresses))


def test_a_series_holds_counts_of_one_reporter_in_one_unit(atlas: Atlas) -> None:
    for name, facts in _series(atlas).items():
        assert {fact.kind for fact in facts} <= {FactKind.COUNT, FactKind.GAP}, name
        counts = [fact for fact in facts if fact.kind is FactKind.COUNT]
        assert len({fact.reporter for fact in counts}) == 1, name
        assert counts[0].reporter, name
        assert len({fact.unit for fact in counts}) == 1, name
        periods = [fact.period for fact in facts]
        assert None not in periods, name
        assert len(periods) == len(set(periods)), name


def test_the_series_of_the_two_countries_are_never_joined(atlas: Atlas) -> None:
    series = _series(atlas)
    assert set(series) == SERIES_OF_THE_CHARTS
    assert {fact.reporter for fact in series["trade-az"]} == {"Azerbaijan"}
    assert {fact.reporter for fact in series["trade-kz"]} == {"Kazakhstan"}


def test_a_gap_has_no_number_and_a_number_has_a_unit(atlas: Atlas) -> None:
    for fact in atlas.facts.values():
        if fact.kind is FactKind.GAP:
            assert (fact.value, fact.value_high, fact.unit, fact.value_text) == (None,) * 4, fact.id
        assert (fact.value is None) == (fact.unit is None), fact.id


def test_what_is_expected_is_not_called_a_count(atlas: Atlas) -> None:
    expected = re.compile(r"\b(was|were) expected\b|\bis planned\b|\bis to be\b|\bdesigned for\b")
    for fact in atlas.facts.values():
        if fact.kind is FactKind.COUNT:
            assert not expected.search(fact.statement), fact.id


def test_every_fact_says_something_to_show(atlas: Atlas) -> None:
    for fact in atlas.facts.values():
        shown = (fact.value, fact.value_text, fact.period, fact.period_text)
        assert fact.kind is FactKind.GAP or any(part is not None for part in shown), fact.id


def test_statements_are_whole_sentences(atlas: Atlas) -> None:
    for fact in atlas.facts.values():
        assert re.match(r"[A-Z0-9]", fact.statement), fact.id
        assert fact.statement.endswith("."), fact.id
        assert not fact.confidence_reason.endswith("."), fact.id
        assert not re.search(r"\b[A-Z]{6,}\b(?<!AZERTAC)(?<!NEQSOL)", fact.label), fact.id


def test_a_fact_is_after_the_article_only_if_a_dated_source_is(atlas: Atlas) -> None:
    for fact in atlas.facts.values():
        dates = [published for source in fact.sources if (published := atlas.sources[source].published)]
        if fact.after_article:
            assert all(published >= FIRST_DATE_AFTER_THE_ARTICLE for published in dates), fact.id
        elif fact.after_article is False:
            assert any(published < FIRST_DATE_AFTER_THE_ARTICLE for published in dates), fact.id


def test_every_difference_has_two_sides_that_rest_on_something(atlas: Atlas) -> None:
    assert len(atlas.discrepancies) == 25
    for difference in atlas.discrepancies.values():
        assert len(difference.sides) >= 2, difference.id
        for side in difference.sides:
            assert side.claims or side.facts, f"{difference.id}: {side.who}"
        assert not set(difference.facts) - set(atlas.facts), difference.id


def test_the_article_speaks_first_where_it_is_concerned(atlas: Atlas) -> None:
    for difference in atlas.discrepancies.values():
        for number, side in enumerate(difference.sides):
            assert bool(side.claims) == (side.who.startswith("The article")), difference.id
            assert number == 0 or not side.claims, difference.id


def test_nobody_is_said_to_err(atlas: Atlas) -> None:
    for where, text in _words_for_readers(atlas):
        assert not LOADED_WORDS.search(text), f"{where}: {text}"
