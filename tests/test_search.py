"""The search finds every record, in each language, also by words that are spelt otherwise."""

import random
import sys
from collections.abc import Iterator

import pytest

from dashboard.i18n import LANGUAGES, Language
from dashboard.search import Index, Kind, folded, index_of
from geodata import Atlas
from geodata.model import Line, Place, Subject

LIMIT = 12
EACH = pytest.mark.parametrize("code", LANGUAGES)


@pytest.fixture(scope="module")
def index(atlas: Atlas) -> Index:
    """Return the index of the real atlas."""
    return index_of(atlas)


def found(index: Index, query: str, limit: int = LIMIT) -> list[str]:
    return [hit.id for hit in index.find(query, limit)]


def first_words(text: str, count: int = 6) -> str:
    return " ".join(text.split()[:count])


def names(atlas: Atlas, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the id and the name of each thing on the map."""
    things: tuple[Subject | Line | Place, ...] = (
        *atlas.subjects.values(),
        *atlas.lines.values(),
        *atlas.places.values(),
    )
    yield from ((thing.id, language.say_content(thing.id, "name", thing.name)) for thing in things)


def queries(atlas: Atlas, language: Language) -> Iterator[tuple[str, str]]:
    """Yield for each record what a reader of the language would search it by."""
    yield from names(atlas, language)
    for claim in atlas.claims.values():
        yield claim.id, first_words(language.say_content(claim.id, "statement", claim.statement))
        if claim.label:
            yield claim.id, language.say_content(claim.id, "label", claim.label)
    for fact in atlas.facts.values():
        yield fact.id, language.say_content(fact.id, "label", fact.label)
    for difference in atlas.discrepancies.values():
        yield difference.id, language.say_content(difference.id, "title", difference.title)


@EACH
def test_every_record_is_among_the_first_hits_for_its_own_words(index: Index, atlas: Atlas, code: str) -> None:
    """Names, labels and titles, and the first six words of each statement of the article."""
    asked = list(queries(atlas, LANGUAGES[code]))
    records = (atlas.subjects, atlas.lines, atlas.places, atlas.claims, atlas.facts, atlas.discrepancies)
    assert {id_ for id_, _ in asked} == {id_ for kind in records for id_ in kind}
    missed = [(id_, query) for id_, query in asked if id_ not in found(index, query)]
    assert missed == []


def test_every_document_is_among_the_first_hits_for_its_title(index: Index, atlas: Atlas) -> None:
    missed = [source.id for source in atlas.sources.values() if source.id not in found(index, source.title)]
    assert missed == []


@EACH
def test_every_fact_is_found_by_the_words_of_its_statement(index: Index, atlas: Atlas, code: str) -> None:
    """Labels may be alike; what a fact says is its own. Each fact is asked for in one of the languages in turn."""
    language = LANGUAGES[code]
    facts = list(atlas.facts.values())[list(LANGUAGES).index(code) :: len(LANGUAGES)]
    statements = {fact.id: language.say_content(fact.id, "statement", fact.statement) for fact in facts}
    missed = [(id_, words) for id_, words in statements.items() if id_ not in found(index, words)]
    assert missed == []


@EACH
def test_the_subjects_name_tells_facts_with_one_label_apart(index: Index, atlas: Atlas, code: str) -> None:
    """With both, the fact of that subject is the first."""
    language = LANGUAGES[code]
    labels: dict[str, list[str]] = {}
    for fact in atlas.facts.values():
        labels.setdefault(folded(language.say_content(fact.id, "label", fact.label)), []).append(fact.id)
    shared = {label: ids for label, ids in labels.items() if len(ids) > 1}
    assert all(len(ids) <= LIMIT for ids in shared.values())
    for label, ids in shared.items():
        for id_ in ids:
            subject = atlas.subjects[atlas.facts[id_].subject]
            hits = index.find(f"{label} {language.say_content(subject.id, 'name', subject.name)}")
            facts = [hit.id for hit in hits if hit.kind is Kind.FACT and hit.id in ids]
            assert facts[:1] == [id_]


@EACH
def test_the_whole_name_of_a_thing_is_the_first_hit(index: Index, atlas: Atlas, code: str) -> None:
    """Nothing comes before a subject, line or place that is called so."""
    for _, name in names(atlas, LANGUAGES[code]):
        first = index.find(name)[0]
        assert folded(first.text) == folded(name)
        assert first.kind in (Kind.SUBJECT, Kind.LINE, Kind.PLACE)


@pytest.mark.parametrize(
    ("query", "id_"),
    [
        ("Nakchivan", "nakhchivan"),
        ("Zangezour", "zangezur"),
        ("Zangezour coridor", "zangezur"),
        ("Бейнеы", "beyneu"),
        ("Baky", "baku"),
        ("Bakuu", "baku"),
        ("Туркменбашы", "turkmenbashi-port"),
        ("Turkmenbaschi", "turkmenbashi-port"),
        ("Transcaspian International Transport Rout", "titr"),
    ],
)
def test_a_typo_or_two_do_no_harm(index: Index, query: str, id_: str) -> None:
    """The place or subject that was meant comes first."""
    assert found(index, query)[0] == id_


@pytest.mark.parametrize(
    "query", ["Iğdır", "iğdır", "IĞDIR", "İĞDİR", "Igdir", "IGDIR", "igdir", "ıgdır", "Ig\u0306dır", "  Ｉｇｄｉｒ!"]
)
def test_case_dots_and_marks_do_not_matter(index: Index, query: str) -> None:
    """Turkish dotted and dotless letters, composed, decomposed or full-width."""
    assert found(index, query)[0] == "igdir"


@pytest.mark.parametrize(
    ("query", "id_"),
    [
        ("Ақтау", "aktau-port"),
        ("АКТАУ", "aktau-port"),
        ("Құрық", "kuryk-port"),
        ("Bakı", "baku"),
        ("Boyuk Kesik", "boyuk-kesik"),
        ("BÖYÜK KƏSİK", "boyuk-kesik"),
        ("Bogazkopru", "bogazkopru"),
        ("Цифровой шелковый путь", "digital-silk-road"),
        ("цифровой шёлковый путь", "digital-silk-road"),
        ("Богазкепрю", "bogazkopru"),
        *(
            (query, "baku")
            for query in ("baku", "BAKU", "Баку", "Бакы", "БАКЫ", "Bakı", "BAKI", "bakı", "bakü", "BAKÜ")
        ),
        *((query, "istanbul") for query in ("istanbul", "İSTANBUL", "ıstanbul", "ISTANBUL", "Ыстанбұл", "ыстанбул")),
        *((query, "zhezkazgan") for query in ("Жезқазған", "Жезказган", "жезказган", "Jezkazqan")),
        ("Каспий порттары", "caspian-ports"),
        ("Xəzər limanları", "caspian-ports"),
        ("Xezer limanlari", "caspian-ports"),
        ("hazar limanlari", "caspian-ports"),
        ("Курык", "kuryk-port"),
        ("Nahçıvan", "nakhchivan"),
        ("naxcivan", "nakhchivan"),
        ("Нахчыван", "nakhchivan"),
        ("Екижакты сауда", "trade"),
        ("ikitarafli ticaret", "trade"),
    ],
)
def test_letters_with_and_without_marks_are_one(index: Index, query: str, id_: str) -> None:
    """Also the letters of Kazakh, Azerbaijani and Turkish that Unicode does not take apart."""
    assert found(index, query)[0] == id_


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("Алят", {"alat-port", "alat-junction", "sea-aktau-alat"}),
        ("Baku", {"baku", "alat-port", "rail-baku-alat", "btc"}),
        ("Баку", {"baku", "alat-port", "rail-baku-alat", "btc"}),
        ("TRIPP", {"zangezur", "rail-agbend-karchivan", "difference-a11"}),
        ("дорога Трампа", {"zangezur", "zangezur-trump-road-10mt"}),
        ("ТМТМ", {"titr"}),
        ("KZ1", {"rail-dostyk-zharyk"}),
        ("Middle Corridor", {"titr"}),
        ("transcaspian", {"titr"}),
        ("10 million", {"zangezur-trump-road-10mt", "titr-target-10mt", "difference-a15"}),
        ("10 млн", {"zangezur-trump-road-10mt", "titr-target-10mt", "difference-a15"}),
        ("перевез стратегическому партнерству", {"visit-partnership-20-years"}),
        ("aktau capacity", {"aktau-port", "aktau-capacity-15", "difference-b3"}),
    ],
)
def test_names_codes_quotations_and_statements_are_searched_in_all_scripts(
    index: Index, query: str, ids: set[str]
) -> None:
    """No language has to be chosen first."""
    assert ids <= set(found(index, query))


def test_digits_are_exact(index: Index, atlas: Atlas) -> None:
    """A number is never taken for another one, longer, shorter or alike."""
    assert "trade-547m-nine-months-2025" in found(index, "547")
    assert "kars-224-km-branch" in found(index, "224")
    assert "kars-224-km-branch" in found(index, "224 km")
    for other in ("244", "22", "2 24", "2240", "24 km"):
        assert "kars-224-km-branch" not in found(index, other, limit=len(atlas.facts) * 4)
    assert "trade-547m-nine-months-2025" not in found(index, "547.6", limit=len(atlas.facts) * 4)
    for hit in index.find("224", limit=100):
        assert "244" not in hit.text.split()


def test_a_number_is_found_however_its_thousands_and_decimals_are_set_apart() -> None:
    """Commas, points, blanks and apostrophes are each some country's custom."""
    assert {folded(text) for text in ("11,000 km", "11 000 km", "11\u00a0000 km", "11.000 KM", "11’000 km")} == {
        "11000 km"
    }
    assert folded("461,9") == folded("461.9") == "461.9"
    assert folded("14.05.2003") == "14.05 2003"
    assert folded("in 2024, 150") == "in 2024 150"


def test_a_better_kind_of_hit_comes_first(index: Index) -> None:
    """Whole name, beginning of a name, words of a name, other name, fuzzy name, words of a statement."""
    ids = found(index, "Aktau", limit=100)
    in_order = ["aktau-port", "aktau-landing", "rail-beyneu-aktau", "aktau-capacity-15", "difference-b3"]
    assert [id_ for id_ in ids if id_ in in_order] == in_order
    assert found(index, "Kars")[0] == "kars"
    assert found(index, "BTC")[:2] == ["btc", "btc-pipeline"]
    kinds = [hit.kind for hit in index.find("Baku", limit=200)]
    assert kinds.index(Kind.FACT) < kinds.index(Kind.DIFFERENCE) < kinds.index(Kind.SOURCE)
    scores = [hit.score for hit in index.find("Baku", limit=200)]
    assert scores == sorted(scores, reverse=True)


def test_one_or_two_letters_find_what_begins_with_them(index: Index) -> None:
    """They are too few to be wrong."""
    for query in ("a", "Al", "ş", "Шу", "ба"):
        hits = index.find(query, limit=100)
        assert hits
        for hit in hits:
            assert any(word.startswith(folded(query)) for word in folded(hit.text).split())


@pytest.mark.parametrize(
    "query", ["", " ", "\t\n", "?!", "—", "***", "\u0301", "\u200b", "qqqqxxxx", "жжжжщщщщ", "99999"]
)
def test_nothing_is_found_for_nothing_and_for_nonsense(index: Index, query: str) -> None:
    """An empty answer, not everything and not the least bad."""
    assert index.find(query) == ()


@pytest.mark.parametrize(
    "query",
    [
        "a" * 1_000_000,
        "Baku " * 100_000,
        "ab " * 50,
        "\ufdfa" * 100,
        "\ud800\udfff",
        "\x00\x01\x7f",
        "{{7*7}} {% for %} ${x} %s {0}",
        "<script>alert(1)</script>",
        "'; DROP TABLE claims; --",
        "(((((.*)+)+)+)+)$",
        "\u202eukaB",
        "١٢٣ ²³ ½ Ⅷ",
        "1 000 000 000 000 000 000,5.5.5",
        "👩‍👩‍👧‍👦🇰🇿",
        "a\u0300" * 100,
    ],
)
def test_any_string_is_safe_and_answered_shortly(index: Index, query: str) -> None:
    """Visitors type, and paste, anything."""
    assert len(index.find(query)) <= LIMIT


def test_random_strings_are_safe(index: Index) -> None:
    """All of Unicode, surrogates included, alone and mixed with words that stand here."""
    chance = random.Random(3)  # noqa: S311 - not a secret
    for _ in range(300):
        letters = [chr(chance.randrange(sys.maxunicode + 1)) for _ in range(chance.randrange(1, 40))]
        pieces = [*letters, chance.choice(index.words), " ", "-", "1,0"]
        chance.shuffle(pieces)
        assert len(index.find("".join(pieces))) <= LIMIT


def test_only_the_beginning_of_a_long_query_is_read(index: Index) -> None:
    """A hundred characters say what is meant."""
    start = "Nakhchivan ".ljust(100, "!")
    assert index.find(start + " Baku") == index.find("Nakhchivan")


def test_the_limit_holds(index: Index) -> None:
    """The best hits stay the same ones; no hit is asked for, none comes."""
    assert len(index.find("Baku", limit=3)) == 3
    assert index.find("Baku", limit=3)[0] == index.find("Baku")[0]
    assert index.find("Baku", limit=0) == ()
    assert index.find("Baku", limit=-1) == ()


def test_a_hit_shows_the_text_in_the_language_of_the_query(index: Index) -> None:
    """A reader sees why it was found."""
    texts = {hit.id: hit.text for hit in index.find("морское дно")}
    assert all(any("а" <= letter <= "я" for letter in text.lower()) for text in texts.values())
    assert index.find("Alat station")[0].text == "Alat station"
    assert index.find("Алят, станция")[0].text == "Алят, станция"


def test_each_record_comes_once(index: Index) -> None:
    """It may be found by many of its texts."""
    for query in ("Baku", "Баку", "trade", "Актау порт"):
        ids = found(index, query, limit=500)
        assert len(ids) == len(set(ids))


def test_the_tiny_world_is_searched_as_it_is(tiny_atlas: Atlas) -> None:
    """By other names, codes, publishers, notes, sides and values in words."""
    index = index_of(tiny_atlas, [LANGUAGES["en"]])
    assert found(index, "the boat")[0] == "ferry"
    assert found(index, "s1")[0] == "sea-east-west"
    assert found(index, "harbor office")[0] == "harbour-log"
    assert found(index, "new quay")[0] == "west-port"
    assert found(index, "намерены построить мост") == ["ferry-bridge"]
    assert set(found(index, "12,400")) == {"ferry-cargo-2024", "difference-cargo"}
    assert found(index, "cargo ferry 2023")[0] == "ferry-cargo-2023"
