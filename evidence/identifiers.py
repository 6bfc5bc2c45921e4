"""DOIs and PubMed numbers: read in whatever form they are pasted, stored in one."""

import re
from urllib.parse import unquote

from django import forms
from django.core.validators import RegexValidator
from django.db import models

# Comes along when text is copied from a PDF or a page, and is not seen.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_DOI_BEGINNING = re.compile(
    r"^(?:(?:https?:)?(?://)?(?:www\.|dx\.)?doi\.org/\s*|(?:info:|urn:)?doi\s*[:./]?\s*)+", re.IGNORECASE
)
_PUBMED_ADDRESS = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed)/(?:\?term=)?([0-9]+)"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_PUBMED_BEGINNING = re.compile(r"^(?:pub\s*med|pmid)\s*(?:id|number|no\.?)?\s*[:#]?\s*", re.IGNORECASE)


def _seen(text):
    return _UNSEEN.sub("", text).replace("\u00a0", " ").strip().strip("<>“”\"'").strip()


def normalize_doi(text):
    """The DOI in a pasted text, as “10.1000/182”; text in which there is none comes back as it was."""
    beginning = _DOI_BEGINNING.match(seen := _seen(text))
    doi = seen[beginning.end() :] if beginning else seen
    if beginning and "doi.org/" in beginning[0].lower():
        doi = re.split(r"[?#]", doi)[0]
    if re.search(r"%[0-9A-Fa-f]{2}", doi):
        doi = unquote(doi)
    doi = re.sub(r"^(10\.[0-9]+)\s*/\s*", r"\1/", doi)
    doi = doi.rstrip(" .,;")
    for opening, closing in ("()", "[]", "<>"):
        if doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(" .,;")
    return doi if is_doi(doi) else text


def normalize_pubmed_id(text):
    """The PubMed number in a pasted text, digits only; text in which there is none comes back as it was."""
    seen = _seen(text)
    address = _PUBMED_ADDRESS.match(seen)
    number = (address[1] if address else _PUBMED_BEGINNING.sub("", seen).rstrip(" .,;/")).lstrip("0")
    return number if re.fullmatch(r"[0-9]{1,10}", number) else text


def is_doi(text):
    """Whether a text is a DOI and nothing else."""
    return bool(re.fullmatch(r"10\.[0-9]{4,9}/[^\s<>\"]+", text))


class _PastedFormField(forms.CharField):
    """Has no length limit in the browser, which would cut off what is pasted, unseen."""

    def __init__(self, *, normalize, check, **kwargs):
        self.normalize, self.check = normalize, check
        super().__init__(**kwargs)

    def to_python(self, value):
        value = self.normalize(super().to_python(value))
        # Before the length is: what is no number at all is not too long.
        if value:
            self.check(value)
        return value

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class _PastedField(models.CharField):
    """A text field that stores what it can read of a pasted text; what it cannot read stays as it was typed."""

    normalize = staticmethod(str)

    def to_python(self, value):
        value = super().to_python(value)
        return self.normalize(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        reading = {"normalize": self.normalize, "check": self.default_validators[0]}
        return super().formfield(**{"form_class": _PastedFormField, **reading, **kwargs})


class DOIField(_PastedField):
    default_validators = [
        RegexValidator(
            r"\A10\.[0-9]{4,9}/[^\s<>\"]+\Z",
            "There is no DOI in this. A DOI starts with 10., such as 10.1000/182; paste it or its address.",
        )
    ]
    normalize = staticmethod(normalize_doi)


class PubMedField(_PastedField):
    default_validators = [
        RegexValidator(
            r"\A0*[1-9][0-9]*\Z",
            "There is no PubMed number in this. It has digits only, such as 16894061; paste it or its address. "
            "A number that starts with PMC is something else.",
        )
    ]
    normalize = staticmethod(normalize_pubmed_id)
