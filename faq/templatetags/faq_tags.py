"""What other pages show of the FAQ."""

from django import template

from faq.models import FAQIndexPage

register = template.Library()


@register.simple_tag
def faq_index() -> FAQIndexPage | None:
    """The list of all questions, where anybody may read it."""
    return FAQIndexPage.objects.published().first()
