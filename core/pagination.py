"""The pages of long lists."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.core.paginator import Page as ListPage
from django.db.models import QuerySet
from django.http import Http404


def paginate(items: QuerySet | Sequence[Any], number: Any, per_page: int) -> ListPage:
    """
    The page of a list that `number`, from the address, asks for.

    Anything but a number means the first page. Raises Http404 for a page that the list does not have.
    """
    pages = Paginator(items, per_page)
    try:
        return pages.page(number)
    except PageNotAnInteger:
        return pages.page(1)
    except EmptyPage as missing:
        raise Http404 from missing
