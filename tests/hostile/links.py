"""Links that nobody wrote in good faith: the same ones for the same seed."""

import random
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote

from dashboard.view import Part

SEED: Final = 20251021
MARK: Final = "zq7mark"
"""Stands in each link where its payload stands, and nowhere in the dashboard; it must not come back."""
LONGEST: Final = 20_000
"""Characters of one value."""

PAYLOADS: Final = (
    "<img src=x onerror=alert(1)>",
    "${7*191}",
    "`${7*191}`",
    "{{7*191}}",
    "{% raw %}",
    "</script><script>alert(1)</script>",
    "\"'>",
)
"""Texts that become code where somebody forgets that they are texts."""
NASTY: Final = (
    *PAYLOADS,
    "\x00",
    "\u202e",  # what follows runs from right to left
    "\u200b\ufeff",
    "\ud800",
    "\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    "\\\\server\\share",
    "![](https://other.example/x.png)",
    "[x](javascript:alert(1))",
    "NaN",
    "Infinity,-Infinity,NaN",
    "1e999,0,5",
    "９１,０,５",
    "-0,-0,-0",
    "'; DROP TABLE claims; --",
    "İıſßﬃ",
    "𝓽𝓲𝓽𝓻",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤",
)
SIGNS: Final = tuple(map(chr, range(0x20, 0x2FFF)))
STRANGE_NAMES: Final = (
    "utm_source",
    "embed",
    "embed_options",
    "__proto__",
    "focus[]",
    "focus\x00",
    "Focus",
    "",
    "a" * 300,
)


def fuzzed_links(count: int, known: tuple[str, ...], seed: int = SEED) -> Iterator[str]:
    """Yield links without their question mark, some fields of which may be right by chance."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    kinds = (_fields, _duplicates, _raw, _many, _long)
    for _ in range(count):
        (kind,) = chance.choices(kinds, weights=(60, 15, 20, 2, 3))
        yield kind(chance, known)


ENCODINGS: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: quote(text, errors="surrogatepass"),
    lambda text: quote(text, errors="surrogatepass"),
    lambda text: quote(quote(text, errors="surrogatepass")),
    lambda text: quote(text.encode("utf-16", "surrogatepass")),
    lambda text: quote(text, encoding="latin-1", errors="replace"),
    lambda text: quote(text, errors="surrogatepass").lower(),
    lambda text: quote(text, errors="surrogatepass").replace("%", "%u00"),
    lambda text: text.encode("utf-8", "replace").decode(),
)
"""How a text may stand in a link: encoded, twice, in another way, or not at all."""


def _value(chance: random.Random, known: tuple[str, ...]) -> str:
    """Return something right, something near it, something nasty, or noise."""
    right, nasty = chance.choice(known), chance.choice(NASTY)
    return chance.choice(
        (
            right,
            right,
            chance.choice(("en", "ru", "others", "45,55,5", "-85,180,12")),
            right.upper(),
            right + nasty,
            nasty + MARK,
            MARK + nasty * chance.randrange(1, 9),
            "".join(chance.choices(SIGNS, k=chance.randrange(40))) + MARK,
            ",".join(f"{chance.uniform(-200, 200)}" for _ in range(3)),
            ",".join(str(chance.randrange(-90, 91)) for _ in range(chance.randrange(6))),
        )
    )


def _encoded(chance: random.Random, text: str) -> str:
    encode: Callable[[str], str] = chance.choice(ENCODINGS)
    return encode(text)


def _field(chance: random.Random, known: tuple[str, ...]) -> str:
    name = chance.choice((*Part, *Part, *Part, _encoded(chance, chance.choice((*Part, *STRANGE_NAMES)))))
    mark = chance.choice(("=", "=", "=", "=", "=", "", "==", "%3D"))
    return f"{name}{mark}{_encoded(chance, _value(chance, known))}"


def _fields(chance: random.Random, known: tuple[str, ...]) -> str:
    glue = chance.choice(("&", "&", ";", "&&", "?"))
    return glue.join(_field(chance, known) for _ in range(chance.randrange(1, 6)))


def _duplicates(chance: random.Random, known: tuple[str, ...]) -> str:
    name = chance.choice(tuple(Part))
    return "&".join(f"{name}={_encoded(chance, _value(chance, known))}" for _ in range(chance.randrange(2, 50)))


def _many(chance: random.Random, known: tuple[str, ...]) -> str:
    names = chance.choices((*Part, *(f"{name}{chance.randrange(99)}" for name in Part)), k=1000)
    return "&".join(map("=".join, zip(names, chance.choices(known, k=1000), strict=True)))


def _long(chance: random.Random, known: tuple[str, ...]) -> str:
    value = _value(chance, known) or MARK
    return f"{chance.choice(tuple(Part))}={_encoded(chance, (value * LONGEST)[:LONGEST])[: 2 * LONGEST]}"


def _raw(chance: random.Random, _known: tuple[str, ...]) -> str:
    return chance.randbytes(chance.randrange(200)).decode("latin-1") + MARK
