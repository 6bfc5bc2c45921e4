"""What other pages show of the home page."""

from django import template

from pages.models import HomePage

register = template.Library()


@register.simple_tag
def first_questions():
    """The pages staff chose for "questions people ask first" on the home page that anybody may read."""
    home = HomePage.objects.published().first()
    return home.first_questions if home else []
