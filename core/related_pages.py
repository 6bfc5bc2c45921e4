"""
Pages related to a page: what staff chose, what links to it, and the nearest ones.

All of them come in one query, each as an instance of its own kind: a question asks for its
articles, an article for its questions, and neither costs more on a larger site.
"""

import re
from collections.abc import Iterable

from django.db.models import Case, CharField, Expression, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from core.page_models import as_specific, related_page_models, select_specific
from publishing.visibility import published

# How many candidates are compared at most: the work does not grow with the site.
MAX_CANDIDATES = 80
COMMON_WORDS = frozenset(
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


def significant_words(text: str) -> set[str]:
    """The words of a text that tell it apart, in lower case, plurals folded."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {word.rstrip("s") for word in words if word not in COMMON_WORDS and len(word) > 2}


def _sharing_topics(page: Page) -> Q | None:
    """A condition: pages of related kinds that share a topic with `page`; None where it has no topics."""
    if not page.topic_lookup or not page.pk:
        return None
    topics = type(page)._base_manager.filter(pk=page.pk, **{f"{page.topic_lookup}__isnull": False})
    topics = topics.values(page.topic_lookup)
    shared = Q()
    for model in related_page_models():
        sharing = model._base_manager.filter(**{f"{model.topic_lookup}__in": topics}).values("pk")
        shared |= Q(pk__in=sharing)
    return shared


class RelatedPages:
    """
    The published pages that may follow `page`; never itself, nor one that cannot be read.

    chosen: what staff chose, in their order. linking: pages whose texts link to it, by title,
    from the reference index. Both are lists of pages of their own kinds.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.linking: list[Page] = []
        self._near: list[tuple[int, Page]] = []
        chosen: list[tuple[int, int, Page]] = []
        rows = page.related_links.all()
        # In a preview the choices are not in the database yet.
        stored = isinstance(rows, QuerySet)
        order = {} if stored else {row.target_id: position for position, row in enumerate(rows)}
        for found in self._query(rows if stored else None, list(order)):
            own = as_specific(found)
            if found.is_chosen:
                chosen.append((order.get(found.pk, found.place or 0), found.pk, own))
            if found.links_here:
                self.linking.append(own)
            if isinstance(own, tuple(related_page_models())):
                self._near.append((found.shares_topic, own))
        self.chosen: list[Page] = [own for _, _, own in sorted(chosen, key=lambda row: row[:2])]
        self.linking.sort(key=lambda own: own.title)

    def _query(self, stored: QuerySet | None, unstored: list[int]) -> PageQuerySet:
        page = self.page
        linking = ReferenceIndex.get_references_to(page).filter(base_content_type__model="page")
        linking = Q(text_id__in=linking.values("object_id"))
        shared = _sharing_topics(page)
        chosen = Q(pk__in=unstored if stored is None else stored.values("target"))
        kinds = Q()
        for model in related_page_models():
            kinds |= Q(**{f"{model._meta.model_name}__isnull": False})
        place: Value | Subquery = Value(None, IntegerField())
        if stored is not None:
            place = Subquery(stored.filter(target=OuterRef("pk")).values("sort_order")[:1])

        def as_flag(condition: Q | None) -> Expression:
            return Case(When(condition, then=1), default=0) if condition is not None else Value(0)

        return select_specific(
            published(Page.objects.filter(alias_of=None))
            .exclude(pk__in=[page.pk, page.alias_of_id])
            .annotate(text_id=Cast("pk", CharField()))
            .filter(chosen | linking | kinds)
            .annotate(is_chosen=as_flag(chosen), links_here=as_flag(linking), shares_topic=as_flag(shared), place=place)
            .order_by(F("is_chosen").desc(), F("links_here").desc(), F("shares_topic").desc(), "path")
        )[:MAX_CANDIDATES]

    def nearest(
        self, limit: int, kinds: Iterable[type[Page]] | None = None, exclude: Iterable[Page] = ()
    ) -> list[Page]:
        """
        The nearest `limit` pages of `kinds` (by default all that are offered as related), `exclude` left out.

        A shared topic counts as two words; each significant word shared between title and
        summary as one. Ties keep the older page first, so that a list does not jump.
        """
        if limit <= 0:
            return []
        words = significant_words(f"{self.page.title} {self.page.summary}")
        taken = {other.pk for other in exclude}
        scored = []
        for shares_topic, other in self._near:
            if other.pk in taken or (kinds and not isinstance(other, tuple(kinds))):
                continue
            shared = words & significant_words(f"{other.title} {other.summary}")
            scored.append((-(2 * shares_topic + len(shared)), other.pk, other))
        return [other for _, _, other in sorted(scored, key=lambda row: row[:2])[:limit]]

    def suggest(self, limit: int = 3, exclude: Iterable[Page] = ()) -> list[Page]:
        """What staff chose, filled to `limit` with the nearest; without what stands on the page already."""
        there = {other.pk for other in exclude}
        chosen = [other for other in self.chosen if other.pk not in there][:limit]
        return chosen + self.nearest(limit - len(chosen), exclude=[*chosen, *exclude])
