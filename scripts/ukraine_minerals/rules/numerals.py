"""Read the figures that a phrase holds, in digits or in words: "$500 billion", "98.8%", "two", "a dozen"."""

# ruff: noqa: SIM905  # words in one text
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: Decimal(number) for number, word in enumerate(_ONES)},
    **{word: Decimal(10 * number) for number, word in enumerate(_TENS) if word},
    **dict.fromkeys(("a", "an", "single", "another"), Decimal(1)),
    **dict.fromkeys(("both", "pair", "couple", "twice"), Decimal(2)),
}
_SCALES = {
    word: scale
    for scale, names in {
        10**2: "hundred",
        12: "dozen",
        10**3: "thousand k kt тис тисяч",
        10**6: "million m mn mln mt млн мільйон мільйонів мільйони",
        10**9: "billion b bn gt млрд мільярд мільярдів мільярди",
        10**12: "trillion tn трлн трильйон",
    }.items()
    for word in names.split()
}
# parts of a whole, in percent
_PARTS = {"half": 50, "third": 33, "quarter": 25, "fifth": 20, "tenth": 10, "thirds": 67, "quarters": 75}
_TOKEN = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+")


@cache
def numbers(text: str) -> frozenset[Decimal]:
    """Give every number that a phrase may mean, with and without the word that multiplies it."""
    return frozenset(_numbers(_TOKEN.findall(text.casefold())))


def _numbers(words: list[str]) -> Iterator[Decimal]:
    total = Decimal(0)
    counting = False
    for word in words:
        if word in _PARTS:
            yield Decimal(_PARTS[word])
        if word[0].isdigit():
            total, counting = _digits(word), True
        elif word in _WORDS:
            # "twenty-five", "one hundred twenty"
            joins = counting and total >= 20 and total % (100 if total >= 100 else 10) == 0
            total, counting = (total if joins else 0) + _WORDS[word], True
        elif word in _SCALES:
            total, counting = (total if counting else Decimal(1)) * _SCALES[word], True
        elif word != "and":
            counting = False
        if counting:
            yield total


def _digits(word: str) -> Decimal:
    """Read digits; a comma before three of them parts thousands, any other one is a decimal comma."""
    if re.fullmatch(r"\d+,\d+", word) and not re.fullmatch(r"\d{1,3},\d{3}", word):
        return Decimal(word.replace(",", "."))
    return Decimal(re.sub(r"[,\u00a0\u202f ]", "", word))
