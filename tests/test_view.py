"""The view and its form in the link."""

import pytest

from dashboard.view import MapView, Part, Tab, View, asks_for_embedding, read_view


def read(**parameters: str | list[str]) -> tuple[View, tuple[Part, ...]]:
    """Read a link in a world of two things and two languages."""
    given = {name: [value] if isinstance(value, str) else value for name, value in parameters.items()}
    return read_view(given, known={"btc", "titr"}, languages={"en", "ru"}, preferred_language="en")


def test_an_empty_link_is_the_overview_in_the_preferred_language() -> None:
    assert read() == (View(None, "en"), ())


def test_a_link_is_read_as_it_was_written() -> None:
    view = View("btc", "ru", MapView(40.5, 44.25, 7))
    assert read(**view.parameters) == (view, ())
    assert view.link == "?focus=btc&lang=ru&map=40.5000,44.2500,7"


def test_the_language_is_always_written_out() -> None:
    assert View(None, "en").link == "?lang=en"


def test_choosing_another_thing_forgets_where_the_link_put_the_map() -> None:
    assert View("btc", "ru", MapView(40, 44, 7)).choose("titr") == View("titr", "ru")


@pytest.mark.parametrize(
    ("parameters", "ignored"),
    [
        ({"focus": "unknown"}, Part.FOCUS),
        ({"focus": ""}, Part.FOCUS),
        ({"focus": "BTC"}, Part.FOCUS),
        ({"focus": ["btc", "titr"]}, Part.FOCUS),
        ({"focus": ["btc", "btc"]}, Part.FOCUS),
        ({"focus": "b" * 20_000}, Part.FOCUS),
        ({"focus": "<script>"}, Part.FOCUS),
        ({"lang": "xx"}, Part.LANGUAGE),
        ({"lang": "en-GB"}, Part.LANGUAGE),
        ({"map": "1,2"}, Part.MAP),
        ({"map": "40,44,7,1"}, Part.MAP),
        ({"map": "nan,44,7"}, Part.MAP),
        ({"map": "inf,44,7"}, Part.MAP),
        ({"map": "1e1,44,7"}, Part.MAP),
        ({"map": "٤٠,44,7"}, Part.MAP),
        ({"map": "91,44,7"}, Part.MAP),
        ({"map": "40,181,7"}, Part.MAP),
        ({"map": "40,44,99"}, Part.MAP),
        ({"map": "40, 44, 7"}, Part.MAP),
        ({"tab": "fourth"}, Part.TAB),
    ],
)
def test_what_a_link_cannot_be_is_ignored_and_named(parameters: dict[str, str], ignored: Part) -> None:
    assert read(**parameters) == (View(None, "en"), (ignored,))


def test_one_bad_part_spoils_no_other() -> None:
    assert read(focus="btc", lang="xx", map="0,0,0") == (View("btc", "en"), (Part.LANGUAGE, Part.MAP))


def test_parameters_of_other_names_are_nobodys_business() -> None:
    assert read(utm_source="somebody", embed="true") == (View(None, "en"), ())


@pytest.mark.parametrize(("name", "value"), [("embed", "true"), ("Embed", "TRUE")])
def test_a_link_asks_for_embedding_as_streamlit_reads_it(name: str, value: str) -> None:
    assert asks_for_embedding([("focus", "btc"), (name, value)])
    assert not asks_for_embedding([("focus", "embed"), ("lang", "true")])


def test_the_first_tab_is_written_only_where_a_link_leads_to_it() -> None:
    assert View("btc", "en").link == "?focus=btc&lang=en"
    assert View("btc", "en").full_link == "?focus=btc&lang=en&tab=article"
    assert View("btc", "en", tab=Tab.OTHERS).choose("titr").link == "?focus=titr&lang=en&tab=others"
