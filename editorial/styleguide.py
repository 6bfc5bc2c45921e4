"""All components in all their states on one living page, for staff: `/styleguide/`."""

from datetime import time, timedelta
from types import SimpleNamespace

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from clinic.models import ClinicSettings, Notice, OpeningHours, Price, SpecialDay
from clinic.opening_hours import OpeningHoursCalendar
from core.blocks import URGENCIES, BodyBlock
from core.models import Topic
from evidence.models import Fact, Reference
from reviews.summary import ReviewSummary

# Examples stand on this page alone; 555-01xx numbers and example.org belong to nobody.
EXAMPLE_CLINIC = {
    "name": "Example Clinic",
    "street_address": "1 Example Street",
    "locality": "San Luis Obispo",
    "region": "CA",
    "postal_code": "93401",
    "phone": "(805) 555-0100",
    "email": "front.desk@example.org",
}
EXAMPLE_FACTS = [
    Fact(value="40 minutes", source_note="As the example clinic plans it"),
    Fact(
        value="50%",
        kind=Fact.Kind.RESULT,
        sample_size="120",
        period="March 2023 to June 2025",
        measure="whoever said that they feel better",
        published_in="https://example.org/results",
    ),
    Fact(value="10%", kind=Fact.Kind.RESULT, source_note="By the count of the example clinic"),
]
SAMPLE = "A sentence of ordinary length, so that lines break where they break on real pages."


def _previews():
    """(name, block, value) of every block that introduces itself in the editor; callouts in every urgency."""
    shown = []
    for name, block in BodyBlock().child_blocks.items():
        value = block.get_preview_value()
        if name == "callout":
            shown += [(f"{name}, {key}", block.bind(block.normalize({**value, "urgency": key}))) for key in URGENCIES]
        else:
            shown.append((name, block.bind(value)))
    return shown


def _hours():
    """A week with two periods on one day, and a closure ahead."""
    today = timezone.localdate()
    periods = [OpeningHours(weekday=day, opens=time(9), closes=time(12)) for day in range(5)]
    periods.insert(1, OpeningHours(weekday=0, opens=time(13), closes=time(17)))
    closure = SimpleNamespace(closed_from=today, closed_until=today + timedelta(days=3))
    special = SpecialDay(date=today + timedelta(days=4), opens=time(9), closes=time(10), note=SAMPLE[:60])
    return OpeningHoursCalendar(periods, [special], [closure]).week(today)


@require_safe
@require_admin_access
def styleguide(request):
    """Needs a sign-in that may use the admin; asks for one otherwise."""
    pages = [SimpleNamespace(title=f"Card number {number}", url="#main", description=SAMPLE) for number in range(1, 4)]
    question = SimpleNamespace(title="Does a question look like this?", url="#main", has_body=True)
    now = timezone.now()
    return render(
        request,
        "editorial/styleguide.html",
        {
            "noindex": True,
            "text": SAMPLE,
            "clinic": ClinicSettings(**EXAMPLE_CLINIC),
            "hours": _hours(),
            "prices": [
                Price(name=SAMPLE, amount="$1,000", note=SAMPLE),
                Price(name="Another thing", amount="Free", note="What it includes"),
            ],
            "notices_shown": [Notice(text=f"<p>{SAMPLE}</p>", starts_at=now, ends_at=now)],
            "cards": [*pages, SimpleNamespace(title="A card without words", url="#main", description="")],
            "question": question,
            "contents": [(f"part-{number}", f"Part {number}") for number in range(1, 5)],
            "emblems": Topic.Emblem.values,
            "flowers": [None, *Topic.Emblem.values],
            "previews": _previews(),
            "references": Reference.objects.live()[:2],
            "facts": EXAMPLE_FACTS,
            "pagers": [Paginator(range(pages), 1).page(number) for pages, number in ((3, 1), (10, 10), (100, 50))],
            "reviews": [ReviewSummary(), ReviewSummary(reviewed_on=now.date(), next_on=now.date())],
            "bylines": [
                SimpleNamespace(authors=[], content_updated_at=None),
                SimpleNamespace(authors=[{"name": "Jordan Example", "page": None}], content_updated_at=now),
            ],
        },
    )
