"""Makes the smallest site a test needs, through the same doors staff use."""

from contextlib import nullcontext
from datetime import timedelta
from io import BytesIO
from itertools import count

import PIL.Image
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.test import override_settings
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from blog.models import BlogIndexPage, BlogPostPage
from clinic.models import ClinicSettings, Notice
from core.models import PageTopic, RelatedPage, SafetyLine, Topic
from disclaimers.models import DisclaimerIndexPage, DisclaimerPage
from evidence.models import Fact, Reference
from faq.models import FAQEntryPage, FAQIndexPage
from media.models import ClinicImage
from pages.models import HomePage, StandardPage, VisitPage
from people.models import PersonPage, TeamIndexPage

_numbers = count(1)


def to_be_published():
    """
    Within, saving leaves out the tasks of Wagtail: the indexes of search and of references.

    Each of the three saves of a new page does them, and the last, of publishing, does all of it again.
    """
    return override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}})


def publish(record, clean=True, log_action=True):
    """Publish a page or record as the editor does: a revision with its entry in the history, then its publishing."""
    with to_be_published():
        revision = record.save_revision(clean=clean, log_action=log_action)
    revision.publish()
    return type(record).objects.get(pk=record.pk)


def _with_first_version(record, live):
    if live:
        return publish(record, clean=False, log_action="wagtail.create")
    record.save_revision(clean=False, log_action="wagtail.create")
    return record


def make(model, live=True, **fields):
    """A record with drafts; published unless `live` is False."""
    record = model(live=False, **fields)
    with to_be_published() if live else nullcontext():
        record.save()
    return _with_first_version(record, live)


def add(parent, page, live=True):
    """Add a page below `parent`; published unless `live` is False."""
    page.live = False
    with to_be_published() if live else nullcontext():
        page = parent.add_child(instance=page)
    parent.refresh_from_db()
    return _with_first_version(page, live)


