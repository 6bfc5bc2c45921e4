"""People: members of the team, and bylines."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from clinic.structured_data import clinic_id
from core.forms import CopyWithoutAliasForm
from core.models import BasePage
from core.structured_data import collection_graph, page_graph
from delivery.json_ld import absolute, without_empty
from media.structured_data import picture_node
from people.forms import AuthorshipForm
from publishing.visibility import published, readable

# Before a name; none of them is one.
_TITLES = {"dr", "prof", "mr", "mrs", "ms", "mx"}


class PersonPage(BasePage):
    """A member of the team, author of what they wrote."""

    parent_page_types = ["people.TeamIndexPage"]
    subpage_types = []
    opening_fields = ("biography",)
    text_fields = ("role", "credentials", "license", "biography")
    picture_places = {"photo": "portrait"}
    shows_modified_date = False
    may_be_contact_person = True

    role = models.CharField(max_length=120, blank=True, help_text="Such as “KAP therapist.”")
    credentials = models.CharField(max_length=120, blank=True, help_text="Letters after the name, such as MD.")
    license = models.CharField(max_length=120, blank=True, help_text="Kind, state, and number, as the board lists it.")
    photo = models.ForeignKey("media.ClinicImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
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
        error_messages={"unique": "This account already belongs to another person’s page."},
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
        FieldPanel("photo", help_text="A portrait. The page works without one, too."),
        FieldPanel("biography", help_text="Training, experience, and what they do at the clinic."),
        # For those who look after accounts.
        MultiFieldPanel([FieldPanel("user", permission="accounts.change_user")], heading="Signing in"),
    ]
    search_fields = BasePage.search_fields + [index.SearchField("role"), index.SearchField("biography")]
    exclude_fields_in_copy = BasePage.exclude_fields_in_copy + ["user"]
    copy_form_class = CopyWithoutAliasForm

    @property
    def first_name(self):
        """The name without titles and without what follows the first word, as a face is introduced."""
        words = self.title.split()
        return next((word for word in words if word.rstrip(".").lower() not in _TITLES), self.title)

    @cached_property
    def written_pages(self):
        """The published pages this person is an author of, newest change first."""
        pages = Page.objects.filter(authorships__person=self)
        return list(
            published(pages).filter(alias_of=None).distinct().order_by("-last_published_at", "title").specific()
        )

    def full_clean(self, *args, **kwargs):
        # Whoever signs in has one page; Wagtail leaves the field to an alias.
        if self.alias_of_id:
            self.user = None
        super().full_clean(*args, **kwargs)

    def with_content_json(self, content):
        page = super().with_content_json(content)
        if self.alias_of_id:
            page.user = None
        return page

    def structured_data(self, site_context):
        nodes = page_graph(self, site_context, kind="ProfilePage", mainEntity={"@id": self.node_id})
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
    subpage_types = ["people.PersonPage"]
    opening_fields = text_fields = ("introduction",)
    dated_by = frozenset({"people.PersonPage"})
    shows_modified_date = False

    introduction = RichTextField(blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("introduction"), *BasePage.related_panels]
    search_fields = BasePage.search_fields + [index.SearchField("introduction")]

    @cached_property
    def people(self):
        """Published people in the order of staff."""
        return list(PersonPage.objects.child_of(self).listed().select_related("photo").order_by("path"))

    def structured_data(self, site_context):
        return collection_graph(self, site_context, self.people)

    class Meta:
        verbose_name = "team"


def team_with_people():
    """The page of the team once it shows somebody, as the navigation leads to it; else None."""
    people = published(PersonPage.objects.filter(path__startswith=OuterRef("path")))
    return TeamIndexPage.objects.published().filter(Exists(people)).first()


class Authorship(Orderable):
    """Who wrote a page. The name stays in the byline when the person's page is gone."""

    page = ParentalKey("wagtailcore.Page", related_name="authorships", on_delete=models.CASCADE)
    person = models.ForeignKey(PersonPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="written")
    name = models.CharField(max_length=255, editable=False)

    panels = [PageChooserPanel("person"), HelpPanel(template="people/admin/kept_name_panel.html")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="author_once_a_page")]

    def __str__(self):
        return self.name

    def clean(self):
        # Already here, so that drafts and old versions keep the name as well.
        super().clean()
        self._keep_name()
        if not self.name:
            raise ValidationError({"person": "Choose who wrote it, or remove this author."})

    def save(self, *args, **kwargs):
        self._keep_name()
        super().save(*args, **kwargs)

    def _keep_name(self):
        if self.person_id:
            self.name = self.person.title


class AuthorsPanel(InlinePanel):
    """The authors of a page; Wagtail asks no model of rows for its form."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = AuthorshipForm
        return options


class AuthoredMixin(models.Model):
    """A page with a byline: people, or the clinic where nobody is named."""

    author_panels = [
        AuthorsPanel(
            "authorships",
            heading="Written by",
            label="Author",
            help_text="Leave this empty to name nobody: the page then says that the clinic published it.",
        )
    ]

    class Meta:
        abstract = True

    @cached_property
    def authors(self):
        """
        The byline as a list of {"name", "page"}; `page` is None where it cannot be read.

        Empty where nobody is named: the template then names the clinic as the publisher.
        """
        rows = self.authorships.all()
        if isinstance(rows, models.QuerySet):
            return bylines([self])[self.pk]
        # A preview: the rows are not in the database yet.
        people = published(PersonPage.objects.filter(pk__in=[row.person_id for row in rows])).in_bulk()
        return [_author(row, people.get(row.person_id)) for row in rows if row.person_id or row.name]

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
    return {"name": person.title if person else row.name or row.person.title, "page": person}


def bylines(pages):
    """{primary key: authors} of stored pages, in one query; see `AuthoredMixin.authors`."""
    rows = Authorship.objects.filter(page__in=pages).annotate(is_readable=readable("person__"))
    found = {page.pk: [] for page in pages}
    for row in rows.exclude(name="").select_related("person").order_by("sort_order"):
        found[row.page_id].append(_author(row, row.person if row.is_readable else None))
    return found
