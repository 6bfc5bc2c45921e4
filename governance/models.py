"""What makes a page trustworthy: people, facts, references, disclaimers."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Orderable, Page, ReferenceIndex, TranslatableMixin
from wagtail.search import index

from core.blocks import BodyBlock
from core.changed_meanwhile import GuardedForm, GuardPanel
from core.models import BasePage, published, readable
from core.previews import PreviewedRecord
from core.structured_data import (
    absolute,
    clinic_id,
    collection_graph,
    page_graph,
    picture_node,
    without_empty,
)
from governance.panels import UsedOnPanel

# --- References and facts ----------------------------------------------------


class InUse(ValidationError):
    """Raised where something that pages still state would be deleted."""


class Stated(models.Model):
    """A record that texts state by a token. In use means not deletable."""

    class Meta:
        abstract = True

    def used_on(self):
        """Pages that state the record, by title, drafts included; from the reference index."""
        sources = ReferenceIndex.get_references_to(self).filter(base_content_type__model="page")
        ids = {int(pk) for pk in sources.values_list("object_id", flat=True)}
        return Page.objects.filter(pk__in=ids).order_by("title")

    def in_use(self):
        """Whether any record at all refers to this one."""
        return ReferenceIndex.get_references_to(self).exists()


class Reference(PreviewedRecord, Stated, index.Indexed, models.Model):
    """A published source, cited inline and numbered per page."""

    key = models.SlugField(
        max_length=60, unique=True, help_text="Short name, such as zarate-2006. Shown in the editor."
    )
    authors = models.CharField(max_length=255, help_text="As the source names them, such as “Zarate CA Jr et al.”")
    title = models.CharField(max_length=400)
    container = models.CharField("journal or publisher", max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(validators=[MinValueValidator(1500), MaxValueValidator(2100)])
    volume = models.CharField(max_length=20, blank=True)
    issue = models.CharField(max_length=20, blank=True)
    pages = models.CharField(max_length=30, blank=True)
    doi = models.CharField(
        "DOI",
        max_length=120,
        blank=True,
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+$", "A DOI starts with 10., such as 10.1000/182.")],
    )
    pubmed_id = models.CharField(
        "PubMed number",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d+$", "A PubMed number has digits only.")],
    )
    link = models.URLField(blank=True, help_text="Only where there is no DOI.")

    base_form_class = GuardedForm
    panels = [
        GuardPanel(),
        UsedOnPanel(),
        FieldPanel("key"),
        FieldPanel("authors"),
        FieldPanel("title", help_text="Of the article or guideline, as it is printed."),
        FieldRowPanel(
            [
                FieldPanel("container", help_text="Where it appeared, such as “JAMA Psychiatry”."),
                FieldPanel("year", help_text="Of publication."),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("volume", help_text="If there is one."),
                FieldPanel("issue", help_text="If there is one."),
                FieldPanel("pages", help_text="Such as 856–864."),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("doi", help_text="Best: readers follow it to the source, and it never changes."),
                FieldPanel("pubmed_id", help_text="Where there is no DOI. Digits only."),
            ]
        ),
        FieldPanel("link"),
    ]
    search_fields = [
        index.SearchField("authors"),
        index.SearchField("title"),
        index.AutocompleteField("authors"),
        index.AutocompleteField("title"),
    ]

    unshown = ("key",)

    class Meta:
        ordering = ["authors", "year"]
        verbose_name = "source"

    def __str__(self):
        return f"{self.authors.split(' et al')[0]} {self.year}"

    @property
    def url(self):
        """Where the source can be read: DOI first, then PubMed, then the link; may be empty."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pubmed_id:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pubmed_id}/"
        return self.link


