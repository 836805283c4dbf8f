"""The search: from a visitor's words, in any language and script, to the records of the atlas that they mean."""

import re
import sys
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log
from types import MappingProxyType
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from dashboard.contents import Teller
from dashboard.i18n import LANGUAGES, Language
from dashboard.view import View
from geodata import Atlas
from geodata.model import Line, Place, Subject
from geodata.texts import translatable

LONGEST_QUERY: Final = 100
"""Characters; the rest of a longer query is not read."""
LEAST_LIKENESS: Final = 75
"""Of 100, for a word with a typo: one wrong letter in four, two in nine."""
SURE: Final = 0.9
"""Share of a query at which each word that tells something stands in a text, whole or begun."""
BEGUN: Final = 0.95
"""What a word counts that the query has only begun; a word with a typo counts less than ``SURE``."""
LEAST_SHARE: Final = 0.4
"""Share of a query that a record must answer."""
LEAST_SHARE_OF_NAME: Final = 0.6
"""Share of a query that a name must answer to be taken for the one that is meant."""
UNKNOWN: Final = 2.0
"""Weight of a word that stands nowhere; one that stands in every tenth record weighs as much."""
LEAST_OF_BEST: Final = 0.45
"""Hits far below the best one are noise."""
SHORTLIST: Final = 4
"""Times the limit: so many hits are compared phrase by phrase."""

LETTERS: Final = str.maketrans("ıəқғңәөұүіһ", "ieкгнаоууих")
"""Letters that are no letter with a mark to Unicode, but are to those who cannot type them."""
MARKS: Final = re.compile(r"[\u0300-\u036f]+")
GROUPED: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .,’']\d{3})+(?![\d])")
"""A number written in groups of three digits: 11,000 or 11 000 or 11.000."""
WORD: Final = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+\d*")
"""A number with its decimals, or a word, such as a line's code with its number."""
COMPOUND: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
DIGIT: Final = re.compile(r"\d")
LAST_LETTER: Final = chr(sys.maxunicode)
CUT: Final = re.compile(r"\s[\W\d]*\S*$")
"""What may be half a word or half a number where a query was cut."""


class Kind(StrEnum):
    """What a hit is."""

    SUBJECT = "subject"
    LINE = "line"
    PLACE = "place"
    CLAIM = "claim"
    FACT = "fact"
    DIFFERENCE = "difference"
    SOURCE = "source"


RANK: Final = {Kind.SUBJECT: 0, Kind.LINE: 0, Kind.PLACE: 0, Kind.CLAIM: 1, Kind.FACT: 1}
"""Which kind comes first where the query fits equally well; the other kinds are third."""


class Role(StrEnum):
    """What a text is to its record."""

    NAME = "name"
    OTHER_NAME = "other name"
    HEADING = "heading"
    """A label, a question, a statement of the article."""
    IMPRINT = "imprint"
    """A document's title or publisher."""
    WORDS = "words"


class Quality(NamedTuple):
    """How good a hit in a text is, of 100."""

    exact: float
    begun: float
    words: float
    """Each word of the query stands in it."""
    within: float
    """It stands in the query, beside other words."""
    fuzzy: float
    """It is spelt otherwise; what the likeness adds comes on top."""


QUALITIES: Final = {
    Role.NAME: Quality(exact=100, begun=90, words=85, within=70, fuzzy=50),
    Role.OTHER_NAME: Quality(exact=80, begun=78, words=75, within=68, fuzzy=48),
    Role.HEADING: Quality(exact=95, begun=64.5, words=64, within=62, fuzzy=28),
    Role.IMPRINT: Quality(exact=95, begun=50.5, words=50, within=48, fuzzy=25),
}
LIKENESS: Final = 15
WORDS: Final = 50
"""Quality of a record that says all words of the query somewhere."""

ROLES: Final = {
    (Kind.SUBJECT, "name"): Role.NAME,
    (Kind.LINE, "name"): Role.NAME,
    (Kind.PLACE, "name"): Role.NAME,
    (Kind.CLAIM, "label"): Role.HEADING,
    (Kind.CLAIM, "statement"): Role.HEADING,
    (Kind.FACT, "label"): Role.HEADING,
    (Kind.DIFFERENCE, "title"): Role.HEADING,
}
"""What the fields are that are more than words."""
UNSEARCHED: Final = frozenset({"confidence_reason", "used_by"})
"""Fields that say the same of many records."""


@dataclass(frozen=True)
class Hit:
    """A record that the query may mean."""

    id: str
    kind: Kind
    score: float
    """Up to 100; comparable within one answer."""
    text: str
    """The record's text that comes nearest to the query, in the language in which it was found."""


class Text(NamedTuple):
    """A text of a record, as written and as compared."""

    role: Role
    written: str
    folded: str
    compounds: tuple[str, ...] = ()
    """Words with a hyphen, written together: transcaspian."""

    @property
    def words(self) -> set[str]:
        """The words that it can be found by."""
        return {*self.folded.split(), *self.compounds}


