"""Records refuse what cannot be."""

from typing import Any

import pytest
from pydantic import ValidationError

from geodata import Atlas, ContextFact, Name, Source
from geodata.model import MAX_QUOTED_WORDS, WORD

FACT: dict[str, Any] = {
    "id": "ferry-cargo",
    "subject": "ferry",
    "question": "traffic",
    "label": "Cargo",
    "kind": "count",
    "statement": "The ferry carried cargo.",
    "confidence": "medium",
    "confidence_reason": "one source",
}


@pytest.mark.parametrize(
    "period",
    ["2025", "2025-08", "2025-08-22", "2025-H1", "2025-Q4", "2025-01/2025-09", "2017/2022", "2024-02-29"],
)
def test_a_period_is_a_date_or_an_interval(period: str) -> None:
    """Days, months, quarters, halves, years, and two of them with a slash."""
    assert ContextFact(**FACT, period=period).period == period


@pytest.mark.parametrize(
    ("period", "wrong"),
    [
        ("2025-13", "no calendar"),
        ("2025-02-29", "no calendar"),
        ("2025-09/2025-01", "ends before it begins"),
        ("August 2025", "not a date"),
        ("2025-H3", "not a date"),
        ("2025-08-22 ", "not a date"),
        ("2025/2026/2027", "not a date"),
    ],
)
def test_an_impossible_period_is_refused(period: str, wrong: str) -> None:
    """What no calendar has is no period."""
    with pytest.raises(ValidationError, match=wrong):
        ContextFact(**FACT, period=period)


@pytest.mark.parametrize("value", ["547", float("nan"), float("inf"), True])
def test_a_value_is_a_finite_number(value: object) -> None:
    """A text that looks like a number is none."""
    with pytest.raises(ValidationError):
        ContextFact(**FACT, unit="tonnes", value=value)


@pytest.mark.parametrize("record_id", ["", "Upper", "with space", "under_score", "x" * 41, "ß"])
def test_an_id_is_plain_enough_for_a_link(record_id: str) -> None:
    """Small letters, digits and hyphens, at most forty."""
    with pytest.raises(ValidationError):
        ContextFact(**{**FACT, "id": record_id})


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https:///x", "javascript:alert(1)"])
def test_a_source_has_a_web_address(address: str) -> None:
    """Anything but http and https is refused."""
    with pytest.raises(ValidationError):
        Source(id="log", title="Log", title_basis="shown", publisher="Office", address=address, language="en")


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, 91), (float("nan"), 0), (0, float("-inf"))])
def test_a_coordinate_lies_on_earth(lon: float, lat: float) -> None:
    """Degrees, and finite ones."""
    with pytest.raises(ValidationError):
        Name(id="sea", name="Sea", kind="water", lon=lon, lat=lat, prominence=1)


def test_a_record_is_frozen_and_refuses_unknown_keys() -> None:
    """Neither a new value nor a new field gets in."""
    fact = ContextFact(**FACT)
    coloured: dict[str, Any] = {**FACT, "colour": "red"}
    with pytest.raises(ValidationError):
        fact.label = "Freight"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        ContextFact(**coloured)


@pytest.mark.parametrize(
    ("quotation", "count"),
    [
        ("224-километровой ж/д ветки", 4),
        ("Баку–Тбилиси–Джейхан (БТД)", 4),
        ('месторождению "Дунга"', 2),
        ("отношениях – отмечает", 2),
        ("в начале 2000-х годов", 4),
    ],
)
def test_words_are_counted_as_a_reader_would(quotation: str, count: int) -> None:
    """Hyphens join, dashes and slashes part, signs alone are no words."""
    assert len(WORD.findall(quotation)) == count


def test_no_quotation_has_more_than_twelve_words(atlas: Atlas) -> None:
    """The article is quoted, not copied."""
    counts = [len(WORD.findall(claim.quotation)) for claim in atlas.claims.values()]
    assert max(counts) <= MAX_QUOTED_WORDS == 12


def test_ids_are_unique_across_the_atlas(atlas: Atlas) -> None:
    """A link names any record in one parameter."""
    ids = [record_id for kind in Atlas.model_fields for record_id in getattr(atlas, kind)]
    assert len(ids) == len(set(ids))


def test_a_difference_knows_what_it_rests_on(tiny_atlas: Atlas) -> None:
    """Claims and facts of all its sides, each once."""
    difference = tiny_atlas.discrepancies["difference-cargo"]
    assert difference.claims == ("ferry-12-thousand-tonnes",)
    assert difference.facts == ("ferry-cargo-2024",)
