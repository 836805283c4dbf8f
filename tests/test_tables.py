"""The atlas as tables: every record once, in both languages, with its sources."""

from datetime import date

import pytest

from dashboard.i18n import LANGUAGES
from dashboard.tables import CLOSED_LISTS, MEANINGS, TABLES, column_meaning, period_bounds, sources_of
from geodata import Atlas


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-H1", "2025-01-01", "2025-06-30"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2025-Q2", "2025-04-01", "2025-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-10-21", "2025-10-21", "2025-10-21"),
        ("2025-01/2025-09", "2025-01-01", "2025-09-30"),
        ("2025-08/2025-09-13", "2025-08-01", "2025-09-13"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(period: str, first: str, last: str) -> None:
    assert period_bounds(period) == (date.fromisoformat(first), date.fromisoformat(last))


def test_every_record_has_one_row_and_every_side_of_a_difference_too(atlas: Atlas) -> None:
    counts = {name: len(table(atlas)) for name, table in TABLES.items()}
    assert counts == {
        "subjects": len(atlas.subjects),
        "lines": len(atlas.lines),
        "places": len(atlas.places),
        "claims": len(atlas.claims),
        "facts": len(atlas.facts),
        "differences": sum(len(difference.sides) for difference in atlas.discrepancies.values()),
        "sources": len(atlas.sources),
    }


@pytest.mark.parametrize("name", TABLES)
def test_ids_come_first_and_every_column_has_a_plain_name_and_a_meaning(name: str, atlas: Atlas) -> None:
    table = TABLES[name](atlas)
    assert table.columns[0] == "id"
    for column in table.columns:
        assert column.isascii()
        assert column.isidentifier()
        assert column == column.lower()
        assert column_meaning(column)


def test_no_meaning_is_given_for_a_column_that_no_table_has(atlas: Atlas) -> None:
    columns = {column for table in TABLES.values() for column in table(atlas).columns}
    stems = columns | {column.removesuffix(f"_{code}") for column in columns for code in LANGUAGES}
    assert set(MEANINGS) <= stems


@pytest.mark.parametrize(("table", "column"), CLOSED_LISTS)
def test_a_closed_list_holds_every_value_of_its_column(table: str, column: str, atlas: Atlas) -> None:
    values = TABLES[table](atlas)[column].dropna()
    assert set(values) <= {member.value for member in CLOSED_LISTS[table, column]}


def test_statements_come_in_every_language_of_the_catalogues(atlas: Atlas) -> None:
    for name in ("claims", "facts"):
        table = TABLES[name](atlas)
        for code in LANGUAGES:
            assert table[f"statement_{code}"].notna().all()
        assert not set(table["statement_en"]) & set(table["statement_ru"])
        assert table["statement_ru"].str.contains("[а-я]").all()


def test_the_articles_words_stand_as_they_are_and_translated_into_every_other_language(atlas: Atlas) -> None:
    table = TABLES["claims"](atlas).set_index("id")
    for claim in atlas.claims.values():
        assert table.loc[claim.id, "quotation_ru"] == claim.quotation
        assert table.loc[claim.id, "quotation_en"] == claim.translation
    quotations = [table[f"quotation_{code}"] for code in LANGUAGES]
    assert all(len(set(row)) == len(LANGUAGES) for row in zip(*quotations, strict=True))


def test_a_number_stands_beside_its_unit_and_an_unknown_one_is_missing_and_not_zero(tiny_atlas: Atlas) -> None:
    claim = TABLES["claims"](tiny_atlas).set_index("id").loc["ferry-12-thousand-tonnes"]
    assert (claim["value"], claim["unit"], claim["value_period_end"]) == (12000, "tonnes", "2024-12-31")
    assert claim["value_qualifier"] == "more-than"
    facts = TABLES["facts"](tiny_atlas).set_index("id")
    assert facts.loc["ferry-fare", ["value", "unit", "period", "source_ids"]].isna().all()
    assert facts.loc["ferry-fare", "kind"] == "gap"


def test_every_claim_and_fact_leads_to_a_source_address_but_for_what_was_not_found(atlas: Atlas) -> None:
    assert TABLES["claims"](atlas)["source_addresses"].str.startswith("http").all()
    facts = TABLES["facts"](atlas)
    found = facts[facts["kind"] != "gap"]
    assert found["source_addresses"].str.startswith("http").all()
    for ids, addresses in zip(found["source_ids"], found["source_addresses"], strict=True):
        assert [atlas.sources[id_].address for id_ in ids.split()] == addresses.split()


def test_every_side_of_a_difference_leads_to_a_source_address_or_to_what_was_not_found(atlas: Atlas) -> None:
    gaps = {fact.id for fact in atlas.facts.values() if not fact.sources}
    sides = TABLES["differences"](atlas)
    without = sides[sides["source_addresses"].isna()]
    for facts in without["fact_ids"].dropna():
        assert set(facts.split()) <= gaps


def test_claims_stand_in_the_order_of_the_article(atlas: Atlas) -> None:
    claims = TABLES["claims"](atlas)
    assert claims["number"].tolist() == list(range(1, len(atlas.claims) + 1))
    assert claims["paragraph"].is_monotonic_increasing


def test_a_source_lists_all_that_rests_on_it(tiny_atlas: Atlas) -> None:
    sources = TABLES["sources"](tiny_atlas).set_index("id")
    assert sources.loc["harbour-log", "used_by"] == (
        "ferry sea-east-west east-port ferry-cargo-2023 ferry-cargo-2024 ferry-cargo-2030"
    )
    assert sources_of(tiny_atlas.claims["ferry-bridge"]) == ("zakon-kz-2025-10-21",)


def test_a_place_belongs_to_the_subjects_whose_lines_stop_there(tiny_atlas: Atlas) -> None:
    places = TABLES["places"](tiny_atlas).set_index("id")
    assert places.loc["buoy", "subjects"] == "ferry"
    assert places.loc["capital", "subjects"] == "talks"


def test_a_statement_names_the_differences_that_it_is_part_of(tiny_atlas: Atlas) -> None:
    claims, facts = (TABLES[name](tiny_atlas).set_index("id") for name in ("claims", "facts"))
    assert claims.loc["ferry-12-thousand-tonnes", "difference_ids"] == "difference-cargo"
    assert facts.loc["ferry-cargo-2024", "difference_ids"] == "difference-cargo"
    sides = TABLES["differences"](tiny_atlas)
    assert sides["side"].tolist() == [1, 2]
    assert sides["says_en"].tolist() == ["More than 12,000 tonnes.", "12,400 tonnes."]
