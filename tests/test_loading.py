"""The content tree becomes an atlas, or one sentence says what is wrong with it."""

import random
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from geodata import Atlas, load_atlas
from geodata.__main__ import main
from geodata.loading import sentence_address

SUBJECT = "subjects/ferry/subject.toml"
CLAIMS = "subjects/ferry/claims.toml"
FACTS = "subjects/ferry/context.toml"
LINES = "subjects/ferry/lines.geojson"
LAND = "basemap/land.geojson"
REBUILD_LAND = "rebuild the base map with `python -m geodata.build.basemap`"
REBUILD = "rebuild the lines with `python -m geodata.build.lines`"


class Mistake(NamedTuple):
    """One thing done wrong in one file, and what the sentence must say beside the file's name."""

    file: str
    old: str
    new: str | bytes
    says: tuple[str, ...]


MISTAKES = {
    "unknown key": Mistake(
        SUBJECT, 'summary = "A ferry', 'sumary = "A ferry', ("subject ferry", "summary is missing", "add it")
    ),
    "misspelt key": Mistake(
        CLAIMS, "ambiguity =", "ambiguty =", ("claim ferry-bridge", "ambiguty is no field", "write ambiguity")
    ),
    "missing key": Mistake(FACTS, 'label = "Fare"\n', "", ("fact ferry-fare", "label is missing", "add it")),
    "missing id": Mistake(FACTS, 'id = "ferry-fare"\n', "", ("fact number 4", "id is missing", "add it")),
    "unknown word": Mistake(FACTS, 'kind = "gap"', 'kind = "hole"', ("fact ferry-fare", "kind is 'hole'", "'gap'")),
    "number as text": Mistake(
        FACTS, "value = 11500", 'value = "11500"', ("fact ferry-cargo-2023", "not a number", "without quotes")
    ),
    "bare date": Mistake(
        FACTS,
        'period = "2030"',
        "period = 2030-01-01",
        ("fact ferry-cargo-2030", "period is a bare date", 'write "2030-01-01", in quotes'),
    ),
    "impossible date": Mistake(
        FACTS, 'period = "2030"', 'period = "2030-02-30"', ("ferry-cargo-2030", "no calendar", "correct")
    ),
    "interval turned round": Mistake(
        FACTS, 'period = "2030"', 'period = "2030/2029"', ("ferry-cargo-2030", "ends before", "earlier date")
    ),
    "not TOML": Mistake(CLAIMS, 'kind = "plan"', "kind = plan", (", column 8: is not TOML", "mend what stands there")),
    "not UTF-8": Mistake(SUBJECT, "sailors", b"\xff\xfe", ("is not UTF-8", "save the file as UTF-8")),
    "table of another kind": Mistake(
        FACTS, "[[facts]]\n", "title = 1\n[[facts]]\n", ("title stands outside", "move it")
    ),
    "not JSON": Mistake(LINES, "]}\n", "]\n", ("line 5 of the file", "is not JSON", REBUILD)),
    "not a line": Mistake(
        LINES, '"LineString"', '"Polygon"', ("line bridge-east-west", "'Polygon', not 'LineString'", REBUILD)
    ),
    "line of another status": Mistake(
        LINES, '"announced"', '"planned"', ("bridge-east-west", "'planned' here and 'announced'", REBUILD)
    ),
    "line without geometry": Mistake(
        LINES, '"id": "sea-east-west"', '"id": "sea-east"', ("line sea-east-west", "no geometry", REBUILD)
    ),
    "geometry without line": Mistake(
        LINES,
        '"features": [\n',
        '"features": [\n{"properties": {"id": "air"}, "geometry": {"type": "LineString"}},\n',
        ("line air", "is not in subject.toml", REBUILD),
    ),
    "line that begins elsewhere": Mistake(
        LINES, "[[51.2, 43.6], [50.9", "[[51.2, 43.5], [50.9", ("sea-east-west", "begins at", REBUILD)
    ),
    "line that misses a place": Mistake(
        LINES, "[50.5, 42.0]", "[50.5, 42.01]", ("sea-east-west", "does not pass buoy", REBUILD)
    ),
    "line of another length": Mistake(
        LINES, '"length_km": 4', '"length_km": 5', ("bridge-east-west", "km long", REBUILD)
    ),
    "line off the earth": Mistake(
        LINES, "[50.9, 42.8]", "[50.9, 142.8]", ("sea-east-west", "path[1][1] is 142.8", REBUILD)
    ),
    "geometry that is none": Mistake(
        LINES, '{"type": "LineString",', '"x", "y": {', ("bridge-east-west", "None", REBUILD)
    ),
    "land that ends early": Mistake(LAND, "[80,55],[50,42]]]}}\n]}\n", "[80,55]", ("is not JSON", REBUILD_LAND)),
    "land off the earth": Mistake(LAND, "[80,55]", "[80,95]", ("area kz", "geometry[0][2][1] is 95", REBUILD_LAND)),
    "land that is no number": Mistake(LAND, "[80,55]", "[80,NaN]", ("area kz", "[0][2][1] is nan", REBUILD_LAND)),
    "land of two corners": Mistake(LAND, "[80,42],[80,55],", "", ("area kz", "geometry[0] is", REBUILD_LAND)),
    "land of another kind": Mistake(LAND, '"Polygon"', '"Circle"', ("area kz", "no part of an area", REBUILD_LAND)),
    "lake without id": Mistake(
        "basemap/lakes.geojson", '"id":"balkhash"', "", ("feature number 1", "has no id", REBUILD_LAND)
    ),
    "accuracy below nothing": Mistake(
        "accuracy.toml", "p90_km = 1.5", "p90_km = -1.5", ("line bridge-east-west", "p90_km is -1.5", "at least 0")
    ),
    "accuracy without figures": Mistake(
        "accuracy.toml", "[bridge-east-west]", "bridge = 1\n[bridge-east-west]", ("line bridge", "no figures", REBUILD)
    ),
    "not a number": Mistake(
        "places.csv", "50.5,42.0", "nan,42.0", ("line 4, place buoy", "lon is", "not on Earth", "degrees")
    ),
    "exchanged coordinates": Mistake(
        "places.csv", "49.4,40.0", "40.0,49.4", ("line 3, place west-port", "is not in AZ", "exchange lon")
    ),
    "cell too many": Mistake(
        "places.csv", ',"Old harbour, new quay"', ",Old harbour, new quay", ("line 3", "14 cells", "quotes")
    ),
    "other columns": Mistake("places.csv", "doubt_km", "doubt", ("line 1", "the header is", "write 'id,name,kind")),
    "subject in its own folder": Mistake(
        FACTS,
        'id = "ferry-fare"',
        'id = "ferry-fare"\nsubject = "talks"',
        ("ferry-fare", "elsewhere", "away"),
    ),
    "id that is taken": Mistake(
        FACTS, 'id = "ferry-fare"', 'id = "east-port"', ("fact east-port", "is taken by", "another id")
    ),
    "unknown place": Mistake(
        SUBJECT,
        'places = ["east-port"',
        'places = ["north-port"',
        ("places names 'north-port'", "add the place"),
    ),
    "unknown source": Mistake(
        FACTS,
        'id = "ferry-cargo-2030"',
        'id = "ferry-cargo-2030"\nsource = "x"',
        ("source is no field", "write sources"),
    ),
    "missing source": Mistake(
        FACTS,
        'sources = ["harbour-log"]\nconfidence = "low"',
        'confidence = "low"',
        ("fact ferry-cargo-2030", "sources is missing", "name a source"),
    ),
    "undescribed source": Mistake(
        FACTS,
        'sources = ["harbour-log"]\nconfidence = "low"',
        'sources = ["diary"]\nconfidence = "low"',
        ("fact ferry-cargo-2030", "'diary'", "add geodata/sources/<id>.toml"),
    ),
    "status without date": Mistake(
        SUBJECT,
        'status = "announced"\nstatus_as_of = "2025-10-21"',
        'status = "announced"',
        ("line bridge-east-west", "status has no date", "add status_as_of"),
    ),
    "long quotation": Mistake(
        CLAIMS,
        '"намерены построить мост"',
        '"а б в г д е ж з и к л м намерены построить мост"',
        ("claim ferry-bridge", "quotation has 15 words", "shorten it"),
    ),
    "missing translation": Mistake(
        CLAIMS,
        'translation = "intend to build a bridge"\n',
        "",
        ("claim ferry-bridge", "translation is missing", "add it"),
    ),
    "other number in the translation": Mistake(
        CLAIMS,
        "more than 12 thousand tonnes of cargo",
        "more than 21 thousand tonnes of cargo",
        ("12-thousand", "translation has the numbers 2024, 21, the quotation 12, 2024", "as they are"),
    ),
    "other number": Mistake(
        CLAIMS,
        "value = 12000",
        "value = 21000",
        ("12-thousand", "not in quantity.words", "base units"),
    ),
    "invented quotation": Mistake(
        CLAIMS,
        '"намерены построить мост"',
        '"построят мост"',
        ("ferry-bridge", "not in the article", "copy"),
    ),
    "other paragraph": Mistake(
        CLAIMS,
        'bridge"\nparagraph = 1',
        'bridge"\nparagraph = 2',
        ("ferry-bridge", "not in paragraph 2", "paragraph's number"),
    ),
    "other sentence": Mistake(
        CLAIMS,
        '["Страны намерены построить мост"]',
        '["Паром между"]',
        ("does not hold", "words around"),
    ),
    "no sentence": Mistake(
        CLAIMS,
        'sentence = ["Страны намерены построить мост"]\n',
        "",
        ("bridge", "first words", "last words"),
    ),
    "value in a gap": Mistake(
        FACTS,
        'kind = "gap"',
        'kind = "gap"\nvalue = 3.0',
        ("ferry-fare", "stands in a gap", "take it"),
    ),
    "forecast among counts": Mistake(
        FACTS,
        'statement = "The harbour office expects',
        'series = "ferry-cargo"\nstatement = "The harbour office expects',
        ("fact ferry-cargo-2030", "this is a forecast", "take series away"),
    ),
    "two reporters in one series": Mistake(
        FACTS,
        '12,400 tonnes in 2024."\nreporter = "Harbour Office"',
        '12,400 tonnes in 2024."\nreporter = "Port Office"',
        ("fact ferry-cargo-2024", "reporter is Port Office", "take series"),
    ),
    "one-sided difference": Mistake(
        "discrepancies.toml",
        '[[discrepancies.sides]]\nwho = "The article"\nsays = "More than 12,000 tonnes."\n',
        "",
        ("discrepancy difference-cargo", "sides has 1 parts", "give at least 2"),
    ),
    "unused source": Mistake(
        "sources/diary.toml",
        "",
        'title = "D"\ntitle_basis = "shown"\npublisher = "D"\naddress = "https://d.org"\nlanguage = "en"\n',
        ("source diary", "nothing rests on it", "delete its file"),
    ),
    "misnamed file": Mistake(
        "subjects/ferry/claim.toml", "", "x = 1\n", ("is none that a subject has", "name it subject.toml")
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_in_one_sentence_with_file_record_and_remedy(
    mistake: Mistake, tiny_tree: Path, tiny_article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command exits with 1 and prints the sentence alone."""
    path = tiny_tree / mistake.file
    text = path.read_bytes() if path.exists() else b""
    old = mistake.old.encode()
    new = mistake.new if isinstance(mistake.new, bytes) else mistake.new.encode()
    assert old in text, "the mistake must change something"
    path.write_bytes(text.replace(old, new, 1) if old else new)

    assert main(["--root", str(tiny_tree), "--article", str(tiny_article)]) == 1

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith(f"geodata/{mistake.file}: ")
    assert captured.err.endswith(".\n")
    for part in mistake.says:
        assert part in captured.err


def test_the_command_never_shows_a_traceback(tiny_tree: Path) -> None:
    """A broken file ends the process with code 1 and one line."""
    (tiny_tree / "discrepancies.toml").write_text("[[", encoding="utf-8")
    done = subprocess.run(  # noqa: S603  our own interpreter on our own module
        [sys.executable, "-m", "geodata", "--root", str(tiny_tree)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "gone", ["places.csv", "discrepancies.toml", "basemap/names.csv", LAND, "accuracy.toml", SUBJECT, LINES]
)
def test_a_missing_file_is_named(gone: str, tiny_tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence names the file that is not there."""
    (tiny_tree / gone).unlink()
    assert main(["--root", str(tiny_tree)]) == 1
    assert re.fullmatch(f"geodata/{gone}: .*; .*[.]\n", capsys.readouterr().err)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return content as a bad disk, a bad merge or a bad keyboard leaves it."""
    at = chance.randrange(len(content) + 1)
    to = min(len(content), at + chance.randrange(1, 60))
    lines = content.splitlines(keepends=True)
    line = chance.randrange(len(lines))
    return chance.choice(
        (
            content[:at],
            content[:at] + content[to:],
            content[:at] + chance.randbytes(chance.randrange(1, 9)) + content[at:],
            content[:at] + content[at:to] * 3 + content[to:],
            b"".join(lines[:line] + lines[line:][::-1]),
            b"".join([*lines[:line], lines[line], *lines[line:]]),
            content.replace(chance.choice((b'"', b"[", b",", b"=", b"{")), b"", 1),
            content.replace(
                chance.choice((b"2024", b"0", b"true")), chance.choice((b"nan", b"1e999", b"{}", b"[]", b'""'))
            ),
            b"\xef\xbb\xbf" + content,
            content.decode().encode("utf-16"),
        )
    )


def test_whatever_happens_to_a_file_the_content_is_sound_or_one_sentence_says_what_is_wrong(
    tiny_tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Six hundred damaged files, the same ones each time."""
    chance = random.Random(2025)  # noqa: S311  not for secrets
    files = sorted(path for path in tiny_tree.rglob("*") if path.is_file())
    refused = 0
    for _ in range(600):
        file = chance.choice(files)
        whole = file.read_bytes()
        file.write_bytes(damaged(whole, chance))
        code = main(["--root", str(tiny_tree)])
        said = capsys.readouterr().err
        assert (code, said.count("\n")) in {(0, 0), (1, 1)}, said
        assert code == 0 or re.fullmatch(r"geodata/[^:]+: .+[.]\n", said), said
        refused += code
        file.write_bytes(whole)
    assert refused > 300


def test_the_command_counts_what_is_there(tiny_tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound content gives one line and code 0."""
    assert main(["--root", str(tiny_tree)]) == 0
    expected = "2 subjects, 2 lines, 4 places, 3 claims, 4 facts, 1 discrepancies, 2 sources, 2 names\n"
    assert capsys.readouterr().out == expected


def test_a_subject_without_claims_context_or_lines_is_sound(tiny_tree: Path) -> None:
    """Only subject.toml is needed."""
    (tiny_tree / "subjects/talks/claims.toml").unlink()
    assert load_atlas(tiny_tree).subjects["talks"].lines == ()


def test_lines_keep_the_order_of_their_subject(tiny_atlas: Atlas) -> None:
    """The order of subject.toml counts, not that of the geometry."""
    assert tiny_atlas.subjects["ferry"].lines == ("sea-east-west", "bridge-east-west")


def test_nobody_can_change_the_atlas(tiny_atlas: Atlas) -> None:
    """The mappings refuse new records."""
    with pytest.raises(TypeError):
        tiny_atlas.claims["new"] = tiny_atlas.claims["ferry-bridge"]  # type: ignore[index]


def test_a_claim_opens_the_article_at_its_sentence(tiny_atlas: Atlas) -> None:
    """The address carries the sentence's first and last words, or the whole short sentence."""
    addresses = [unquote(claim.address) for claim in tiny_atlas.claims.values()]
    assert addresses == [
        "https://example.org/article#:~:text=Паром между,2024 год",
        "https://example.org/article#:~:text=Страны намерены построить мост",
        "https://example.org/article#:~:text=В мае 2005,напомнил эксперт",
    ]


def test_a_text_fragment_encodes_what_has_a_meaning_there() -> None:
    """Hyphen, comma and ampersand are percent-encoded within the parts; only one comma parts them."""
    address = sentence_address("https://example.org/a", ("20-летие, a&b", "конец"))
    fragment = address.partition("#:~:text=")[2]
    assert fragment.count(",") == 1
    assert "-" not in fragment
    assert "&" not in fragment
    assert unquote(fragment) == "20-летие, a&b,конец"


def test_the_real_atlas_is_whole(atlas: Atlas) -> None:
    """Eleven subjects and the article's forty-one claims."""
    assert len(atlas.subjects) == 11
    assert len(atlas.claims) == 41
    assert all(any(claim.subject == subject for claim in atlas.claims.values()) for subject in atlas.subjects)


def test_every_quotation_stands_in_the_article(article: Path) -> None:
    """Quotation, paragraph and sentence of every claim are found, each quotation in one place only."""
    text = article.read_text(encoding="utf-8")
    claims = load_atlas(article=article).claims.values()
    assert {text.count(claim.quotation) for claim in claims} == {1}
