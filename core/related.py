"""Which pages lead on from a page: what staff chose, then the nearest ones."""

import re

from django.apps import apps
from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex, get_page_models

# Nearness is computed over so many candidates of a kind at most: constant work on any size of site.
CANDIDATES = 40
_COMMON_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "am",
        "an",
        "and",
        "any",
        "are",
        "at",
        "be",
        "been",
        "before",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "during",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "just",
        "ketamine",
        "like",
        "long",
        "many",
        "may",
        "me",
        "more",
        "most",
        "much",
        "my",
        "need",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "out",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "therapy",
        "these",
        "they",
        "this",
        "to",
        "too",
        "treatment",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "without",
        "work",
        "works",
        "would",
        "you",
        "your",
        "innerbloom",
    ]
)


def significant_words(text):
    """The words of a text that tell it apart, in lower case, plurals folded."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {word.rstrip("s") for word in words if word not in _COMMON_WORDS and len(word) > 2}


def reading_models():
    """The kinds of page that are offered to read on with: questions, articles, clinical pages."""
    return [model for model in get_page_models() if getattr(model, "offered_for_reading", False)]


def chosen_pages(page):
    """The published pages staff chose, in their order, as specific instances."""
    from core.models import published

    ids = [link.target_id for link in page.related_links.all()]
    if not ids:
        return []
    pages = {found.pk: found for found in published(Page.objects.filter(pk__in=ids)).specific()}
    return [pages[pk] for pk in ids if pk in pages and pk != page.pk]


def nearest_pages(page, models, limit, exclude=()):
    """
    Up to `limit` published pages of `models` nearest to `page`.

    Nearness is two points for each shared topic and one for each significant word shared
    between title and summary; ties keep the older page first, so that a list does not jump.
    """
    if limit <= 0:
        return []
    topics = page.topic_ids
    own_words = significant_words(f"{page.title} {page.summary}")
    excluded = {page.pk, *(other.pk for other in exclude)}
    scored = []
    for model in models:
        public = model.objects.published().exclude(pk__in=excluded).defer_streamfields()
        candidates = list(public.about(topics)[:CANDIDATES]) if topics else []
        if len(candidates) < limit:
            known = {candidate.pk for candidate in candidates}
            candidates += [other for other in public[:CANDIDATES] if other.pk not in known]
        topics_of = model.topic_ids_of(candidates) if topics else {}
        for candidate in candidates:
            shared_words = own_words & significant_words(f"{candidate.title} {candidate.summary}")
            shared_topics = topics & topics_of.get(candidate.pk, set())
            scored.append((-(2 * len(shared_topics) + len(shared_words)), candidate.pk, candidate))
    return [candidate for _, _, candidate in sorted(scored, key=lambda item: item[:2])[:limit]]


def keep_reading(page, limit=3):
    """What staff chose, filled to `limit` with the nearest pages; never itself or an unreadable page."""
    chosen = chosen_pages(page)[:limit]
    return chosen + nearest_pages(page, reading_models(), limit - len(chosen), exclude=chosen)


def pages_linking_to(page):
    """
    Published pages that mention `page`, by title: from the reference index, without upkeep.

    Drafts and private or expired pages are in the index too and are filtered out here.
    """
    from core.models import published

    sources = ReferenceIndex.get_references_to(page).filter(base_content_type__model="page").values("object_id")
    linking = Page.objects.annotate(text_id=Cast("pk", CharField())).filter(text_id__in=sources)
    return list(published(linking).exclude(pk=page.pk).order_by("title").specific(defer=False))


def is_kind(page, label):
    """Whether a page is of the model `app.Model`: lets siblings tell each other apart without an import."""
    return isinstance(page, apps.get_model(label))
