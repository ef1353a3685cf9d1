"""What a cell that cannot be read was meant to say: the text to write instead, where it can be known."""

# ruff: noqa: RUF001, SIM905  # letters that look alike are its subject; names in one text
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ukraine_minerals.values import NOTHING

Accepts = Callable[[str], bool]

_LONGEST = 200  # characters of a text that was meant to be something shorter
_BOUNDS = {
    **dict.fromkeys(("minimum", "maximum"), "read the figure, its unit and its decimal point again"),
    "minLength": "give it in full",
    "maxLength": "shorten it",
}

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LATIN = str.maketrans("АВСЕНІКМОРТХУЅЈаеіосрхуѕјһ", "ABCEHIKMOPTXYSJaeiocpxysjh")
_ZEROS = str.maketrans("OoОоlІ", "000011")
_TRUE, _FALSE = (
    "yes y ja oui sí так да wahr vrai verdadero true 1 x".split(),
    "no n nein non ні нет falsch faux false 0".split(),
)
_SCALES = {
    **dict.fromkeys("k thousand тис".split(), 3),
    **dict.fromkeys("m mn mln mio million millions млн".split(), 6),
    **dict.fromkeys("bn b bln billion billions mrd млрд".split(), 9),
    **dict.fromkeys("tn trillion trillions трлн".split(), 12),
}
_QUALIFIERS = {
    **dict.fromkeys("~ ≈ about ca ca.".split(), "about"),
    **dict.fromkeys("> over".split(), "more_than"),
    "<": "less_than",
    "≥": "at_least",
    "≤": "up_to",
    "up to": "up_to",
    "nearly": "nearly",
}
_FIGURE = re.compile(
    r"(?P<mark>~|≈|>|<|≥|≤|about|ca\.?|over|up to|nearly)?\s*[$€£¥₴]?\s*"
    r"(?P<digits>[+-]?\d[\d.,'’ ]*)\s*(?P<scale>[^\W\d_]+)?\.?\s*(?P<rest>%|[^\d]*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d[\d.,]*)\s*(?:-|to|…)\s*(\d[\d.,]*)\s*%?")
_ANGLE = re.compile(r"(\d{1,3})°\s*(?:(\d{1,2})[′']\s*)?(?:(\d{1,2}(?:\.\d+)?)[″\"]\s*)?([NSEW]?)")
MONTHS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "jan january січень січня январь января",
            "feb february лютий лютого февраль февраля",
            "mar march березень березня март марта",
            "apr april квітень квітня апрель апреля",
            "may травень травня май мая",
            "jun june червень червня июнь июня",
            "jul july липень липня июль июля",
            "aug august серпень серпня август августа",
            "sep sept september вересень вересня сентябрь сентября",
            "oct october жовтень жовтня октябрь октября",
            "nov november листопад листопада ноябрь ноября",
            "dec december грудень грудня декабрь декабря",
        ),
        1,
    )
    for word in words.split()
}
_CODES = {
    word: code
    for code, words in {
        "EUR": "€ EURO EUROS",
        "USD": "$ US$ DOLLAR DOLLARS",
        "GBP": "£ UKP STG POUND POUNDS",
        "UAH": "₴ HRYVNIA HRYVNIAS",
        "GB": "UK",
        "en": "ENG ENGLISH",
        "fr": "FRA FRE FRENCH",
        "de": "DEU GER GERMAN",
        "pl": "POL POLISH",
        "es": "SPA SPANISH",
        "it": "ITA ITALIAN",
        "uk": "UA UKR UKRAINIAN",
        "ru": "RUS RUSSIAN",
        "tr": "TUR TURKISH",
        "ro": "RUM ROMANIAN",
        "ja": "JPN JAPANESE",
        "zh": "ZHO CHI CHINESE",
        "ar": "ARA ARABIC",
    }.items()
    for word in words.split()
}


