"""The report “Evidence” in the admin."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required

from clinic import clock
from evidence import gaps
from evidence.models import Fact

REPORT_PERMISSION = "evidence.change_fact"
MAX_ROWS = 100  # of a list; past it the list says that there are more


def _lists():
    """(heading, advice, [(record, its name, what to know of it)]) of each list, one row more than is shown."""
    more = MAX_ROWS + 1
    yield (
        _("Results past their date"),
        _("Count again, or say how long the figure is good for now."),
        [
            (fact, fact.name, f"{fact.value} · {_('good until')} {clock.format_date(fact.valid_until)}")
            for fact in Fact.objects.past_date().order_by("valid_until")[:more]
        ],
    )
    yield (
        _("Results without a basis"),
        _("Choose a source, or fill in how many people, over which period, and by which measure."),
        [(fact, fact.name, fact.value) for fact in Fact.objects.without_basis()[:more]],
    )
    yield (
        _("Sources cited nowhere"),
        _("Cite them where they belong, or delete them."),
        [(source, f"{source}", source.title) for source in gaps.uncited_sources()[:more]],
    )
    yield (
        _("Pages with figures and no source"),
        _("The clinic’s own rules need no source. Anything else that somebody could doubt needs one."),
        [
            (page, page.get_admin_display_title(), " · ".join(fact.value for fact in facts))
            for page, facts in gaps.pages_without_source()[:more]
        ],
    )


@permission_required(REPORT_PERMISSION)
def evidence_report(request):
    """What is past its date, rests on nothing, is cited nowhere, or states figures without a source."""
    urls = AdminURLFinder(request.user)
    lists = [
        {
            "heading": heading,
            "advice": advice,
            "rows": [(name, words, urls.get_edit_url(record)) for record, name, words in found[:MAX_ROWS]],
            "has_more": len(found) > MAX_ROWS,
        }
        for heading, advice, found in _lists()
    ]
    context = {"lists": lists, "max_rows": MAX_ROWS, "page_title": _("Evidence"), "header_icon": "openquote"}
    return render(request, "evidence/admin/evidence_report.html", context)