def home():
    """The home page of the default site, made once."""
    existing = HomePage.objects.first()
    if existing:
        return existing
    Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    Page.objects.filter(depth=2, slug="home").update(slug="welcome")
    page = add(root, HomePage(title="Innerbloom", slug="front", hero_heading="Ketamine infusions"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": page}
    )
    Site.clear_site_root_paths_cache()
    return page


def _section(model, slug, **fields):
    return model.objects.first() or add(home(), model(title=slug.title(), slug=slug, **fields))


def faq_index():
    return _section(FAQIndexPage, "faq")


def blog_index():
    return _section(BlogIndexPage, "blog")


def team():
    return _section(TeamIndexPage, "team")


def disclaimer_index():
    return _section(DisclaimerIndexPage, "disclaimers")


def visit():
    return _section(VisitPage, "visit")


def basic_pages():
    """The pages that every site has: home and its sections."""
    for make in (home, faq_index, blog_index, team, disclaimer_index):
        make()


def remove_basic_pages():
    """Leave the database as a new installation has it."""
    Page.objects.filter(slug="welcome").update(slug="home")
    Site.objects.update(root_page=Page.objects.get(slug="home"))
    for page in HomePage.objects.all():
        page.delete()
    Redirect.objects.all().delete()


def topic(slug="your-visit", **fields):
    """The topic of this slug, made on first use."""
    return Topic.objects.filter(slug=slug).first() or make(
        Topic, **{"name": slug.replace("-", " ").capitalize(), "slug": slug, **fields}
    )


def safety_line(key="off-label", text="It is off-label.", **fields):
    """A safety line, on pages whose topic or form says so."""
    return make(SafetyLine, **{"key": key, "name": key, "text": f"<p>{text}</p>", **fields})


def question(title=None, live=True, related=(), **fields):
    """A question with a short answer."""
    number = next(_numbers)
    fields = {
        "topic": topic(),
        "short_answer": "<p>A short answer.</p>",
        "slug": f"question-{number}",
        **fields,
    }
    page = FAQEntryPage(title=title or f"Question number {number}?", **fields)
    for position, target in enumerate(related):
        page.related_links.add(RelatedPage(target=target, sort_order=position))
    return add(faq_index(), page, live)


def article(title=None, live=True, topics=(), related=(), **fields):
    """An article."""
    number = next(_numbers)
    page = BlogPostPage(title=title or f"Article number {number}", **{"slug": f"article-{number}", **fields})
    for position, row in enumerate(topics):
        page.page_topics.add(PageTopic(topic=row, sort_order=position))
    for position, target in enumerate(related):
        page.related_links.add(RelatedPage(target=target, sort_order=position))
    return add(blog_index(), page, live)


def person(name="Jordan Example", live=True, **fields):
    """A member of the team."""
    return add(team(), PersonPage(title=name, **{"slug": f"person-{next(_numbers)}", **fields}), live)


def standard(title="Treatment", live=True, **fields):
    """A standard page."""
    return add(home(), StandardPage(title=title, **{"slug": f"page-{next(_numbers)}", **fields}), live)


def disclaimer(notice="This is no medical advice.", live=True, **fields):
    """A disclaimer that applies everywhere unless told otherwise."""
    page = DisclaimerPage(
        title="Medical disclaimer",
        **{"slug": f"notice-{next(_numbers)}", "notice": f"<p>{notice}</p>", **fields},
    )
    return add(disclaimer_index(), page, live)


def fact(key="session-length", value="about 40 minutes", **fields):
    """A fact."""
    return make(Fact, **{"key": key, "name": key, "value": value, **fields})


def reference(key="zarate-2006", **fields):
    """A source."""
    return make(
        Reference,
        **{
            "key": key,
            "authors": "Zarate CA Jr et al.",
            "title": "A randomized trial",
            "year": 2006,
            **fields,
        },
    )


def notice(text="We are closed on Monday.", **fields):
    """A notice shown from now on for a week."""
    now = timezone.now()
    times = {"starts_at": now, "ends_at": now + timedelta(days=7)}
    return make(Notice, **{"text": f"<p>{text}</p>", **times, **fields})


def fact_token(record):
    """The stored token of a fact or reference."""
    return f'<embed embedtype="{record._meta.model_name}" id="{record.pk}"/>'


def link(page, text="read on"):
    """Stored rich text that links to a page."""
    return f'<p><a id="{page.pk}" linktype="page">{text}</a></p>'


def paragraph(html):
    """Raw stream data of one paragraph."""
    return [{"type": "paragraph", "value": html}]


def picture(**fields):
    """A small picture."""
    file = BytesIO()
    PIL.Image.new("RGB", (640, 480), "tan").save(file, "PNG")
    name = f"picture-{next(_numbers)}.png"
    fields = {"title": name, "description": "A quiet room", **fields}
    return ClinicImage.objects.create(file=ImageFile(BytesIO(file.getvalue()), name=name), **fields)


def figure(alt="A reclining chair by a window", caption=""):
    """Raw stream data of one picture."""
    image = {"image": picture().pk, "decorative": not alt, "alt_text": alt}
    return {"type": "figure", "value": {"image": image, "caption": caption}}


def clinic(**fields):
    """The clinic's settings."""
    settings = ClinicSettings.load()
    for name, value in fields.items():
        setattr(settings, name, value)
    settings.save()
    settings.save_revision(clean=False, log_action=True)
    return settings


def administrator(**fields):
    """Somebody who may do everything."""
    return get_user_model().objects.create_superuser(
        email=f"admin-{next(_numbers)}@example.org", password="long-enough-for-tests", **fields
    )


def member(*groups, **fields):
    """Somebody who signs in as staff do: with the rights of these groups."""
    user = get_user_model().objects.create_user(
        email=f"member-{next(_numbers)}@example.org", password="long-enough-for-tests", **fields
    )
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def reviewer(name="Robin Example", credentials="MD", **fields):
    """Somebody who signs off texts: an account with that role, and a page that names credentials."""
    user = member("Clinical reviewers", **fields)
    person(name, credentials=credentials, user=user)
    return user
