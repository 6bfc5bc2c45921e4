"""What templates of the admin need."""

from django import template

from core import page_actions

register = template.Library()

register.simple_tag(page_actions.bulk_action_url)


@register.simple_tag
def unpublish_form(page):
    """The form that unpublishes a single page, not yet filled in."""
    return page_actions.UnpublishForm(pages=[page])
