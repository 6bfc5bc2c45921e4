"""
Puts the starter texts of starter/content/ into an empty site, once.

A site that has a home page is left alone: what staff edited is never overwritten and what
they deleted never comes back.
"""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page, Site

from blog.models import BlogIndexPage, BlogPostPage
from core.models import PageTopic, RelatedPage
from disclaimers.models import DisclaimerIndexPage, DisclaimerPage
from faq.models import FAQEntryPage, FAQIndexPage
from pages.models import HomePage, StandardPage, VisitPage
from people.models import TeamIndexPage
from starter.files import StarterError
from starter.records import RecordLoader

CONTENT_FOLDER = Path(__file__).resolve().parent / "content"
# The pages below home that are of a kind of their own; all others are standard pages.
PAGE_MODELS = {
    "blog": BlogIndexPage,
    "disclaimers": DisclaimerIndexPage,
    "faq": FAQIndexPage,
    "team": TeamIndexPage,
    "visit": VisitPage,
}
# In the order of the page tree; pages not named here follow by name.
PAGE_ORDER = ["treatment", "what-to-expect", "who-should-not-have-ketamine", "faq", "blog", "team", "visit"]
SECTION_MODELS = {"blog": BlogPostPage, "disclaimers": DisclaimerPage, "faq": FAQEntryPage}


def load(if_empty=False, content=CONTENT_FOLDER):
    """
    Load the starter texts; True when they were loaded, False when there is a site already.

    All or nothing. `if_empty` asks for silence where there is a site already.
    """
    if HomePage.objects.exists():
        if not if_empty:
            print("There is a home page already: nothing was loaded.")
        return False
    with transaction.atomic():
        _Loader(Path(content)).run()
    return True


