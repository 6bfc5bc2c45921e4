"""Disclaimers in templates."""

from django import template

from disclaimers.notices import notices_for

register = template.Library()


@register.simple_tag(takes_context=True)
def disclaimers(context):
    """The notices of the page of this context (`page`, where there is one)."""
    return notices_for(context.get("page"), context.get("request"))
