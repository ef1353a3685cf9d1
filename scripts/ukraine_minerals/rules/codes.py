"""Codes of countries, regions, currencies and languages exist.

A pattern sees their form; the lists are too long and too general for the schemas of tables.
The lists are ISO 3166-1, ISO 3166-2:UA, ISO 4217 and ISO 639 as of 2026; tests hold them against pycountry.
"""

# ruff: noqa: SIM905  # a list of codes reads best as one text
import re
from collections.abc import Callable, Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Field, Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup, spreadsheet

COUNTRIES = frozenset(
    (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
        "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
        "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
        "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
        "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
        "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
        "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
        "UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
    ).split()
)
UKRAINE = frozenset(
    ("05 07 09 12 14 18 21 23 26 30 32 35 40 43 46 48 51 53 56 59 61 63 65 68 71 74 77").split()
)
CURRENCIES = frozenset(
    (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD "
        "CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
        "GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW "
        "KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD "
        "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP "
        "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS "
        "VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER "
        "ZAR ZMW ZWG"
    ).split()
)
# of those with three letters: Crimean Tatar, Rusyn, several, unknown, none
LANGUAGES = frozenset(
    (
        "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr crh cs cu cv cy da de "
        "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
        "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
        "lv mg mh mi mk ml mn mr ms mt mul my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt "
        "qu rm rn ro ru rue rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl "
        "tn to tr ts tt tw ty ug uk und ur uz ve vi vo wa wo xh yi yo za zh zu zxx"
    ).split()
)
SCRIPTS = frozenset(("Arab", "Cyrl", "Geor", "Grek", "Hans", "Hant", "Hebr", "Jpan", "Kore", "Latn"))

_TAG = re.compile(r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|\d{3}))?", re.ASCII)
_KATOTTG = re.compile(r"UA\d{17}", re.ASCII)
_MONEY = re.compile(r"[A-Z]{3}", re.ASCII)


def check(tables: Tables) -> Iterator[Problem]:
    """Find codes that nobody issued."""
    for table in tables.by_name.values():
        for field in table.resource.fields:
            if field.name in _FIELDS:
                yield from _unknown(table, field, *_FIELDS[field.name])
            elif field.name == "unit" and table.resource.name == "claims":
                yield from _unknown(table, field, "currency-code", _is_currency_or_word)
    yield from _states(tables)


def is_place(code: str) -> bool:
    """Say whether ISO 3166-1 has a code, or 3166-2 (Ukraine's in full, others by their country)."""
    country, hyphen, part = code.partition("-")
    if not hyphen:
        return country in COUNTRIES
    return part in UKRAINE if country == "UA" else country in COUNTRIES and bool(part)


def is_currency(code: str) -> bool:
    """Say whether ISO 4217 lists a currency."""
    return code in CURRENCIES


def is_language(tag: str) -> bool:
    """Say whether a BCP 47 tag of language, script and region is made of parts that exist."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return False
    language, script, region = match.groups()
    return (
        language in LANGUAGES
        and (script is None or script in SCRIPTS)
        and (region is None or region.isdecimal() or region in COUNTRIES)
    )


def _is_currency_or_word(unit: str) -> bool:
    return _MONEY.fullmatch(unit) is None or unit in CURRENCIES


def _is_katottg(code: str) -> bool:
    return _KATOTTG.fullmatch(code) is not None


_FIELDS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "iso_3166": ("place-code", is_place),
    "currency": ("currency-code", is_currency),
    "language": ("language-code", is_language),
    "katottg": ("katottg-code", _is_katottg),
}
_LISTS = {
    "place-code": "ISO 3166",
    "currency-code": "ISO 4217",
    "language-code": "BCP 47",
    "katottg-code": "KATOTTG (UA and 17 digits)",
}

# codes of the internet for those of ISO
_MISTAKEN = {"ua": "uk", "UK": "GB", "cz": "cs", "gr": "el", "dk": "da", "se": "sv"}


def _unknown(table: Table, field: Field, code: str, exists: Callable[[str], bool]) -> Iterator[Problem]:
    texts = lookup.column(table, field.name)
    pattern = field.constraints.get("pattern")
    wrong = {
        text
        for text in set(texts)
        if text
        and not exists(text)
        and not lookup.breaks(pattern, text)
        and not spreadsheet.code_meant(field.name, text)
    }
    for index, text in enumerate(texts):
        if wrong and text in wrong:
            guesses = (_MISTAKEN.get(text, ""), text.upper(), text.lower())
            near = next((guess for guess in guesses if guess and exists(guess)), "")
            message, hint = (
                f'"{text}" is no code of {_LISTS[code]}',
                f"write {near}" if near else "look it up",
            )
            yield problem.at(table, index, field.name, code, message, hint)


def _states(tables: Tables) -> Iterator[Problem]:
    """Compare each state with its country, whose key and code are the same."""
    table, territories = tables.by_name.get("organisations"), tables.by_name.get("territories")
    if table is None or territories is None:
        return
    country_codes = lookup.mapping(territories, "iso_3166")
    rows = zip(lookup.keys(table), *lookup.columns(table, "type", "iso_3166"), strict=True)
    for index, (key, kind, code) in enumerate(rows):
        if kind != "state":
            continue
        if key not in country_codes:
            message = f"a state has the key of its country, but territories has no {key}"
            hint = "add it or use its key"
            yield problem.at(table, index, "organisation_id", "state-country", message, hint)
        elif code and country_codes[key] and code != country_codes[key]:
            message = f"territories gives {key} another code"
            yield problem.at(
                table, index, "iso_3166", "state-country", message, f"write {country_codes[key]}"
            )