class _Loader(RecordLoader):
    """One run: the records made so far, by their keys."""

    def __init__(self, content):
        super().__init__(content)
        self.sources = []  # (key, file, data), parents first

    def run(self):
        """Load everything; StarterError whatever is wrong with a file."""
        try:
            self.load()
        except KeyError as error:
            raise self.error(f"{error} is missing") from error
        except ValidationError as error:
            raise self.error(error) from error
        except (AttributeError, TypeError) as error:
            raise self.error(f"a value is of another kind than it should be ({error})") from error

    def load(self):
        self.locale = Locale.get_default()
        self.make_topics()
        self.make_references()
        self.make_facts()
        self.make_watched_words()
        self.read_pages()
        self.make_drafts()
        self.make_safety_lines()
        for key, file, data in self.sources:
            self.file = file
            self.publish(key, data)
        self.make_unanswered_questions()
        self.make_todos()
        self.fill_clinic()
        for name, data in self.files.items():
            self.file = name
            if unread := data.unread():
                raise self.error(f"there is no key “{unread[0]}”")
        for kind in {type(page) for page in self.pages.values()}:
            kind.objects.update(content_updated_at=None)

    def read_pages(self):
        """All page files, parents first, questions in the order of their file names."""
        names = {path.stem for path in (self.content / "pages").glob("*.toml")} - {"home"}
        names = [name for name in PAGE_ORDER if name in names] + sorted(names - set(PAGE_ORDER))
        found = [("home", "pages/home.toml")] + [(None, f"pages/{name}.toml") for name in names]
        # Pages below a standard page stand in a folder of its name.
        found += [
            (path.parent.name, f"pages/{path.parent.name}/{path.name}")
            for path in sorted((self.content / "pages").glob("*/*.toml"))
        ]
        for section in SECTION_MODELS:
            for path in sorted((self.content / section).glob("*.toml")):
                if path.name != "drafts.toml":
                    found.append((section, f"{section}/{path.name}"))
        for place, file in found:
            data = self.read(file)
            key = "home" if place == "home" else "/".join(filter(None, [place, data["slug"]]))
            if key in {known for known, _, _ in self.sources}:
                raise self.error(f"there is another page “{key}”")
            self.sources.append((key, file, data))

    def make_drafts(self):
        """Every page as an empty draft, so that all links have somewhere to point."""
        root = Page.get_first_root_node()
        welcome = Page.objects.filter(depth=2, slug="home").first()
        if welcome and (welcome.specific_class is not Page or welcome.numchild):
            raise StarterError("There is another page at the top with the slug “home”; move or rename it first.")
        if welcome:  # its site moves to the new home page before it goes
            Page.objects.filter(pk=welcome.pk).update(slug="welcome", url_path="/welcome/")
        for key, file, data in self.sources:
            self.file = file
            self.make_draft(key, data, root)
            if key == "home":
                self.move_site(self.pages["home"])
        if welcome:
            Page.objects.get(pk=welcome.pk).delete()

    def make_draft(self, key, data, root):
        section, _, name = key.rpartition("/")
        if key == "home":
            parent, kind = root, HomePage
        elif section:
            parent, kind = self.find(self.pages, section, "page"), SECTION_MODELS.get(section, StandardPage)
        else:
            parent, kind = self.pages["home"], PAGE_MODELS.get(key, StandardPage)
        title = data["question" if kind is FAQEntryPage else "title"]
        page = kind(title=title, slug=name, live=False, locale=self.locale)
        if kind is FAQEntryPage:
            page.topic = self.find(self.topics, data["topic"], "topic")
        parent.refresh_from_db()
        parent.add_child(instance=page)
        self.pages[key] = page

    def move_site(self, home):
        site = Site.objects.filter(is_default_site=True).first() or Site(
            is_default_site=True,
            hostname=settings.SITE_HOST,
            port=settings.SITE_PORT,
            site_name=settings.WAGTAIL_SITE_NAME,
        )
        site.root_page = Page.objects.get(pk=home.pk)
        site.save()

    def publish(self, key, data):
        """Fill the draft of a page and publish it, unless its words still wait for somebody."""
        page = type(self.pages[key]).objects.get(pk=self.pages[key].pk)
        page.summary = data["summary"]
        page.seo_title = data.get("seo_title", "")
        for name in ("introduction", "conditions", "short_answer", "notice", "hero_lead", "hero_caution"):
            if name in data:
                self.require_field(page, name)
                setattr(page, name, self.rich(data[name]))
        if "lead_picture" in data:
            self.require_field(page, "lead_picture")
            lead = data["lead_picture"]
            page.lead_picture = self.image(lead["picture"], lead["alt"])
            page.lead_caption = lead["caption"]
        if "hero_heading" in data:
            self.require_field(page, "hero_heading")
            page.hero_heading = data["hero_heading"]
        if "patients_words" in data:
            page.patients_words = "\n".join(data["patients_words"])
        if "clinical" in data:
            self.require_field(page, "is_clinical_text", "clinical")
            page.is_clinical_text = data["clinical"]
        if "shows_prices" in data:
            self.require_field(page, "shows_prices")
            page.shows_prices = data["shows_prices"]
        if "leaflet" in data:
            self.require_field(page, "is_leaflet", "leaflet")
            page.is_leaflet = data["leaflet"]
        if "safety_line" in data:
            self.set_safety_line(page, data["safety_line"])
        if "body" in data:
            self.require_field(page, "body")
            self.fill_stream(page, "body", [self.block(block) for block in data["body"]])
        if "key_points" in data:
            self.fill_stream(page, "key_points", [("point", point) for point in data["key_points"]])
        for step in ("first_step", "second_step"):
            if step in data:
                self.require_field(page, f"{step}_page", step)
                target = Page.objects.get(pk=self.find(self.pages, data[step]["page"], "page").pk)
                setattr(page, f"{step}_page", target)
                setattr(page, f"{step}_label", data[step]["label"])
        if "doors" in data:
            self.fill_stream(page, "doors", [self.door(door) for door in data["doors"]])
        for position, slug in enumerate(data.get("topics", [])):
            page.page_topics.add(PageTopic(topic=self.find(self.topics, slug, "topic"), sort_order=position))
        for position, other in enumerate(data.get("related", [])):
            target = Page.objects.get(pk=self.find(self.pages, other, "page").pk)
            page.related_links.add(RelatedPage(target=target, sort_order=position))
        revision = page.save_revision(log_action="wagtail.create")
        if not data.get("draft"):
            revision.publish()
        if "legal_role" in data:
            self.set_legal_page(data["legal_role"], page)

    def set_safety_line(self, page, key):
        """The line of a page where it is not that of its topic; “none” for a page that none applies to."""
        self.require_field(page, "own_safety_line", "safety_line")
        if key == "none":
            page.without_safety_line = True
        else:
            page.own_safety_line = self.find(self.safety_lines, key, "safety line")

    def require_field(self, page, name, key=None):
        if name not in {field.name for field in page._meta.get_fields()}:
            raise self.error(f"a {page._meta.verbose_name} has no “{key or name}”")

    def make_unanswered_questions(self):
        """Questions that wait for an answer, or for a clinician to read it: drafts, after all the others."""
        if not (self.content / "faq" / "drafts.toml").exists():
            return
        for row in self.read("faq/drafts.toml").get("draft", []):
            key = f"faq/{row['slug']}"
            self.make_draft(key, row, None)
            if "short_answer" in row:
                self.pages[key].short_answer = self.rich(row["short_answer"])
            self.pages[key].shows_prices = row.get("shows_prices", False)
            self.pages[key].save_revision(clean=False, log_action="wagtail.create")
