"""
Puts the starter texts of starter/content/ into an empty site, once.

A site that has a home page is left alone: what staff edited is never overwritten and what
they deleted never comes back.
"""

import html
import re
import tomllib
import uuid
from pathlib import Path

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from blog.models import BlogIndexPage, BlogPostPage
from clinic.models import ClinicSettings, NavigationItem
from core.models import PageTopic, RelatedPage, Topic
from disclaimers.models import DisclaimerIndexPage, DisclaimerPage
from editorial.models import ToDo
from evidence.models import Fact, Reference
from faq.models import FAQEntryPage, FAQIndexPage
from media.models import ClinicImage
from pages.models import HomePage, StandardPage, VisitPage
from people.models import TeamIndexPage

CONTENT = Path(__file__).resolve().parent / "content"
EMBLEMS = ["bud", "cup", "star", "ring", "seed-head"]
NAVIGATION = [
    ("treatment", "Treatment"),
    ("what-to-expect", "What to expect"),
    ("faq", "Questions"),
    ("blog", "Articles"),
    ("visit", "Visit"),
]
CLINIC = {"name": "Innerbloom Ketamine Therapy", "locality": "San Luis Obispo", "region": "CA"}
# The pages below home that are of a kind of their own; all others are standard pages.
KINDS = {
    "blog": BlogIndexPage,
    "disclaimers": DisclaimerIndexPage,
    "faq": FAQIndexPage,
    "team": TeamIndexPage,
    "visit": VisitPage,
}
# In the order of the page tree; pages not named here follow by name.
ORDER = ["treatment", "what-to-expect", "who-should-not-have-ketamine", "faq", "blog", "team", "visit"]
SECTIONS = {"blog": BlogPostPage, "disclaimers": DisclaimerPage, "faq": FAQEntryPage}


class StarterError(Exception):
    """A starter text that cannot be loaded; the message names its file and the key at fault."""


def load(if_empty=False, content=CONTENT):
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


