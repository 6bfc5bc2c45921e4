"""The search for a sentence in the admin."""

from django import forms
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from editorial.phrase_pattern import INTERCHANGEABLE, normalize
from editorial.phrase_search import PhraseSearch


class PhraseForm(forms.Form):
    """What to look for."""

    phrase = forms.CharField(
        label="Words of the sentence",
        min_length=3,
        max_length=300,
        help_text="A few words that stand next to each other, as they were read. Capitals, quotation marks, "
        "line breaks and bold type do not matter.",
        error_messages={
            "required": "Type some words of the sentence.",
            "min_length": "Type at least three letters.",
            "max_length": "At most 300 letters: a part of the sentence is enough.",
        },
    )

    def clean_phrase(self):
        phrase = normalize(self.cleaned_data["phrase"])
        # Somebody may have copied the quotation marks along with the sentence.
        bare = phrase.strip("".join(INTERCHANGEABLE[:2]) + " ")
        if len(bare) < 3:
            raise forms.ValidationError("Type at least three letters.")
        return bare


@require_safe
def phrase_search(request):
    """The form, and what was found."""
    form = PhraseForm(request.GET if "phrase" in request.GET else None)
    context = {
        "form": form,
        "page_title": "Find a sentence",
        "header_title": "Find a sentence",
        "header_icon": "search",
    }
    if form.is_bound and form.is_valid():
        search = PhraseSearch(form.cleaned_data["phrase"], request.user, request)
        context |= {"results": search.results(), "stopped": search.stopped, "phrase": form.cleaned_data["phrase"]}
    return render(request, "editorial/admin/phrase_search.html", context)


@hooks.register("register_admin_urls")
def register_phrase_search_url():
    return [path("find/", phrase_search, name="phrase_search")]


@hooks.register("register_admin_menu_item")
def register_phrase_search_menu_item():
    return MenuItem("Find a sentence", reverse("phrase_search"), name="find-a-sentence", icon_name="search", order=8000)
