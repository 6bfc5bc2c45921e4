"""Template tags for removing pages in the admin."""

from django import template
from wagtail.models import Page

from redirects import bulk_actions, forms

register = template.Library()
register.simple_tag(bulk_actions.bulk_action_url)


@register.simple_tag
def unpublish_form(page: Page) -> forms.UnpublishForm:
    """The form that unpublishes a single page, not yet filled in."""
    return forms.UnpublishForm(pages=[page])