class Entry(dict):
    """Data of a file that know which of their keys were read: one that nobody reads is a typing error."""

    def __init__(self, data):
        super().__init__({key: _entries(value) for key, value in data.items()})
        self._unread = set(self)

    def __getitem__(self, key):
        self._unread.discard(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self._unread.discard(key)
        return super().get(key, default)

    def unread(self):
        """The keys that were not read, here and below."""
        below = [entry for value in self.values() for entry in (value if isinstance(value, list) else [value])]
        return sorted(self._unread) + [key for entry in below if isinstance(entry, Entry) for key in entry.unread()]


def _entries(value):
    """The value with each dict in it made an Entry."""
    if isinstance(value, list):
        return [_entries(item) for item in value]
    return Entry(value) if isinstance(value, dict) else value


class _Loader:
    """One run: the records made so far, by their keys."""

    def __init__(self, content):
        self.content = content
        self.topics, self.references, self.facts, self.images = {}, {}, {}, {}
        self.pages = {}  # key -> page
        self.sources = []  # (key, file, data), parents first
        self.files = {}  # name -> data
        self.file = None  # the file being read, for messages

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
        self.read_pages()
        self.make_drafts()
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

    # --- Reading -------------------------------------------------------------

    def error(self, message):
        return StarterError(f"{self.file}: {message}")

    def read(self, name):
        """The data of a file of the content folder."""
        self.file = name
        try:
            data = Entry(tomllib.loads((self.content / name).read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise self.error(error) from error
        self.files[name] = data
        return data

    def find(self, records, key, kind):
        if key not in records:
            raise self.error(f"there is no {kind} “{key}”")
        return records[key]

    # --- Records -------------------------------------------------------------

    def record(self, records, model, key, fields):
        """Make the record of this key as a form would take it; one that is there already stays as it is."""
        (name, value), *_ = key.items()
        if value in records:
            raise self.error(f"there is another {model._meta.verbose_name} “{value}”")
        record = model.objects.filter(**key).first()
        if record is None:
            record = model(**key, **fields)
            try:
                record.full_clean()
            except ValidationError as error:
                raise self.error(f"{name} “{value}”: {error}") from error
            self.save_published(record)
        records[value] = record

    @staticmethod
    def save_published(record):
        """Save a record as published, with a first version in its history to which staff can go back."""
        record.save()
        now = timezone.now()
        first = record.save_revision(clean=False, log_action="wagtail.create")
        type(record).objects.filter(pk=record.pk).update(
            has_unpublished_changes=False, live_revision=first, first_published_at=now, last_published_at=now
        )

    def make_topics(self):
        for position, row in enumerate(self.read("topics.toml").get("topic", [])):
            fields = {
                "name": row["name"],
                "introduction": self.rich(row.get("introduction", "")),
                "emblem": EMBLEMS[position % len(EMBLEMS)],
                "order": position + 1,
            }
            self.record(self.topics, Topic, {"slug": row["slug"]}, fields)

    def make_references(self):
        names = ["authors", "title", "container", "year", "volume", "issue", "pages", "doi"]
        for row in self.read("references.toml").get("reference", []):
            fields = {name: row[name] for name in names if name in row}
            self.record(self.references, Reference, {"key": row["key"]}, fields)

    def make_facts(self):
        for row in self.read("facts.toml").get("fact", []):
            reference = row.get("reference")
            fields = {
                "name": row["name"],
                "value": row["value"],
                "kind": row["kind"],
                "source_note": row.get("source_note", ""),
                "to_do": row.get("todo", ""),
                "reference": self.find(self.references, reference, "reference") if reference else None,
            }
            self.record(self.facts, Fact, {"key": row["key"]}, fields)

    def image(self, picture, alt):
        """The picture of that name, or None while nobody has drawn it."""
        path = self.content / "pictures" / f"{picture}.png"
        if not path.is_file():
            return None
        if picture not in self.images:
            with path.open("rb") as stream:
                title = picture.replace("-", " ").capitalize()
                image = ClinicImage(
                    title=title,
                    description=alt,
                    shows_person=ClinicImage.Person.NOBODY,
                    rights_note="Drawn for this site.",
                    file=File(stream, name=path.name),
                )
                image.save()
            self.images[picture] = image
        return self.images[picture]

    # --- Pages ---------------------------------------------------------------

    def read_pages(self):
        """All page files, parents first, questions in the order of their file names."""
        names = {path.stem for path in (self.content / "pages").glob("*.toml")} - {"home"}
        names = [name for name in ORDER if name in names] + sorted(names - set(ORDER))
        found = [("home", "pages/home.toml")] + [(None, f"pages/{name}.toml") for name in names]
        # Pages below a standard page stand in a folder of its name.
        found += [
            (path.parent.name, f"pages/{path.parent.name}/{path.name}")
            for path in sorted((self.content / "pages").glob("*/*.toml"))
        ]
        for section in SECTIONS:
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
            parent, kind = self.find(self.pages, section, "page"), SECTIONS.get(section, StandardPage)
        else:
            parent, kind = self.pages["home"], KINDS.get(key, StandardPage)
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
        """Fill the draft of a page and publish it."""
        page = type(self.pages[key]).objects.get(pk=self.pages[key].pk)
        page.summary = data["summary"]
        page.seo_title = data.get("seo_title", "")
        for name in ("introduction", "short_answer", "notice", "hero_lead", "hero_caution"):
            if name in data:
                self.require_field(page, name)
                setattr(page, name, self.rich(data[name]))
        if "hero_heading" in data:
            self.require_field(page, "hero_heading")
            page.hero_heading = data["hero_heading"]
        if "patients_words" in data:
            page.patients_words = "\n".join(data["patients_words"])
        if "clinical" in data:
            self.require_field(page, "is_clinical_text", "clinical")
            page.is_clinical_text = data["clinical"]
        if "leaflet" in data:
            self.require_field(page, "is_leaflet", "leaflet")
            page.is_leaflet = data["leaflet"]
        if "body" in data:
            self.require_field(page, "body")
            self.fill_stream(page, "body", [self.block(block) for block in data["body"]])
        if "key_points" in data:
            self.fill_stream(page, "key_points", [("point", point) for point in data["key_points"]])
        if "first_step" in data:
            self.require_field(page, "first_step_page", "first_step")
            page.first_step_page = Page.objects.get(pk=self.find(self.pages, data["first_step"]["page"], "page").pk)
            page.first_step_label = data["first_step"]["label"]
        if "doors" in data:
            self.fill_stream(page, "doors", [self.door(door) for door in data["doors"]])
        for position, slug in enumerate(data.get("topics", [])):
            page.page_topics.add(PageTopic(topic=self.find(self.topics, slug, "topic"), sort_order=position))
        for position, other in enumerate(data.get("related", [])):
            target = Page.objects.get(pk=self.find(self.pages, other, "page").pk)
            page.related_links.add(RelatedPage(target=target, sort_order=position))
        page.save_revision(log_action="wagtail.create").publish()
        if "legal_role" in data:
            self.set_legal_page(data["legal_role"], page)

    def require_field(self, page, name, key=None):
        if name not in {field.name for field in page._meta.get_fields()}:
            raise self.error(f"a {page._meta.verbose_name} has no “{key or name}”")

    def make_unanswered_questions(self):
        """Questions without an answer: drafts, after all the others."""
        if not (self.content / "faq" / "drafts.toml").exists():
            return
        for row in self.read("faq/drafts.toml").get("draft", []):
            key = f"faq/{row['slug']}"
            self.make_draft(key, row, None)
            self.pages[key].save_revision(clean=False, log_action="wagtail.create")

    def make_todos(self):
        """What staff still have to settle, each with the form that it is about."""
        if not (self.content / "todos.toml").exists():
            return
        for row in self.read("todos.toml").get("todo", []):
            place = row["place"]
            fact, page = self.facts.get(place), self.pages.get(place)
            if not fact and not page and place != "clinic settings":
                raise self.error(f"there is no place “{place}”")
            ToDo.objects.get_or_create(
                key=row["key"],
                defaults={"title": row["title"], "why": row["why"], "fact": fact, "page_id": page and page.pk},
            )

    # --- Settings ------------------------------------------------------------

    def set_legal_page(self, role, page):
        clinic = ClinicSettings.load()
        if not hasattr(clinic, f"{role}_page_id"):
            raise self.error(f"there is no legal role “{role}”")
        setattr(clinic, f"{role}_page_id", page.pk)
        clinic.save()

    def fill_clinic(self):
        """Name, place and navigation, where staff have set none."""
        self.file = "the navigation"
        clinic = ClinicSettings.load()
        for name, value in CLINIC.items():
            if not getattr(clinic, name):
                setattr(clinic, name, value)
        if not clinic.navigation_items.exists():
            for position, (key, label) in enumerate(NAVIGATION):
                page = Page.objects.get(pk=self.find(self.pages, key, "page").pk)
                clinic.navigation_items.add(NavigationItem(page=page, label=label, sort_order=position))
        clinic.save()
        clinic.save_revision(clean=False, log_action=True)

    # --- Texts ---------------------------------------------------------------

    def rich(self, text):
        """A fragment of a text file as Wagtail stores rich text."""

        def fact_then_source(match):
            fact = self.find(self.facts, match["fact"], "fact")
            source = self.find(self.references, match["ref"], "reference")
            return match["token"] if fact.reference_id == source.pk else match[0]

        def token(match):
            kind, key = match["kind"], match["key"]
            if kind == "fact":
                return f'<embed embedtype="fact" id="{self.find(self.facts, key, "fact").pk}"/>'
            return f'<embed embedtype="reference" id="{self.find(self.references, key, "reference").pk}"/>'

        text = re.sub(
            r'(?P<token><fact\s+key="(?P<fact>[^"]*)"\s*/>)<ref\s+key="(?P<ref>[^"]*)"\s*/>', fact_then_source, text
        )
        text = re.sub(r'<(?P<kind>fact|ref)\s+key="(?P<key>[^"]*)"\s*/>', token, text)
        soup = BeautifulSoup(text.strip(), "html.parser")
        leftover = soup.find(["fact", "ref"])
        if leftover:
            raise self.error(f"cannot read {str(leftover)[:60]}")
        for link in soup.find_all("a"):
            href = link.get("href", "")
            if link.has_attr("page"):
                page = self.find(self.pages, link["page"], "page")
                link.attrs = {"id": str(page.pk), "linktype": "page"}
            elif href.startswith("sms:"):  # the editor cannot keep such a link
                link.unwrap()
            elif not href.startswith("tel:"):
                raise self.error(f"cannot link to “{href}”")
        return soup.decode(formatter="minimal")

    def fill_stream(self, page, name, blocks):
        """Set a stream field from (type, value) pairs; what a form would refuse is refused."""
        stream = page._meta.get_field(name).stream_block
        raw = [_item(kind, value) for kind, value in filter(None, blocks)]
        value = stream.to_python(raw)
        stream.clean(value)
        setattr(page, name, value)

    def door(self, data):
        page = self.find(self.pages, data["page"], "page")
        return "door", {"title": data["title"], "text": data["text"], "page": page.pk, "part": data.get("part", "")}

    def block(self, data):
        """A block as a (type, value) pair; None for a picture that is not there yet."""
        convert = getattr(self, f"block_{data.get('type')}", None)
        if convert is None:
            raise self.error(f"there is no kind of block “{data.get('type')}”")
        value = convert(data)
        return None if value is None else (data["type"], value)

    def block_paragraph(self, data):
        return self.rich(data["value"])

    def block_heading(self, data):
        if data["level"] not in (2, 3):
            raise self.error(f"heading “{data['text']}” has level {data['level']}")
        return {"text": data["text"], "level": f"h{data['level']}"}

    def block_callout(self, data):
        return {"urgency": data["urgency"], "title": data.get("title", ""), "text": self.rich(data["text"])}

    def block_steps(self, data):
        steps = [{"title": step["title"], "text": self.rich(step.get("text", ""))} for step in data["steps"]]
        return {"title": data.get("title", ""), "steps": [_item("item", step) for step in steps]}

    def block_timeline(self, data):
        points = []
        for point in data["points"]:
            time = point["time"]
            when = f'<fact key="{time["fact"]}"/>' if isinstance(time, dict) else html.escape(time, quote=False)
            points.append({"time": self.rich(f"<p>{when}</p>"), "text": self.rich(f"<p>{point['text']}</p>")})
        return {"title": data.get("title", ""), "points": [_item("item", point) for point in points]}

    def block_benefit_risk(self, data):
        return {"benefits": self.rich(data["benefits"]), "risks": self.rich(data["risks"])}

    def block_six_steps(self, data):
        return {"caption": self.rich(data["caption"])}

    def block_table(self, data):
        if any(len(row) != len(data["header"]) for row in data["rows"]):
            raise self.error(f"table “{data['caption']}” has a row of another length than its header")
        return {
            "caption": data["caption"],
            "columns": [{"type": "text", "heading": heading} for heading in data["header"]],
            "rows": [{"values": row} for row in data["rows"]],
        }

    def block_quote(self, data):
        return {"text": data["text"], "attribution": data.get("attribution", "")}

    def block_disclosure(self, data):
        return {"summary": data["summary"], "text": self.rich(data["text"])}

    def block_figure(self, data):
        image, caption = self.image(data["picture"], data["alt"]), data.get("caption", "")
        if image is None:
            return None
        picture = {"image": image.pk, "decorative": False, "alt_text": data["alt"]}
        return {"image": picture, "caption": caption}


def _item(kind, value):
    """A child of a stream or list block as it is stored."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}
