"""Where pages state a fact or cite a source."""

import re

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from evidence.models import Fact
from publishing.draft_references import PUBLISHED, draft_references
from text.extraction import extract_text, stored_content, stored_texts

# Private characters that no text has: they mark the record while its sentence is cut out.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_END = re.compile(r"[.!?]\s")


def _cut(words):
    """The sentences around the marks in a text, as (before, the record's words, after)."""
    for mark in _MARKED.finditer(words):
        before = words[: mark.start()].replace(_OPEN, "").replace(_CLOSE, "")
        after = words[mark.end() :].replace(_OPEN, "").replace(_CLOSE, "")
        ends = [end.end() for end in _END.finditer(before)]
        following = _END.search(after)
        yield before[ends[-1] if ends else 0 :], mark[1], after[: following.start() + 1] if following else after


def statements(record):
    """
    [(page, version, [sentence])]: the pages that state a fact or cite a source, and how; see `_cut`.

    A page stands there once: as readers see it, or, where they see nothing of it, as its draft or
    scheduled version says it.
    """
    values = dict(Fact.objects.values_list("pk", "value"))
    own_kind = record._meta.model_name

    def token_words(kind, pk):
        words = values.get(pk, "") if kind == "fact" else ""
        if kind == own_kind and pk == record.pk:
            return f"{_OPEN}{words or f'[{record}]'}{_CLOSE}"
        return words

    def sentences(model, content):
        texts = [extract_text(text, token_words) for _, text in stored_texts(model, content)]
        return [sentence for text in texts for sentence in _cut(text)]

    def of_line(page):
        return list(_cut(extract_text(page.safety_line.text, token_words))) if page.safety_line else []

    found = {
        page.pk: (page, PUBLISHED, sentences(type(page), stored_content(page)) + of_line(page))
        for page in record.used_on().filter(live=True).specific()
    }
    drafts = {int(row.object_id): row for row in draft_references([record]) if _is_of_page(row)}
    for pk, page in Page.objects.in_bulk(drafts.keys() - found.keys()).items():
        row = drafts[pk]
        found[pk] = (page, row.version, sentences(page.specific_class, row.revision.content))
    return sorted(found.values(), key=lambda use: use[0].title)


def _is_of_page(row):
    return row.base_content_type_id == ContentType.objects.get_for_model(Page).pk
