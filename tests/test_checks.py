"""The rules that span records: numbers in words, and what the real atlas must never hold."""

from decimal import Decimal

import pytest

from geodata import Atlas, FactKind, Line, Place, Status, Subject
from geodata.checks import Origin, numbers_in, problems
from geodata.model import ARTICLE


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("547 миллионов долларов", {547_000_000}),
        ("более чем в 10 млн тонн грузов в год", {10_000_000}),
        ("224-километровой", {224}),
        ("20-летие", {20}),
        ("1,5 млрд", {1_500_000_000}),
        ("12 тыс. тонн", {12_000}),
        ("1 768 км", {1768}),
        ("1\u00a0768 км", {1768}),
        ("от 5 до 10 миллионов", {5, 10_000_000}),
        ("3 раза", {3}),
        ("почти в три раза", set()),
        ("одного миллиарда", set()),
    ],
)
def test_numbers_are_read_from_russian_words(words: str, numbers: set[int]) -> None:
    """Digits count with the word that multiplies them; a number in words alone is left to a note."""
    assert numbers_in(words) == {Decimal(number) for number in numbers}


def test_sound_content_has_no_problems(tiny_atlas: Atlas) -> None:
    """The rules are silent about the tiny world."""
    ids = [record_id for kind in Atlas.model_fields for record_id in getattr(tiny_atlas, kind)]
    assert list(problems(tiny_atlas, {record_id: Origin("f", record_id) for record_id in ids})) == []


def test_a_number_in_words_needs_a_note(tiny_atlas: Atlas) -> None:
    """Without digits there is nothing to compare, so somebody must say how the number was read."""
    claim = tiny_atlas.claims["ferry-12-thousand-tonnes"]
    assert claim.quantity
    quantity = claim.quantity.model_copy(update={"words": "груза"})
    told = [
        problem
        for note in (None, "«Груза» is read as 12,000 tonnes.")
        for problem in problems(
            _with_claim(tiny_atlas, claim.model_copy(update={"quantity": quantity, "note": note})), _ORIGINS
        )
    ]
    assert told == ["f: claim: quantity.words 'груза' holds no digits to compare; say in note how the number was read."]


def test_digits_are_compared_even_beside_a_note(tiny_atlas: Atlas) -> None:
    """A note explains words; it does not excuse other digits."""
    claim = tiny_atlas.claims["ferry-12-thousand-tonnes"]
    assert claim.quantity
    quantity = claim.quantity.model_copy(update={"value": 21000.0})
    changed = claim.model_copy(update={"quantity": quantity, "note": "Explained."})
    (problem,) = problems(_with_claim(tiny_atlas, changed), _ORIGINS)
    assert "quantity.value 21000.0 is not in quantity.words" in problem


def test_a_year_that_is_not_quoted_needs_a_note(tiny_atlas: Atlas) -> None:
    """A period is a number too."""
    claim = tiny_atlas.claims["talks-treaty-2005"].model_copy(update={"period": "2006-05"})
    (problem,) = problems(_with_claim(tiny_atlas, claim), _ORIGINS)
    assert "the year 2006 of its period is not in the quotation" in problem


def test_every_status_has_a_date_and_a_source(atlas: Atlas) -> None:
    """Whoever says operating says since when it is known, and from whom."""
    records: tuple[Subject | Line | Place, ...] = (
        *atlas.subjects.values(),
        *atlas.lines.values(),
        *atlas.places.values(),
    )
    for record in records:
        assert bool(record.status) == bool(record.status_as_of) == bool(record.status_sources)
    assert {line.status for line in atlas.lines.values()} == set(Status)


def test_every_fact_but_a_gap_has_a_source(atlas: Atlas) -> None:
    """Absence is not zero, and memory is no source."""
    for fact in atlas.facts.values():
        assert (fact.kind is FactKind.GAP and fact.value is None) or fact.sources


def test_no_series_mixes_reporters(atlas: Atlas) -> None:
    """The Kazakh and the Azerbaijani figures never meet in one line."""
    reporters: dict[str, set[str | None]] = {}
    for fact in atlas.facts.values():
        if fact.series and fact.kind is FactKind.COUNT:
            reporters.setdefault(fact.series, set()).add(fact.reporter)
    assert reporters
    assert all(len(names) == 1 for names in reporters.values())


def test_every_claim_opens_the_article(atlas: Atlas) -> None:
    """One click leads to the words, in the original."""
    start = f"{atlas.sources[ARTICLE].address}#:~:text="
    assert all(claim.address.startswith(start) for claim in atlas.claims.values())


def test_trade_opens_with_the_figures_of_the_article(atlas: Atlas) -> None:
    """The first two figures are the 547 million and the target of one billion."""
    first, second, *_ = atlas.subjects["trade"].key_figures
    figures = [atlas.claims[figure].quantity for figure in (first, second)]
    assert [figure and (figure.value, figure.unit) for figure in figures] == [(547e6, "USD"), (1e9, "USD")]


class _AnyOrigin(dict[str, Origin]):
    """Every record is written in the same place."""

    def __missing__(self, record_id: str) -> Origin:
        return Origin("f", "claim")


_ORIGINS = _AnyOrigin()


def _with_claim(atlas: Atlas, claim: object) -> Atlas:
    """Return the atlas with one claim changed."""
    claims = {**atlas.claims, getattr(claim, "id"): claim}  # noqa: B009
    return atlas.model_copy(update={"claims": claims})
