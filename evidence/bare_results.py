"""
Where a result may not stand until it says what it rests on: short answers, the home page, summaries.

These are read alone, by people in a hurry and by machines: a figure without its basis would be taken
for more than it is. A kind of page names its fields in `fields_without_bare_results`.
"""

import re
import unicodedata

from text.extraction import extract_text, stored_texts, text_fields

# {name: label}: they repeat what a page says without what it rests on; every kind of page has them.
SUMMARIES = {
    "summary": "Summary",
    "search_description": "Description for search engines",
    "seo_title": "Title for search engines",
}


def misplaced_results(page, results):
    """[(fact, name of the field, its label)]: where a page states one of `results`, token or typed, and must not."""
    own = page.fields_without_bare_results
    labels = {name: label for name, label, _ in text_fields(type(page))} | SUMMARIES
    found = []
    for name in labels if own == "__all__" else (*own, *SUMMARIES):
        for _, text in stored_texts(type(page), {name: getattr(page, name)}):
            stated = set()
            words = _comparable(extract_text(text, lambda kind, pk, stated=stated: stated.add((kind, pk)) or ""))
            found += [
                (fact, name, labels[name])
                for fact in results
                if ("fact", fact.pk) in stated or _is_typed_out(fact.value, words)
            ]
    return list(dict.fromkeys(found))


def _is_typed_out(value, words):
    return re.search(rf"(?<![\w.,]){re.escape(_comparable(value))}(?!\w)", words) is not None


def _comparable(words):
    words = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    return re.sub(r"\s*(?:%|per ?cent\b)", "%", words)