def advice(
    kind: str, text: str, accepts: Accepts, descriptor: Mapping[str, Any], constraint: str = ""
) -> str:
    """Say what to write into a field of this type instead of a text that it does not take; "" if not known.

    `accepts` tells whether the field takes a text; `descriptor` is the field's, for its `example`.
    """
    if constraint in _BOUNDS:
        return _BOUNDS[constraint]
    if text.strip().casefold() in NOTHING or re.fullmatch(r"#+", text.strip()):
        return "leave the cell empty if it is not known"
    example = descriptor.get("example")
    example = example if isinstance(example, str) else ""
    if kind in ("integer", "number") and len(text) <= _LONGEST:
        found = _number(text, accepts)
        if found:
            return found
    for candidate in candidates(kind, text, example) if len(text) <= _LONGEST else ():
        if candidate != text and accepts(candidate):
            return f"write {candidate}"
    return f"write it as in {example}" if example and example != text else ""


def candidates(kind: str, text: str, example: str = "") -> Iterator[str]:
    """Give the texts that may have been meant, the likeliest first."""
    bare = plain(text)
    if kind == "boolean":
        yield from ["true"] * (bare.casefold() in _TRUE) + ["false"] * (bare.casefold() in _FALSE)
    yield bare
    yield from dates(bare)
    known = _CODES.get(bare.upper())
    yield from [known] if known else []
    if re.match(r"(www\.)?[\w-]+(\.[\w-]+)+(/|$)", bare):
        yield f"https://{bare}"
    inside = re.search(r"https?://[^\s()\[\]\"'<>|]+", bare)
    yield from [inside[0], inside[0].replace("http://", "https://")] if inside else []
    hyphened = bare.replace("_", "-")
    yield from (hyphened, hyphened.lower(), hyphened.upper(), hyphened.capitalize(), slug(bare))
    yield re.sub(r"^([A-Za-z]{2})(\d+)$", r"\1-\2", bare).upper()
    prefix = re.match(r"[^\d]*", example)
    yield f"{prefix[0] if prefix else ''}{bare}"
    if re.fullmatch(r"[\d.]+", bare):
        yield f"{bare}.0"


def plain(text: str) -> str:
    """Give a text in plain letters: composed, seen, Latin where it only looks so, without quotes."""
    seen = text
    if not text.isascii():
        seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES)
        latin = seen.translate(_LATIN)
        seen = latin if latin.isascii() else seen
    return " ".join(seen.split()).strip("'\"“”„«»‘’` ")


