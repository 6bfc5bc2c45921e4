"""
Money, phone numbers, ZIP codes and states as people type them, made into what stands on the site.

Each function returns the text in its usual US form, or raises `Unreadable` with what to type instead.
What could mean two things is refused: a price is never guessed.
"""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from django.db.models import Model

from clinic.clock import Unreadable

UNREADABLE_PRICE = "Write $ and the amount in digits, such as $250, or $500 for two sessions."
MAX_DOLLARS = 100_000
UNLIKELY_PRICE = "Check the amount. If people pay nothing, write Free or No charge."
WORDLESS_PRICE = "A price has a number, such as $100, or begins with Free or No charge."
INEXACT_PRICE = (
    "Give the exact price, without “from,” “about,” or a plus sign. If it depends on something, add a price for each "
    "case and say under “for what” which one it is."
)
SEVERAL_PRICES = "This names more than one amount. Add a price for each and say under “for what” which one it is."
EXTRA_FEES = "Count in every required fee, and name the fees under “what it includes.”"
UNREADABLE_PHONE = "A US number has ten digits, for example (805) 555-0100. Add an extension as “ext. 12.”"
UNREADABLE_POSTAL_CODE = "Five digits, such as 93401, or nine with a hyphen."
UNKNOWN_STATE = "Two letters, such as CA for California."

# The states, the District of Columbia and the territories, as mail is addressed.
_STATE = re.compile(
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|AS|GU|MP|PR|VI"
)
# Where degrees of longitude are east, or both.
EASTERN_STATES = frozenset({"AK", "GU", "MP"})

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_PHONE = re.compile(
    r"(?:\+?1[ .-]*)?\(?([2-9]\d\d)\)?[ ./-]*([2-9]\d\d)[ .-]*(\d{4})"
    r"(?:[ ,;]*(?:extension|ext\.?|x|#)[ .:]*(\d{1,6}))?",
    re.ASCII | re.IGNORECASE,
)
_POSTAL_CODE = re.compile(r"(\d{5})(?:[ -]?(\d{4}))?", re.ASCII)
_NUMBER = r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,5})(?:\.\d\d?)?(?!\d|[.,]\d)"
_SUM = rf"(?:US ?\$|USD|\$)? ?({_NUMBER})(?: ?(?:US dollars|dollars|USD))?"
_PRICE = re.compile(rf"{_SUM}((?:(?: (?:per|an?|each)\b|/)[^\d$]*)?)", re.ASCII | re.IGNORECASE)
_DOLLARS = re.compile(rf"\$ ?({_NUMBER})(?![A-Za-z])", re.ASCII)
_SEVERAL = re.compile(rf"{_SUM} ?(?:-|\b(?:to|or|and)\b) ?{_SUM}", re.ASCII | re.IGNORECASE)
_WORDS = re.compile(r"(?:free|no charge)\b\D*", re.IGNORECASE)
_INEXACT = re.compile(
    r"\b(?:from|start(?:s|ing)?|begin(?:s|ning)?|about|around|approx(?:imately)?|roughly|circa|up to|as low as"
    r"|at (?:least|most)|average|typical(?:ly)?|usual(?:ly)?|or (?:more|less)|and up|sliding|depend(?:s|ing))\b"
    r"|[~≈≥≤<>±]|\+(?! ?\w)",
    re.IGNORECASE,
)
_FEES = re.compile(r"\+ ?\w|\b(?:plus|excluding|exclud(?:es|ed)|without|before|extra|not includ\w+)\b", re.IGNORECASE)


def format_price(text: str) -> str:
    """
    “250” and “250 USD” as “$250”; a price that is not exact, or leaves fees out, is refused.

    What says more stays as it is, once its $ has a number that can be read.
    """
    plain = _plain(text)
    dashed = plain.translate(_DASHES)
    if _INEXACT.search(dashed):
        raise Unreadable(INEXACT_PRICE)
    if _FEES.search(dashed):
        raise Unreadable(EXTRA_FEES)
    if _WORDS.fullmatch(plain):
        return plain[0].upper() + plain[1:]
    if not re.search(r"\d", plain):
        raise Unreadable(WORDLESS_PRICE)
    if _SEVERAL.search(dashed) or plain.count("$") > 1:
        raise Unreadable(SEVERAL_PRICES)
    match = _PRICE.fullmatch(dashed)
    amount = match or _DOLLARS.search(plain)
    if not amount:
        raise Unreadable(UNREADABLE_PRICE)
    if not 0 < float(amount[1].replace(",", "")) <= MAX_DOLLARS:
        raise Unreadable(UNLIKELY_PRICE)
    return _dollars(match[1]) + match[2] if match else plain


def format_phone(text: str) -> str:
    """“805.555.1234 x12” as “(805) 555-1234, ext. 12”."""
    match = _PHONE.fullmatch(_plain(text).translate(_DASHES))
    if not match:
        raise Unreadable(UNREADABLE_PHONE)
    area, exchange, line, extension = match.groups()
    return f"({area}) {exchange}-{line}{f', ext. {extension}' if extension else ''}"


def dialed(phone: str) -> str:
    """A number without its extension for a tel: link, as +18055550100; empty where it cannot be dialed."""
    digits = re.sub(r"\D", "", phone.partition("ext")[0])
    if len(digits) == 10:
        digits = f"1{digits}"
    return f"+{digits}" if len(digits) == 11 and digits[0] == "1" else ""


def format_postal_code(text: str) -> str:
    """“934011234” as “93401-1234”."""
    match = _POSTAL_CODE.fullmatch(_plain(text).translate(_DASHES))
    if not match:
        raise Unreadable(UNREADABLE_POSTAL_CODE)
    return "-".join(filter(None, match.groups()))


def format_state(text: str) -> str:
    """“ca” as “CA”."""
    letters = _plain(text).replace(".", "").upper()
    if not _STATE.fullmatch(letters):
        raise Unreadable(UNKNOWN_STATE)
    return letters


def write_as_usual(record: Model, **formats: Callable[[str], str]) -> dict[str, str]:
    """Write texts of a record as they stand on the site; what cannot be read stays, with {name: message}."""
    errors = {}
    for name, format_text in formats.items():
        if text := getattr(record, name):
            try:
                written = format_text(text)
            except Unreadable as error:
                errors[name] = str(error)
                continue
            limit = getattr(record._meta.get_field(name), "max_length", None)
            if limit and len(written) > limit:
                errors[name] = f"“{written}” is longer than {limit} characters."
            else:
                setattr(record, name, written)
    return errors


def _plain(text: str) -> str:
    """Without what keyboards, phones and clipboards make of blanks, digits and signs."""
    usual = unicodedata.normalize("NFKC", text)
    return " ".join("".join(sign for sign in usual if unicodedata.category(sign) != "Cf").split())


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _dollars(number: str) -> str:
    value = _decimal(number)
    return f"${value:,.0f}" if value == value.to_integral_value() else f"${value:,.2f}"
