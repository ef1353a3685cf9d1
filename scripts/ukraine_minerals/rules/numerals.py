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
    for scale, names in (
        (10**2, "hundred"),
        (12, "dozen"),
        (10**3, "thousand k kt тис тисяч тисячі тысяч тысячи тыс tausend mille mil tisuća tys"),
        (10**6, "million m mn mln mt millions megatons млн мільйон мільйонів мільйони"),
        (10**6, "миллион миллиона миллионов millionen milijuna milijun milijona milioni miliona"),
        (10**6, "millones milhões milyon milionów"),
        (10**9, "billion b bn gt млрд мільярд мільярдів мільярди мільярда миллиард миллиарда"),
        (10**9, "миллиардов milliarden milliarde milliards milliard mrd mld miliardi miliarde"),
        (10**9, "milyar miliardów δισεκατομμύρια"),
        (10**12, "trillion tn трлн трильйон трильйона трильйонів триллион триллиона триллионов"),
        (10**12, "billionen bilyon"),
    )
    for word in names.split()
}
# parts of a whole, in percent
_PARTS = {"half": 50, "third": 33, "quarter": 25, "fifth": 20, "tenth": 10, "thirds": 67, "quarters": 75}
_TOKEN = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+")


@cache
def numbers(text: str) -> frozenset[Decimal]:
    """Give every number that a phrase may mean, with and without the word that multiplies it."""
    return frozenset(_numbers(_TOKEN.findall(text.casefold())))


@cache
def wholes(text: str) -> frozenset[Decimal]:
    """Give the numbers that a phrase states, each with the words that multiply it; of a range both ends."""
    found, words = set(), _TOKEN.findall(text.casefold())
    for start, word in enumerate(words):
        found.update([Decimal(_PARTS[word])] if word in _PARTS else [])
        if not word[0].isdigit() and word not in _WORDS:
            continue
        scales = _scales(words, start + 1)
        if not scales and not _scales(words[start + 1 :], 0):
            after = (
                start + 2 if words[start + 1 : start + 2] and not words[start + 1][0].isdigit() else start + 1
            )
            if words[after : after + 1] and words[after][0].isdigit():
                scales = _scales(words, after + 1)
                found.update(_numbers([word]))
        for end in range(len(scales) + 1):
            if end or not scales or len(scales[0]) < 3:
                found.update(list(_numbers([word, *scales[:end]]))[-1:])
        if re.fullmatch(r"\d{1,3},\d{3}", word) and scales:
            found.update(list(_numbers([word.replace(",", "."), *scales]))[-1:])
    return frozenset(found | {max(_numbers(words), default=Decimal(0))})


def _scales(words: list[str], start: int) -> list[str]:
    end = start
    while end < len(words) and words[end] in _SCALES:
        end += 1
    return words[start:end]


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
