"""The records and settings of the starter texts: topics, sources, facts, tasks, the clinic."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from clinic.models import ClinicSettings, NavigationItem
from core.models import SafetyLine, Topic
from editorial.models import ToDo
from evidence.models import Fact, Reference
from quality.models import WatchedWords
from starter.texts import TextConverter

TOPIC_EMBLEMS = ["bud", "cup", "star", "ring", "seed-head"]
NAVIGATION = [
    ("treatment", "Treatment"),
    ("what-to-expect", "What to expect"),
    ("faq", "Questions"),
    ("blog", "Articles"),
    ("visit", "Visit"),
]
CLINIC_DEFAULTS = {"name": "Innerbloom Ketamine Therapy", "locality": "San Luis Obispo", "region": "CA"}


class RecordLoader(TextConverter):
    """Makes the records; one that is there already stays as it is."""

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
                "emblem": TOPIC_EMBLEMS[position % len(TOPIC_EMBLEMS)],
                "order": position + 1,
            }
            is_new = not Topic.objects.filter(slug=row["slug"]).exists()
            self.record(self.topics, Topic, {"slug": row["slug"]}, fields)
            if (line := row.get("safety_line")) and is_new:
                self.lines_of_topics[row["slug"]] = line

    def make_safety_lines(self):
        """The lines, whose links need pages, and which topic carries which."""
        if (self.content / "safety_lines.toml").exists():
            for row in self.read("safety_lines.toml").get("line", []):
                fields = {"name": row["name"], "text": self.rich(row["text"])}
                self.record(self.safety_lines, SafetyLine, {"key": row["key"]}, fields)
        for slug, key in self.lines_of_topics.items():
            self.file, topic = "topics.toml", Topic.objects.get(slug=slug)
            topic.safety_line = self.find(self.safety_lines, key, "safety line")
            topic.save()
            # In its first version, too: whoever goes back to it goes back to this.
            topic.live_revision.content = topic.serializable_data()
            topic.live_revision.save(update_fields=["content"])

    def make_references(self):
        names = ["authors", "title", "container", "year", "volume", "issue", "pages", "doi"]
        for row in self.read("references.toml").get("reference", []):
            fields = {name: row[name] for name in names if name in row}
            self.record(self.references, Reference, {"key": row["key"]}, fields)

    def make_facts(self):
        for row in self.read("facts.toml").get("fact", []):
            reference = row.get("reference")
            basis = ["sample_size", "period", "measure", "published_in", "valid_until"]
            fields = {
                "name": row["name"],
                "value": row["value"],
                "kind": row["kind"],
                **{name: row[name] for name in basis if name in row},
                "source_note": row.get("source_note", ""),
                "to_do": row.get("todo", ""),
                "reference": self.find(self.references, reference, "reference") if reference else None,
            }
            self.record(self.facts, Fact, {"key": row["key"]}, fields)

    def make_watched_words(self):
        """The words that promise too much, before any page is published: starter texts keep to them, too."""
        if not (self.content / "wording.toml").exists():
            return
        for row in self.read("wording.toml").get("words", []):
            if WatchedWords.objects.filter(words=row["words"]).exists():
                continue
            watched = WatchedWords(words=row["words"], kind=row["kind"], instead=row.get("instead", ""))
            watched.near, watched.unless = ("\n".join(row.get(name, [])) for name in ("near", "unless"))
            watched.full_clean()
            watched.save()
            watched.save_revision(clean=False, log_action="wagtail.create")

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
        for name, value in CLINIC_DEFAULTS.items():
            if not getattr(clinic, name):
                setattr(clinic, name, value)
        if not clinic.navigation_items.exists():
            for position, (key, label) in enumerate(NAVIGATION):
                page = Page.objects.get(pk=self.find(self.pages, key, "page").pk)
                clinic.navigation_items.add(NavigationItem(page=page, label=label, sort_order=position))
        clinic.save()
        clinic.save_revision(clean=False, log_action=True)