class Fact(PreviewedRecord, TranslatableMixin, Stated, index.Indexed, models.Model):
    """A figure or rule that several pages state: changed here, it changes everywhere."""

    class Kind(models.TextChoices):
        RULE = "rule", "Rule or duration"
        RESULT = "result", "Figure of results"

    key = models.SlugField(max_length=60, help_text="Short name, such as session-length.")
    name = models.CharField(max_length=120, help_text="What you call it, such as “Length of an infusion”.")
    value = models.CharField(
        max_length=120, help_text="The exact words in a sentence, such as “about 40 minutes” or “82%”."
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RULE)
    source_note = models.CharField(
        "where it comes from",
        max_length=255,
        blank=True,
        help_text="Shown beside the figure wherever it stands. A figure of results needs a note or a source.",
    )
    reference = models.ForeignKey(
        Reference,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="facts",
        verbose_name="source",
    )
    to_do = models.TextField(blank=True, help_text="What still has to be clarified. Visitors do not see it.")

    base_form_class = GuardedForm
    panels = [
        GuardPanel(),
        FieldRowPanel([FieldPanel("value"), FieldPanel("name")]),
        UsedOnPanel(),
        FieldRowPanel(
            [
                FieldPanel(
                    "kind", help_text="A figure of results says how well something works, or how often it harms."
                ),
                FieldPanel("key"),
            ]
        ),
        MultiFieldPanel(
            [FieldPanel("source_note"), FieldPanel("reference", help_text="The study or guideline, if there is one.")],
            heading="Where it comes from",
        ),
        FieldPanel("to_do"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("value"),
        index.AutocompleteField("name"),
        index.AutocompleteField("value"),
    ]

    unshown = ("key", "name", "kind", "to_do")

    class Meta(TranslatableMixin.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="fact_key_once_a_language")]

    def __str__(self):
        return f"{self.name}: {self.value}"

    def save(self, *args, **kwargs):
        if not self.locale_id:
            self.locale = Locale.get_default()
        super().save(*args, **kwargs)

    def clean(self):
        if self.kind == self.Kind.RESULT and not (self.source_note or self.reference_id):
            raise ValidationError(
                {"source_note": "A figure of results needs to say where it comes from: a note here, or a source."}
            )
        same = Fact.objects.filter(key=self.key).exclude(pk=self.pk)
        if self.key and same.exists():
            raise ValidationError({"key": "Another fact has this short name already."})


# --- People ------------------------------------------------------------------


class PersonPage(BasePage):
    """A member of the team, author of what they wrote."""

    parent_page_types = ["governance.TeamIndexPage"]
    subpage_types = []
    shows_its_change = False

    role = models.CharField(max_length=120, blank=True, help_text="Such as “KAP therapist”.")
    credentials = models.CharField(max_length=120, blank=True, help_text="Letters after the name, such as MD.")
    license = models.CharField(max_length=120, blank=True, help_text="Kind, state and number, as the board lists it.")
    photo = models.ForeignKey("core.ClinicImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    biography = RichTextField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person_page",
        verbose_name="account",
        help_text="The account that this person signs in to the desk with, if there is one. When the person leaves, "
        "one click then ends both: the account and this page.",
        error_messages={"unique": "This account belongs to another person’s page already."},
    )

    content_panels = [
        # In a group: a title by itself shows no label.
        MultiFieldPanel(
            [
                TitleFieldPanel("title", heading="Name", help_text="As patients know them.", placeholder=False),
                FieldRowPanel([FieldPanel("role"), FieldPanel("credentials")]),
                FieldPanel("license"),
            ],
            heading="Person",
        ),
        FieldPanel("photo", help_text="A portrait. Without one the page stands as well."),
        FieldPanel("biography", help_text="Training, experience, and what they do at the clinic."),
        # For those who look after accounts.
        MultiFieldPanel([FieldPanel("user", permission="accounts.change_user")], heading="Signing in"),
    ]
    search_fields = BasePage.search_fields + [index.SearchField("role"), index.SearchField("biography")]
    exclude_fields_in_copy = BasePage.exclude_fields_in_copy + ["user"]

    @cached_property
    def written_pages(self):
        """The published pages this person is an author of, newest change first."""
        pages = Page.objects.filter(authorships__person=self)
        return list(published(pages).distinct().order_by("-last_published_at", "title").specific())

    def structured_data(self, request):
        nodes = page_graph(self, request, kind="ProfilePage", mainEntity={"@id": self.node_id})
        license = {"@type": "EducationalOccupationalCredential", "name": self.license} if self.license else None
        person = without_empty(
            {
                **person_node(self.title, self),
                "jobTitle": self.role,
                "honorificSuffix": self.credentials,
                "hasCredential": license,
                "worksFor": {"@id": clinic_id()},
                "image": picture_node(self.photo, "portrait"),
            }
        )
        return [*nodes, person]

    @property
    def node_id(self):
        """The `@id` of the person wherever a graph points to them."""
        return f"{absolute(self.url)}#person"

    class Meta:
        verbose_name = "person"