@dataclass(frozen=True)
class Entry:
    """A record with all its texts in all languages."""

    id: str
    kind: Kind
    texts: tuple[Text, ...]


class Found(NamedTuple):
    """How well an entry answers the query, and by which of its names, if it is one."""

    quality: float
    entry: int
    name: Text | None


def folded(text: str) -> str:
    """Return the words of a text with one blank between: small letters without marks, plain numbers."""
    return _words(_plain(text))


def _words(plain: str) -> str:
    return " ".join(WORD.findall(plain)).replace(",", ".")


def _plain(text: str) -> str:
    """Return a text in small letters without marks, its numbers without separators of thousands."""
    letters = MARKS.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(LETTERS)
    return GROUPED.sub(lambda number: re.sub(r"\D", "", number[0]), letters)


@dataclass(frozen=True, eq=False)
class Index:
    """All texts of an atlas in all languages, ready to be searched; it never changes."""

    entries: tuple[Entry, ...]
    names: tuple[tuple[int, Text], ...]
    """Names and headings, each with the number of its entry."""
    words: tuple[str, ...]
    """Every word, sorted."""
    standing: Mapping[str, tuple[int, ...]]
    """Where a word stands: an entry's number, or, counted on from the last entry, a name's."""

    def find(self, query: str, limit: int = 12) -> tuple[Hit, ...]:
        """Return the records that the query may mean, best first; none for a query without letters and digits."""
        read = query if len(query) <= LONGEST_QUERY else CUT.sub("", query[:LONGEST_QUERY])
        wanted = folded(read)[:LONGEST_QUERY].strip()
        if not wanted or limit < 1:
            return ()
        best: dict[int, Found] = {}
        shares = self._shares(wanted)
        for place, share in shares.items():
            found = self._found(place, share, wanted)
            if found.quality > 0 and (found.entry not in best or found.quality > best[found.entry].quality):
                best[found.entry] = found
        ranked = sorted(best.values(), key=self._rank)
        if not ranked:
            return ()
        least = LEAST_OF_BEST * ranked[0].quality
        hits = [
            self._hit(found, shares.get(found.entry, 0), wanted)
            for found in ranked[: SHORTLIST * limit]
            if found.quality >= least
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])

    def _rank(self, found: Found) -> float:
        return RANK.get(self.entries[found.entry].kind, 2) - found.quality

    def _shares(self, wanted: str) -> dict[int, float]:
        """Return for each place where words of the query stand, the share of the query; rare words weigh more."""
        records = len(self.entries)
        short = len(wanted) <= 2 and wanted.isalpha()
        shares: defaultdict[int, float] = defaultdict(float)
        numbers: set[int] | None = None
        total = 0.0
        for word in dict.fromkeys(wanted.split()):
            places: dict[int, float] = {}
            for known, likeness in self._alike(word, begun=short or len(word) > 2):
                for place in self.standing[known]:
                    places[place] = max(likeness, places.get(place, 0.0))
            known_in = sum(place < records for place in places)
            weight = log(1 + records / known_in) if known_in else UNKNOWN
            total += weight
            for place, likeness in places.items():
                shares[place] += weight * likeness
            if DIGIT.search(word):
                numbers = set(places) if numbers is None else numbers & set(places)
        return {
            place: share / total
            for place, share in shares.items()
            if (numbers is None or place in numbers) and not (short and place < records)
        }

    def _alike(self, word: str, *, begun: bool) -> Iterator[tuple[str, float]]:
        """Yield the known words that a word of the query may mean, and how much each counts, up to 1."""
        if word in self.standing:
            yield word, 1.0
        if DIGIT.search(word):
            return
        if begun:
            first, end = bisect_left(self.words, word), bisect_left(self.words, word + LAST_LETTER)
            yield from ((known, BEGUN) for known in self.words[first:end])
        if len(word) > 3:
            likely = process.extract(word, self.words, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=None)
            yield from ((known, SURE * likeness / 100) for known, likeness, _ in likely)

    def _found(self, place: int, share: float, wanted: str) -> Found:
        """Return how well the entry that stands there answers the query, 0 where it does not."""
        if place < len(self.entries):
            return Found(WORDS * share if share >= LEAST_SHARE else 0, place, None)
        entry, text = self.names[place - len(self.entries)]
        quality = QUALITIES[text.role]
        if text.folded == wanted:
            found = quality.exact
        elif text.folded.startswith(wanted):
            found = quality.begun
        elif share >= SURE:
            found = quality.words
        elif f" {text.folded} " in f" {wanted} ":
            found = quality.within
        elif share >= LEAST_SHARE_OF_NAME:
            found = quality.fuzzy + LIKENESS * share
        else:
            found = 0
        return Found(found, entry, text)

    def _hit(self, found: Found, share: float, wanted: str) -> Hit:
        """Return the entry as a hit; among equals of a rank, what says more of the query, and more closely, is first.

        The share is that of all the entry's texts together.
        """
        entry = self.entries[found.entry]
        if found.name is not None:
            text, nearness = found.name, fuzz.ratio(wanted, found.name.folded)
        else:
            # A text of one word is a part of many a query, and yet says little of it.
            texts = [text for text in entry.texts if len(text.folded) >= len(wanted)] or entry.texts
            _, nearness, number = process.extractOne(wanted, [text.folded for text in texts], scorer=fuzz.partial_ratio)
            text = texts[number]
        score = found.quality - RANK.get(entry.kind, 2) - 0.6 * (1 - share) - 0.3 * (1 - nearness / 100)
        return Hit(entry.id, entry.kind, round(max(score, 0), 2), text.written)


