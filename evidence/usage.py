"""Where pages state a fact or cite a source."""

import re

from evidence.models import Fact
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
    """[(page, [sentence])]: the pages that state a fact or cite a source, and how; see `_cut`."""
    values = dict(Fact.objects.values_list("pk", "value"))
    own_kind = record._meta.model_name

    def token_words(kind, pk):
        words = values.get(pk, "") if kind == "fact" else ""
        if kind == own_kind and pk == record.pk:
            return f"{_OPEN}{words or f'[{record}]'}{_CLOSE}"
        return words

    return [
        (
            page,
            [
                sentence
                for _, text in stored_texts(type(page), stored_content(page))
                for sentence in _cut(extract_text(text, token_words))
            ],
        )
        for page in record.used_on().specific()
    ]
