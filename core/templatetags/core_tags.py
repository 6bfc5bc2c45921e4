"""The head of a page."""

from django import template
from django.utils.safestring import mark_safe

from core.structured_data import absolute, serialize

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context):
    """The JSON-LD of `page`, in its script element; nothing where there is no page."""
    page, request = context.get("page"), context.get("request")
    if page is None or not hasattr(page, "structured_data") or not page.pk:
        return ""
    graph = serialize(page.structured_data(request))
    return mark_safe(f'<script type="application/ld+json">{graph}</script>')  # noqa: S308  (escaped in serialize)


@register.simple_tag(takes_context=True)
def canonical(context):
    """The one public address of what is shown; empty where there is none (search, errors)."""
    if path := context.get("canonical_path"):
        return absolute(path)
    page = context.get("page")
    return absolute(page.url) if page is not None and getattr(page, "url", None) else ""
