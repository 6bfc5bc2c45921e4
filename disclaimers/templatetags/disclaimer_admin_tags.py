"""Template tags for the form of a disclaimer."""

from django import template

from disclaimers.coverage import rule_of_page
from disclaimers.effect import effect_of

register = template.Library()


@register.inclusion_tag("disclaimers/admin/effect.html")
def effect_of_draft(page):
    """What the rule of a draft would change; see `disclaimers.effect`."""
    return effect_of(rule_of_page(page), page)
