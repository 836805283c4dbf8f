"""Capital and small letters, and their order, as each language has them."""

import unicodedata
from typing import Final

DOTTED: Final = frozenset({"az", "tr"})
"""Languages with two letters i: İ is the capital of i, and I that of ı (Unicode, SpecialCasing)."""
TO_CAPITALS: Final = str.maketrans("iı", "İI")
TO_SMALL: Final = str.maketrans("İI", "iı")

ALPHABETS: Final = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
}
"""Where letters with marks have places of their own in the dictionary; elsewhere they stand with the plain ones."""

Place = tuple[int, int, str]
"""A letter's place in the dictionary: signs and digits, the own alphabet, other letters; its number there; itself."""


def capitals(text: str, code: str) -> str:
    """Return the text in capital letters."""
    return (text.translate(TO_CAPITALS) if code in DOTTED else text).upper()


def capitalised(text: str, code: str) -> str:
    """Return the text with a capital first letter."""
    return capitals(text[:1], code) + text[1:]


def dictionary_key(text: str, code: str) -> tuple[tuple[Place, ...], str]:
    """Return what to sort a text by; marks that make no letter of their own count last."""
    small = (text.translate(TO_SMALL) if code in DOTTED else text).lower()
    letters = unicodedata.normalize("NFC", small)
    return tuple(_place(letter, ALPHABETS.get(code, "")) for letter in letters), letters


def _place(letter: str, alphabet: str) -> Place:
    plain = letter if letter in alphabet else unicodedata.normalize("NFD", letter)[0]
    if plain in alphabet:
        return 1, alphabet.index(plain), ""
    return 2 if plain.isalpha() else 0, 0, plain