def index_of(atlas: Atlas, languages: Collection[Language] = tuple(LANGUAGES.values())) -> Index:
    """Return the index of everything in the atlas that can be found, in each of the languages."""
    kinds = {id_: kind for kind, records in _records(atlas).items() for id_ in records}
    texts: dict[str, dict[Text, None]] = {id_: {} for id_ in kinds}
    for record, role, written in (*_translated(atlas, kinds, languages), *_as_published(atlas)):
        text = _text(role, written)
        if text.folded:
            texts[record][text] = None
    entries = tuple(Entry(id_, kind, tuple(texts[id_])) for id_, kind in kinds.items())
    names = tuple(
        (number, text) for number, entry in enumerate(entries) for text in entry.texts if text.role in QUALITIES
    )
    subjects = {claim.id: claim.subject for claim in atlas.claims.values()}
    subjects |= {fact.id: fact.subject for fact in atlas.facts.values()}
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        # Many facts have like labels; the subject's names tell them apart.
        context = texts[subjects[entry.id]] if entry.id in subjects else {}
        named = (text for text in context if text.role in (Role.NAME, Role.OTHER_NAME))
        for word in set[str]().union(*(text.words for text in (*entry.texts, *named))):
            standing[word].append(number)
    for number, (_, text) in enumerate(names, start=len(entries)):
        for word in text.words:
            standing[word].append(number)
    return Index(
        entries=entries,
        names=names,
        words=tuple(sorted(standing)),
        standing=MappingProxyType({word: tuple(places) for word, places in standing.items()}),
    )


def _records(atlas: Atlas) -> Mapping[Kind, Iterable[str]]:
    return {
        Kind.SUBJECT: atlas.subjects,
        Kind.LINE: atlas.lines,
        Kind.PLACE: atlas.places,
        Kind.CLAIM: atlas.claims,
        Kind.FACT: atlas.facts,
        Kind.DIFFERENCE: atlas.discrepancies,
        Kind.SOURCE: atlas.sources,
    }


def _translated(
    atlas: Atlas, kinds: Mapping[str, Kind], languages: Collection[Language]
) -> Iterator[tuple[str, Role, str]]:
    """Yield the records' texts in each language: the record's id, what the text is to it, and the text."""
    for context, english, original in translatable(atlas):
        record, _, path = context.partition(".")
        list_name, _, field = path.rpartition(".")
        if record not in kinds or field in UNSEARCHED:
            continue
        role = Role.OTHER_NAME if list_name.startswith("other_names") else ROLES.get((kinds[record], path), Role.WORDS)
        spoken = (language for language in languages if language.code != original)
        yield from ((record, role, language.say_content(record, path, english)) for language in spoken)
    for language in languages:
        teller = Teller(atlas, View(None, language.code), language)
        things: tuple[Subject | Line | Place, ...] = (
            *atlas.subjects.values(),
            *atlas.lines.values(),
            *atlas.places.values(),
        )
        yield from ((thing.id, Role.WORDS, teller.kind(thing)) for thing in things)
        yield from ((claim.id, Role.WORDS, teller.claim_value(claim)) for claim in atlas.claims.values())
        yield from ((fact.id, Role.WORDS, teller.fact_value(fact)) for fact in atlas.facts.values())


def _as_published(atlas: Atlas) -> Iterator[tuple[str, Role, str]]:
    """Yield the records' texts that are the same in all languages, likewise."""
    yield from ((line.id, Role.OTHER_NAME, line.code) for line in atlas.lines.values())
    yield from ((claim.id, Role.WORDS, claim.quotation) for claim in atlas.claims.values())
    for source in atlas.sources.values():
        yield source.id, Role.IMPRINT, source.title
        yield source.id, Role.IMPRINT, source.publisher
        if source.via:
            yield source.id, Role.IMPRINT, source.via


def _text(role: Role, written: str) -> Text:
    plain = _plain(written)
    compounds = tuple(word.replace("-", "") for word in COMPOUND.findall(plain)) if "-" in plain else ()
    return Text(role, written, _words(plain), compounds)
