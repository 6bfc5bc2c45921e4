"""
Where evidence is missing, out of date or idle: the queries behind the report “Evidence”.

Each asks a fixed number of queries, however large the site. What drafts alone state is not asked:
readers do not see it.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from evidence.models import Fact, Reference


def _uses(*models):
    """The rows of the reference index that lead to records of these kinds."""
    return ReferenceIndex.objects.filter(to_content_type__in=ContentType.objects.get_for_models(*models).values())


def uncited_sources():
    """Published sources that no text and no fact names."""
    sources = Reference.objects.live().annotate(text_id=Cast("pk", CharField()))
    return sources.exclude(text_id__in=_uses(Reference).values("to_object_id"))


def pages_without_source():
    """[(page, [facts])]: published pages that state facts without a source and cite none; those with results first."""
    facts = Fact.objects.live().select_related("reference").in_bulk()
    cites = ContentType.objects.get_for_model(Reference).pk
    stated, cited = defaultdict(set), set()
    rows = _uses(Fact, Reference).filter(base_content_type__model="page")
    for page, kind, record in rows.values_list("object_id", "to_content_type", "to_object_id"):
        fact = facts.get(int(record)) if kind != cites else None
        if kind == cites or (fact and fact.shown_source):
            cited.add(int(page))
        elif fact:
            stated[int(page)].add(fact)
    pages = Page.objects.live().in_bulk(stated.keys() - cited)
    found = [(page, sorted(stated[pk], key=_results_first)) for pk, page in pages.items()]
    return sorted(found, key=lambda row: (_results_first(row[1][0])[0], row[0].title))


def _results_first(fact):
    return fact.kind != Fact.Kind.RESULT, fact.name
