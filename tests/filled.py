"""
A site in which staff have filled in everything: starter texts, and what only they can add.

For tests that look at all pages. Whatever can be shown is shown somewhere.
"""

from datetime import date, time, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageOps
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

import starter.loader
from clinic.models import LEGAL_ROLES, LEGAL_SWITCHES, CallStep, Notice, OpeningHours, Price, Profile, SpecialDay
from core.models import Topic
from disclaimers.models import DisclaimerPage, DisclaimerTarget
from evidence.models import Fact, Reference
from faq.models import FAQIndexPage
from media.models import ClinicDocument, ClinicImage
from pages.models import HomePage, StandardPage
from people.models import Authorship
from tests import factories


def picture(title, width=1200, height=800, **fields):
    """A picture as a phone takes it: dusk, uneven, and what matters in it near an upper corner."""
    content = BytesIO()
    dusk = ImageOps.colorize(Image.linear_gradient("L"), "#5b4a78", "#c98d6a", "#f2d3b0").resize((width, height))
    grain = Image.effect_noise((width, height), 24).convert("RGB")
    x, y, radius = round(width * 0.7), round(height * 0.28), round(min(width, height) * 0.14)
    shown = Image.blend(dusk, grain, 0.12)
    ImageDraw.Draw(shown).ellipse((x - radius, y - radius, x + radius, y + radius), "#2f5d50")
    shown.save(content, "JPEG")
    image = ClinicImage(
        focal_point_x=x,
        focal_point_y=y,
        focal_point_width=2 * radius,
        focal_point_height=2 * radius,
        title=title,
        file=ContentFile(content.getvalue(), name=f"{title}.jpg"),
        **{"description": f"What “{title}” shows", "shows_person": ClinicImage.Person.NOBODY, **fields},
    )
    image.full_clean()
    image.save()
    return image


def rich_text():
    """Everything that the editor's toolbar offers, in one text."""
    document = ClinicDocument.objects.create(
        title="Directions & parking", file=ContentFile(b"Park behind the house.", name="directions.txt")
    )
    fact = factories.fact_token(Fact.objects.filter(reference__isnull=False).first())
    source = factories.fact_token(Reference.objects.last())
    page = FAQIndexPage.objects.get()
    return (
        f"<p><b>Bold</b>, <i>italic</i>, a figure: {fact}, again: {fact}, a source{source}.</p>"
        f'<ul><li><a id="{page.pk}" linktype="page">questions</a></li>'
        f'<li><a id="{document.pk}" linktype="document">directions</a></li></ul>'
        '<ol><li><a href="https://example.org/a?b=1&amp;c=2">elsewhere</a></li>'
        '<li><a href="mailto:help@example.org">mail</a></li>'
        '<li><a href="tel:+18055550100">phone</a></li></ol>'
    )


def body(text):
    """One of every kind of block, two where they might get into each other's way."""

    def block(kind, value):
        return {"type": kind, "value": value}

    def figure(image, **more):
        return block("figure", {"image": {"image": image.pk, **more}, "caption": ""})

    return [
        block("heading", {"text": "Safety & <comfort>", "level": "h2"}),
        block("paragraph", text),
        block("heading", {"text": "A part", "level": "h3"}),
        figure(picture("wide", rights_holder="Jordan Example"), decorative=False, alt_text="A treatment room"),
        figure(picture("tiny", 300, 200), decorative=True, alt_text=""),
        block("heading", {"text": "Safety & <comfort>", "level": "h2"}),
        *(block("callout", {"urgency": urgency, "title": "", "text": text}) for urgency in ("note", "caution")),
        block("callout", {"urgency": "emergency", "title": "Call 911", "text": "<p>Now.</p>"}),
        block("heading", {"text": "…", "level": "h2"}),
        block("steps", {"title": "The day before", "steps": [{"title": "Rest", "text": text}, {"title": "Eat"}]}),
        block("timeline", {"title": "A visit", "points": [{"time": "<p>Start</p>", "text": "<p>You sit down.</p>"}]}),
        block("benefit_risk", {"benefits": text, "risks": text}),
        block("six_steps", {"caption": text}),
        block(
            "table",
            {
                "caption": "At a glance",
                "columns": [{"type": "text", "heading": ""}, {"type": "rich_text", "heading": "How it is given"}],
                "rows": [{"values": ["IV ketamine", "<p>Into a vein</p>"]}, {"values": ["", ""]}],
            },
        ),
        block("table", {"caption": "", "columns": [{"type": "text", "heading": "One"}], "rows": [{"values": ["1"]}]}),
        block("quote", {"text": "First line.\n\nSecond line.", "attribution": "Somebody"}),
        block("quote", {"text": "Nobody said this.", "attribution": ""}),
        block("disclosure", {"summary": "More?", "text": text}),
        block("when_you_call", None),
        block("way_there", None),
    ]