def slug(text: str) -> str:
    """Give a text as a key: lower-case ASCII letters and digits with hyphens between."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")


def dates(text: str) -> Iterator[str]:
    """Give the dates that a text may mean, in ISO 8601; two where day and month can be either."""
    mark = "~" if re.match(r"(about|around|circa|ca\.?|~)\s*", text) else ""
    told = re.sub(r"^(about|around|circa|ca\.?|on|in|~)\s*", "", text.strip("'"), flags=re.IGNORECASE)
    opened = re.match(r"(since|from|after)\s+", told, re.IGNORECASE)
    closed = re.match(r"(by|until|till|before)\s+", told, re.IGNORECASE)
    word = opened or closed
    if word:
        for day in _days(told[word.end() :]):
            yield f"{day}/.." if opened else f"../{day}"
            yield day
        return
    for day in _days(told):
        yield day + mark
        yield day
    ends = re.fullmatch(r"(.+?)\s*(?:/|\s-\s|\bto\b|–|…|-(?=\d{4}))\s*(.+)", told)
    if ends:
        for first in _days(ends[1]):
            for last in _days(ends[2]) if len(ends[2]) > 2 else [first[:2] + ends[2]]:
                yield f"{min(first, last)}/{max(first, last)}"


def _days(text: str) -> Iterator[str]:
    told = text.strip().translate(_ZEROS) if re.match(r"[\dOoОо]", text.strip()) and not _word(text) else text
    told = re.sub(r"[T ]\d{1,2}:\d{2}.*", "", told.strip().rstrip(".,"))
    if match := re.fullmatch(r"(\d{4})(?:[-./ ]?(\d{1,2})(?:[-./ ]?(\d{1,2}))?)?", told):
        yield from _valid(match[1], match[2], match[3])
        yield from _valid(match[1], match[3], match[2]) if match[3] else ()
    elif match := re.fullmatch(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})", told):
        by_day_first = "." in told
        pairs = [(match[2], match[1]), (match[1], match[2])]
        for month, day in pairs if by_day_first or int(match[1]) > 12 else reversed(pairs):
            yield from _valid(match[3], month, day)
    elif match := re.fullmatch(r"(\d{1,2})[-./](\d{4})", told):
        yield from _valid(match[2], match[1], None)
    elif re.fullmatch(r"[1-6]\d{4}(\.\d+)?", told):
        import datetime as dt  # noqa: PLC0415  # only a run with faults pays for it

        yield str(dt.date(1899, 12, 30) + dt.timedelta(days=int(told[:5])))
    else:
        words = re.findall(r"[^\W\d_]+|\d+", told.casefold())
        months = [MONTHS[word] for word in words if word in MONTHS]
        numbers = [word for word in words if word.isdecimal()]
        years = [word for word in numbers if len(word) == 4] or numbers[-1:]
        if len(months) == 1 and years:
            rest = [word for word in numbers if word is not years[0]]
            yield from _valid(years[0], str(months[0]), rest[0] if rest else None)


def _word(text: str) -> bool:
    return any(word in MONTHS for word in re.findall(r"[^\W\d_]+", text.casefold()))


def _valid(year: str, month: str | None, day: str | None) -> Iterator[str]:
    year = year if len(year) == 4 else f"20{year}"
    if month is None:
        yield year
    elif 1 <= int(month) <= 12 and (day is None or 1 <= int(day) <= 31):
        yield f"{year}-{int(month):02}" + (f"-{int(day):02}" if day is not None else "")


def _number(text: str, accepts: Accepts) -> str:
    """Read a figure as people and spreadsheets write it."""
    bare = plain(text)
    if (angle := _ANGLE.fullmatch(bare.replace("′′", "″"))) and "°" in bare:
        degrees = sum(float(part or 0) / 60**n for n, part in enumerate(angle.groups()[:3]))
        return f"write {-degrees if angle[4] in ('S', 'W') else degrees:.5f}"
    if ends := _RANGE.fullmatch(bare):
        return f"one figure a cell: write {_digits(ends[1])}, and {_digits(ends[2])} as the upper end (…_max)"
    figure = _FIGURE.fullmatch(bare)
    if figure is None:
        return ""
    digits, scale = _digits(figure["digits"]), _SCALES.get((figure["scale"] or "").casefold(), 0)
    if scale:
        from decimal import Decimal  # noqa: PLC0415  # only a run with faults pays for it

        digits = f"{Decimal(digits).scaleb(scale):f}"
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    if not accepts(digits):
        digits = digits.split(".")[0] if re.fullmatch(r"\d+\.0+", digits) else ""
    if not digits or not accepts(digits):
        return ""
    qualifier = _QUALIFIERS.get((figure["mark"] or "").casefold(), "")
    return f"write {digits}" + (f", and {qualifier} as its qualifier" if qualifier else "")


def _digits(text: str) -> str:
    """Drop what parts thousands and give the decimal point."""
    bare = re.sub(r"['’ ]", "", text).rstrip(".,")
    if "," in bare and "." in bare:
        point = max(bare.rfind(","), bare.rfind("."))
        return re.sub(r"[.,]", "", bare[:point]) + "." + bare[point + 1 :]
    if re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+", bare) or bare.count(",") > 1:
        return bare.replace(",", "")
    return bare.replace(".", "") if bare.count(".") > 1 else bare.replace(",", ".")
