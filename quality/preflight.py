"""
Preflight: what hinders the publishing of a page, and what could be better, each with its place in the editor.

What hinders is what publishing itself asks: the rules of the fields, and every gate of
`publishing.gates`. Wagtail's own checks (headings, empty links, descriptions that are file names) are
not repeated: they stand below, in the same panel.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.fields import StreamField

from evidence.models import Fact, Reference
from faq.forms import ADVISED_SHORT_ANSWER_WORDS, MAX_SHORT_ANSWER_WORDS
from faq.models import FAQEntryPage
from publishing.gates import blocks_against
from publishing.stored_references import found, stored_references, where
from quality.link_remarks import link_remarks
from quality.models import WatchedWords
from quality.readability import grade
from quality.remarks import Remark
from quality.similar_questions import similar_questions
from quality.watched_words import sayings
from text.rendering import count_words, plain_text

HARDEST_GRADE = 8  # of a short answer; the starter texts keep to it
_MISSING = {"blank", "null", "required"}


class Preflight(NamedTuple):
    """The remarks on a page."""

    hindrances: list[Remark]
    advice: list[Remark]


def check_page(page: Any) -> Preflight:
    """All remarks on a page as it is in memory; the number of queries is fixed but for the gates'."""
    hindrances = [*_invalid_fields(page), *_gates(page)]
    return Preflight(hindrances, [remark for check in ADVICE for remark in check(page)])


def _gates(page: Any) -> Iterator[Remark]:
    for blocked in blocks_against(page):
        yield Remark(capfirst(blocked.reason), blocked.place)


def _invalid_fields(page: Any) -> Iterator[Remark]:
    """What the form would refuse when the page is published, though a draft may be saved so."""
    try:
        page.full_clean()
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            label = _label(page, name)
            for one in errors:
                is_missing = one.code in _MISSING
                text = f"“{label}” is empty." if is_missing else " ".join(one.messages)
                yield Remark(text, "" if name == "__all__" else name)
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(page, field.name))
            except ValidationError as error:
                yield from _invalid_blocks(page, field.name, error)


def _invalid_blocks(page: Any, name: str, error: ValidationError) -> Iterator[Remark]:
    stream, label = getattr(page, name), _label(page, name)
    for position, block_error in (getattr(error, "block_errors", None) or {}).items():
        block = stream[position]
        words = " ".join(dict.fromkeys(_messages(block_error)))
        yield Remark(f"“{label}”, {block.block.label}: {words}", f"{name}.{block.id}")
    for message in getattr(error, "non_block_errors", ()):
        yield Remark(f"“{label}”: {message}", name)


def _messages(error: Any) -> Iterator[str]:
    """The messages of an error of a block, those of the blocks within it first."""
    inner = getattr(error, "block_errors", None)
    if inner:
        for one in inner.values() if isinstance(inner, dict) else inner:
            if one:
                yield from _messages(one)
    elif isinstance(error, ValidationError):
        yield from error.messages
    yield from map(str, getattr(error, "non_block_errors", ()))


def _label(page: Any, name: str) -> str:
    if name == "__all__":
        return ""
    return capfirst(str(page._meta.get_field(name).verbose_name))


def _summary(page: Any) -> Iterator[Remark]:
    if not page.summary.strip():
        yield Remark(
            "There is no summary. Lists, search engines, and shared links show the first words instead.", "summary"
        )


def _pictures(page: Any) -> Iterator[Remark]:
    """Pictures beside the text that nobody described; those in it have their words there, or hinder publishing."""
    for name in ("social_image", *page.picture_places):
        picture = getattr(page, name)
        if picture and not picture.is_decorative and not picture.description:
            text = f"The picture “{picture.title}” has no description for people who do not see it."
            yield Remark(text, url=reverse("wagtailimages:edit", args=[picture.pk]))


def _sources(page: Any) -> Iterator[Remark]:
    """Figures on a page that names no source, as the report “Evidence” lists published ones."""
    rows = [row for row in stored_references(type(page), page.serializable_data()) if row.target in (Fact, Reference)]
    facts = found(row for row in rows if row.target is Fact).get(Fact, {})
    stated = {row.pk: row for row in rows if row.target is Fact and row.pk in facts}
    if not stated or any(row.target is Reference or (row.pk in stated and facts[row.pk].shown_source) for row in rows):
        return
    for pk, row in stated.items():
        fact, place = facts[pk], where(type(page), row)
        yield Remark(
            f"“{place}” states “{fact.value}”, and the page cites no source. The clinic’s own rules need none; "
            "anything that somebody could doubt needs one.",
            row.path.partition(".")[0],
        )


def _reading(page: Any) -> Iterator[Remark]:
    if not isinstance(page, FAQEntryPage):
        return
    found_grade = grade(plain_text(page.short_answer, notes=False))
    if found_grade is not None and round(found_grade, 1) > HARDEST_GRADE:
        yield Remark(
            f"The short answer reads at grade {found_grade:.0f}; grade {HARDEST_GRADE} is easy to read. "
            "Shorter sentences and plainer words help.",
            "short_answer",
        )


def _length(page: Any) -> Iterator[Remark]:
    if not isinstance(page, FAQEntryPage):
        return
    words = count_words(page.short_answer)
    if ADVISED_SHORT_ANSWER_WORDS < words <= MAX_SHORT_ANSWER_WORDS:
        yield Remark(
            f"The short answer has {words} words; within {ADVISED_SHORT_ANSWER_WORDS} it can be taken in at a "
            "glance. Detail belongs in the full answer.",
            "short_answer",
        )


def _wording(page: Any) -> Iterator[Remark]:
    for saying in sayings(page, list(WatchedWords.objects.filter(kind=WatchedWords.Kind.WARN))):
        text = f"“{saying.label}” says “{saying.words}”. {saying.watched.instead}"
        yield Remark(text.strip(), saying.place)


def _duplicates(page: Any) -> Iterator[Remark]:
    if not isinstance(page, FAQEntryPage):
        return
    for similar in similar_questions(page):
        said = "" if similar.words == similar.page.title else f" (“{similar.words}”)"
        state = "" if similar.page.live else ", a draft,"
        title = similar.page.get_admin_display_title()
        yield Remark(f"“{title}”{said}{state} asks nearly the same. One answer is enough.", "title")


ADVICE: list[Callable[[Any], Iterator[Remark]]] = [
    link_remarks,
    _wording,
    _sources,
    _duplicates,
    _length,
    _reading,
    _pictures,
    _summary,
]