class TeamIndexPage(BasePage):
    """The people of the clinic."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["governance.PersonPage"]
    shows = frozenset({"governance.PersonPage"})
    shows_its_change = False

    introduction = RichTextField(blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("introduction"), *BasePage.related_panels]
    search_fields = BasePage.search_fields + [index.SearchField("introduction")]

    @cached_property
    def people(self):
        """Published people in the order of staff."""
        return list(PersonPage.objects.child_of(self).published().select_related("photo").order_by("path"))

    def structured_data(self, request):
        return collection_graph(self, request, self.people)

    class Meta:
        verbose_name = "team"


class Authorship(Orderable):
    """Who wrote a page. The name stays in the byline when the person's page is gone."""

    page = ParentalKey("wagtailcore.Page", related_name="authorships", on_delete=models.CASCADE)
    person = models.ForeignKey(PersonPage, null=True, on_delete=models.SET_NULL, related_name="written")
    name = models.CharField(max_length=255, editable=False)

    panels = [PageChooserPanel("person")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="author_once_a_page")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if self.person_id:
            self.name = self.person.title
        super().save(*args, **kwargs)


class AuthoredMixin(models.Model):
    """A page with a byline: people, or the clinic where nobody is named."""

    author_panels = [
        InlinePanel(
            "authorships",
            heading="Written by",
            label="Author",
            help_text="Leave empty where nobody is to be named: the page then says “Published by Innerbloom”.",
        )
    ]

    class Meta:
        abstract = True

    @cached_property
    def authors(self):
        """
        The byline as a list of {"name", "page"}; `page` is None where it cannot be read.

        Empty where nobody is named: the template then says "Published by Innerbloom".
        """
        rows = self.authorships.all()
        if isinstance(rows, models.QuerySet):
            return bylines([self])[self.pk]
        # A preview: the rows are not in the database yet.
        people = published(PersonPage.objects.filter(pk__in=[row.person_id for row in rows])).in_bulk()
        return [_author(row, people.get(row.person_id)) for row in rows]

    @property
    def author_nodes(self):
        """The byline in a graph; the clinic where nobody is named."""
        return [person_node(author["name"], author["page"]) for author in self.authors] or [{"@id": clinic_id()}]

    @staticmethod
    def prefetch_authors(pages):
        """The pages as a list, their `authors` found in one query."""
        pages = list(pages)
        found = bylines(pages)
        for page in pages:
            page.authors = found[page.pk]
        return pages


def person_node(name, page=None):
    """`Person`, who is described on a page of their own where it can be read."""
    if page is None:
        return {"@type": "Person", "name": name}
    return {"@type": "Person", "@id": page.node_id, "name": name, "url": absolute(page.url)}


def _author(row, person):
    return {"name": person.title if person else row.name, "page": person}


def bylines(pages):
    """{primary key: authors} of stored pages, in one query; see `AuthoredMixin.authors`."""
    rows = Authorship.objects.filter(page__in=pages).annotate(is_readable=readable("person__"))
    found = {page.pk: [] for page in pages}
    for row in rows.select_related("person").order_by("sort_order"):
        found[row.page_id].append(_author(row, row.person if row.is_readable else None))
    return found


# --- Disclaimers -------------------------------------------------------------


