"""Who may read a page at this moment."""

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def readable(relation: str = "") -> ExpressionWrapper:
    """
    The condition that anybody may read a page at this moment, for `filter` and `annotate`.

    Live, not expired and under no view restriction. Wagtail's `.live()` still holds a page
    whose expiry has passed until the jobs runner comes by, and `.public()` costs a query of
    its own for every call; both are answered inside the one query here. `relation` leads
    from the model asked to the page, as "person__".
    """
    expiry = f"{relation}expire_at"
    unexpired = Q(**{f"{expiry}__isnull": True}) | Q(**{f"{expiry}__gt": timezone.now()})
    open_to_all = unexpired & ~Exists(_restrictions(relation)) & Q(**{f"{relation}live": True})
    return ExpressionWrapper(open_to_all, output_field=models.BooleanField())


def _restrictions(relation: str = "") -> QuerySet:
    """The view restrictions on the page of the outer query and on all pages above it."""
    return PageViewRestriction.objects.alias(
        outer_path=ExpressionWrapper(OuterRef(f"{relation}path"), output_field=models.CharField())
    ).filter(outer_path__startswith=F("page__path"))


def published(queryset: PageQuerySet) -> PageQuerySet:
    """The pages of `queryset` that anybody may read at this moment; see `readable`."""
    return queryset.filter(readable())


def is_published(page: Page) -> bool:
    """Whether a page is live and not expired at this moment; view restrictions aside."""
    return page.live and not (page.expire_at and page.expire_at <= timezone.now())
