"""The one search of the desk: what was found, and the tasks of the handbook that have the words."""

from django import forms
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.search import SearchArea

from editorial.handbook import tasks_about
from editorial.phrase_pattern import INTERCHANGEABLE, normalize
from editorial.phrase_search import PhraseSearch


class PhraseForm(forms.Form):
    """What to look for."""

    q = forms.CharField(
        label="Words",
        min_length=3,
        max_length=300,
        help_text="A name, or a few words of a sentence as they were read. Capitals, quotation marks, "
        "line breaks, and bold type do not matter.",
        error_messages={
            "required": "Type some words.",
            "min_length": "Type at least three letters.",
            "max_length": "At most 300 letters: a part of the sentence is enough.",
        },
    )

    def clean_q(self):
        phrase = normalize(self.cleaned_data["q"])
        # Somebody may have copied the quotation marks along with the sentence.
        bare = phrase.strip("".join(INTERCHANGEABLE[:2]) + " ")
        if len(bare) < 3:
            raise forms.ValidationError("Type at least three letters.")
        return bare


@require_safe
def phrase_search(request):
    """The form, and what was found."""
    form = PhraseForm(request.GET if "q" in request.GET else None)
    context = {
        "form": form,
        "page_title": "Search",
        "header_icon": "search",
    }
    if form.is_bound and form.is_valid():
        search = PhraseSearch(form.cleaned_data["q"], request.user, request)
        context |= {"results": search.results(), "search": search, "tasks": tasks_about(form.cleaned_data["q"])}
    return render(request, "editorial/admin/phrase_search.html", context)


@hooks.register("register_admin_urls")
def register_phrase_search_url():
    return [path("find/", phrase_search, name="phrase_search")]


@hooks.register("register_admin_search_area")
def register_search_area():
    """Wagtail's box above the menu leads to the first of these."""
    return SearchArea("Everything", reverse("phrase_search"), name="everything", icon_name="search", order=1)