class DisclaimerIndexPage(BasePage):
    """All disclaimers of the site."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["governance.DisclaimerPage"]
    shows = frozenset({"governance.DisclaimerPage"})
    shows_its_change = False

    introduction = RichTextField(blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("introduction")]

    @cached_property
    def disclaimers(self):
        """Published disclaimers in the order of staff."""
        return list(DisclaimerPage.objects.child_of(self).published().order_by("path"))

    def structured_data(self, request):
        return collection_graph(self, request, self.disclaimers)

    class Meta:
        verbose_name = "disclaimers"


class DisclaimerPage(BasePage):
    """A notice and its full text. What pages show is the version written at publishing."""

    class Scope(models.TextChoices):
        EVERYWHERE = "everywhere", "On every page"
        SECTION = "section", "On one section: a page and all below it"
        PAGES = "pages", "On chosen pages"

    parent_page_types = ["governance.DisclaimerIndexPage"]
    subpage_types = []
    shows_its_change = False

    notice = RichTextField(editor="plain", help_text="Short: it stands at the foot of every page concerned.")
    body = StreamField(BodyBlock(), blank=True, verbose_name="full text")
    effective_date = models.DateField(
        null=True,
        blank=True,
        help_text="From this day on; until then the version before it stands. Empty: as soon as published.",
    )
    scope = models.CharField("where it applies", max_length=12, choices=Scope, default=Scope.EVERYWHERE)
    section = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For “On one section”.",
    )

    content_panels = BasePage.content_panels + [
        FieldPanel("notice"),
        FieldPanel("body"),
        FieldPanel("effective_date"),
        MultiFieldPanel(
            [
                FieldPanel("scope"),
                PageChooserPanel("section"),
                InlinePanel("chosen_pages", label="Page", heading="Chosen pages"),
            ],
            heading="Where it applies",
        ),
    ]
    search_fields = BasePage.search_fields + [index.SearchField("notice"), index.SearchField("body")]

    def clean(self):
        super().clean()
        if self.scope == self.Scope.SECTION and not self.section_id:
            raise ValidationError({"section": "Choose the section it applies to."})

    @property
    def heading(self):
        return self.current_version.title if self.current_version else self.title

    @property
    def node_id(self):
        """The `@id` of the page wherever a graph points to it."""
        return f"{absolute(self.url)}#page"

    @cached_property
    def current_version(self):
        """The version in force today, or None before the first one."""
        return DisclaimerVersion.objects.effective().filter(disclaimer=self).order_by("-number").first()

    @transaction.atomic
    def publish(self, revision, *args, **kwargs):
        super().publish(revision, *args, **kwargs)
        DisclaimerVersion.objects.record(DisclaimerPage.objects.get(pk=self.pk))

    class Meta:
        verbose_name = "disclaimer"


class DisclaimerTarget(Orderable):
    """A page that a disclaimer applies to."""

    disclaimer = ParentalKey(DisclaimerPage, related_name="chosen_pages", on_delete=models.CASCADE)
    page = models.ForeignKey("wagtailcore.Page", related_name="+", on_delete=models.CASCADE)

    panels = [PageChooserPanel("page")]


class DisclaimerVersionQuerySet(models.QuerySet):
    """Evidence of what was said: rows are written, never changed."""

    def record(self, page):
        """Write a version of a disclaimer just published; None if nothing that it says has changed."""
        content = {
            "title": page.title,
            "notice": page.notice,
            "body": _plain(page.body),
            "effective_date": page.effective_date,
            "scope": page.scope,
            "section_id": page.section_id,
            "page_ids": [row.page_id for row in page.chosen_pages.all()],
        }
        last = self.filter(disclaimer_key=page.pk).order_by("-number").first()
        if last and all(_plain(getattr(last, name)) == _plain(value) for name, value in content.items()):
            return None
        number = last.number + 1 if last else 1
        return self.create(disclaimer=page, disclaimer_key=page.pk, number=number, **content)

    def effective(self):
        """Versions whose effective date has come, or that have none."""
        return self.filter(Q(effective_date__isnull=True) | Q(effective_date__lte=timezone.localdate()))

    def in_force(self):
        """The newest effective version of each disclaimer that can be read at this moment."""
        newest = (
            DisclaimerVersion.objects.effective()
            .filter(disclaimer_key=OuterRef("disclaimer_key"))
            .order_by("-number")
            .values("number")[:1]
        )
        readable = published(DisclaimerPage.objects.all()).values("pk")
        return (
            self.filter(disclaimer__in=readable, number=Subquery(newest))
            .annotate(section_path=F("section__path"))
            .select_related("disclaimer")
            .order_by("disclaimer__path")
        )


def _plain(value):
    """A value as JSON would give it back, so that stored and fresh ones compare."""
    if hasattr(value, "raw_data"):
        return [dict(block) for block in value.raw_data]
    return value


class DisclaimerVersion(models.Model):
    """What a disclaimer said from one publishing to the next."""

    disclaimer = models.ForeignKey(DisclaimerPage, null=True, on_delete=models.SET_NULL, related_name="versions")
    # Stays when the page is deleted, so that its versions still belong together.
    disclaimer_key = models.PositiveBigIntegerField(editable=False)
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)
    title = models.CharField(max_length=255)
    notice = models.TextField()
    body = StreamField(BodyBlock(), blank=True)
    effective_date = models.DateField(null=True, blank=True)
    scope = models.CharField(max_length=12, choices=DisclaimerPage.Scope)
    section = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    page_ids = models.JSONField(default=list)

    objects = DisclaimerVersionQuerySet.as_manager()

    class Meta:
        ordering = ["disclaimer_key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["disclaimer_key", "number"], name="disclaimer_version_number_once")
        ]

    def __str__(self):
        return f"{self.title}, version {self.number}"

    def save(self, *args, **kwargs):
        if self.pk and not kwargs.get("force_insert"):
            raise ValidationError("A version is evidence: it is never changed. Publish a new one.")
        super().save(*args, **kwargs)

    def applies_to(self, page):
        """
        Whether the version, as `in_force()` gives it, applies to a page.

        `None` stands for what is no page: search results and errors.
        """
        if self.scope == DisclaimerPage.Scope.EVERYWHERE:
            return True
        if page is None:
            return False
        if self.scope == DisclaimerPage.Scope.SECTION:
            return bool(self.section_path) and page.path.startswith(self.section_path)
        return page.pk in self.page_ids