def fill():
    """Load the starter texts and add everything else; the addresses that no page need link."""
    starter.loader.load()
    home, faq = HomePage.objects.get(), FAQIndexPage.objects.get()
    text = rich_text()
    everything = body(text)
    topics = list(Topic.objects.all())

    people = [
        factories.person(
            "Jordan Example",
            slug="jordan-example",
            role="Therapist & guide",
            credentials="LMFT",
            license="California LMFT 00000",
            photo=picture("portrait", 900, 1200),
            biography=text,
        ),
        factories.person("Kim Example", photo=picture("small portrait", 200, 200)),
        factories.person("Lee “No Photo” Example"),
    ]
    question = factories.question(
        "Is this <question> full & complete?",
        slug="full",
        topic=topics[0],
        short_answer=f"<p>Yes: {factories.fact_token(Fact.objects.first())}.</p>",
        body=everything,
        social_image=picture("shared"),
        related=[faq, people[0]],
    )
    articles = [
        factories.article(
            slug=f"full-{day}",
            topics=topics[:2],
            key_points=[{"type": "point", "value": "One & only"}],
            body=everything,
            published_on=date(2026, 1, day),
            related=[question],
        )
        for day in (1, 2)
    ]
    for page, authors in [(question, people[:1]), (articles[0], people[:2]), (articles[1], people[2:])]:
        for person in authors:
            page.authorships.add(Authorship(person=person))
        factories.publish(page)
    for _ in range(12):  # a second page of articles
        factories.article(body=factories.paragraph(factories.link(question)))
    factories.standard(
        "All kinds of blocks", slug="blocks", body=everything, is_clinical_text=True, hide_from_search_engines=True
    )
    questions_only = {"slug": "for-questions", "scope": DisclaimerPage.Scope.SECTION, "section": faq}
    disclaimer = factories.disclaimer("For questions alone.", body=everything, **questions_only)
    disclaimer.notice, disclaimer.body = "<p>For questions only.</p>", everything[:-1]
    factories.publish(disclaimer)
    chosen = factories.disclaimer("For one article.", live=False, scope=DisclaimerPage.Scope.PAGES)
    chosen.chosen_pages.add(DisclaimerTarget(page=articles[0]))
    factories.publish(chosen)
    _fill_clinic(people[0])
    now = timezone.now()
    Notice.objects.create(
        text="<p>We are <b>closed</b> for two days.</p>",
        link_page=question,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(days=2),
        clinic_is_closed=True,
        closed_from=timezone.localdate(),
        closed_until=timezone.localdate() + timedelta(days=1),
    )
    home.social_image = picture("front door")
    home.body = everything
    factories.publish(home)
    return [
        f"/blog/author/{people[0].slug}/",
        "/search/?q=ketamine",
        "/search/?q=ketamine&page=2",
        "/search/?q=xylophone",
        "/search/?q=%22%3C%26+suicide",
        *_addresses_that_refuse(),
    ]


def _publish_draft(page):
    """The page as readers would see it once staff publish what they find in its form."""
    return factories.publish(page.get_latest_revision_as_object())


def _fill_clinic(person):
    clinic = factories.clinic(
        street_address="1 Example Street",
        postal_code="93401",
        latitude="35.280000",
        longitude="-120.660000",
        phone="(805) 555-0100",
        email="appointments-and-questions@example.org",
        booking_url="https://booking.example.org/?clinic=1&visit=first",
        contact_invitation="Do you wonder whether this <clinic> is right for you? Call us & ask.",
        contact_person=Page.objects.get(pk=person.pk),
        after_hours_phone="(805) 555-0199, ext. 7",
        parking="Behind the building; the driver can wait there.",
        entrance="The blue door, one step up; a ramp is at the side.",
        map_picture=picture("map"),
        **{
            f"{role}_page": _publish_draft(StandardPage.objects.get(slug=role.replace("_", "-")))
            for role in LEGAL_ROLES
        },
        **{f"{role}_applies": True for role in LEGAL_SWITCHES},
    )
    for opens, closes in [(time(9), time(12)), (time(13), time(17, 30))]:
        clinic.opening_hours.add(OpeningHours(weekday=0, opens=opens, closes=closes))
    # Beyond the week that stands in every footer.
    coming = timezone.localdate() + timedelta(days=20)
    clinic.special_days.add(
        SpecialDay(date=coming, opens=time(9), closes=time(12), note="Staff & guests"),
        *(SpecialDay(date=coming + timedelta(days=days), is_closed=True, note="We move") for days in (7, 8)),
    )
    clinic.prices.add(
        Price(name="One infusion & the time after it", amount="$1,000", note="An example; it includes all."),
        Price(name="A session of psychotherapy", amount="$100", note="50 minutes, in person or online."),
    )
    clinic.call_steps.add(
        CallStep(title="We ask what brings you here", text="Say as much as you like."),
        CallStep(title="You ask us"),
        CallStep(title="We find a time for a first visit", text="Or you think it over."),
    )
    clinic.profiles.add(Profile(name="Example & friends", url="https://social.example.org/@innerbloom"))
    clinic.save()


def _addresses_that_refuse():
    """Addresses that answer with 404, 410, 400, and one that asks for a password."""
    Redirect.objects.create(old_path="/gone")
    closed = factories.standard("Closed", slug="closed")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=closed.pk), restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    return ["/nowhere/", "/gone", "/%00", "/closed/"]
