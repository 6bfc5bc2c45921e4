"""Articles and their index page."""

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from blog.managers import BlogPostManager
from clinic.site_context import site_context_for
from clinic.structured_data import clinic_id
from core.blocks import BodyBlock, contents, count_body_words
from core.fields import StreamField
from core.forms import CopyWithoutAliasForm
from core.head import shared_picture, truncate
from core.models import BasePage, LeadPictureMixin, SafetyLineMixin, Topic
from core.pagination import paginate
from core.structured_data import collection_graph, day_of, page_graph, page_pictures, subject_nodes
from delivery.json_ld import absolute, without_empty
from people.models import AuthoredMixin, PersonPage
from reviews.forms import ReviewedPageForm
from reviews.reviewed_pages import ReviewedMixin

ARTICLES_PER_PAGE = 12
# Words a minute of silent reading of English non-fiction (Brysbaert 2019).
WORDS_PER_MINUTE = 238


class BlogPostPage(ReviewedMixin, AuthoredMixin, SafetyLineMixin, LeadPictureMixin, BasePage):
    """One article."""

    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types = []
    offered_as_related = True
    topic_lookup = "page_topics__topic"
    citing_node = "#article"
    text_fields = ("lead_caption", "key_points", "body")
    unseen_fields = ("review_interval",)

    published_on = models.DateField(
        "date", null=True, blank=True, help_text="Shown to readers. If it is empty, no date is shown."
    )
    key_points = StreamField(
        [("point", blocks.CharBlock(max_length=200, icon="tick", label="Key point"))],
        blank=True,
        max_num=6,
        help_text="Three to five sentences that a reader should take away.",
    )
    body = StreamField(BodyBlock(), blank=True)
    is_clinical_text = models.BooleanField(
        "is about treatment",
        default=True,
        help_text="Readers are told whether a clinician has reviewed it.",
    )

    objects = BlogPostManager()
    base_form_class = ReviewedPageForm
    copy_form_class = CopyWithoutAliasForm

    content_panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("title", heading="Headline", placeholder="What it is about, in plain words"),
                FieldPanel("published_on"),
                FieldPanel("is_clinical_text"),
            ],
            heading="Article",
        ),
        InlinePanel("page_topics", heading="Topics", label="Topic"),
        LeadPictureMixin.lead_picture_panel,
        *AuthoredMixin.author_panels,
        FieldPanel("key_points"),
        FieldPanel("body"),
        *SafetyLineMixin.safety_line_panels,
        *BasePage.related_panels,
        *ReviewedMixin.review_panels,
    ]
    search_fields = BasePage.search_fields + [
        index.SearchField("key_points"),
        index.SearchField("body"),
        index.FilterField("published_on"),  # what the list can be ordered by while it is searched
    ]

    @property
    def is_clinical(self):
        return self.is_clinical_text

    @cached_property
    def topics(self):
        return [row.topic for row in self.page_topics.select_related("topic__safety_line") if row.topic.live]

    @property
    def text_updated_at(self):
        return super().text_updated_at or self.published_on

    @cached_property
    def contents(self):
        """(anchor, text) of the sections of a long article."""
        return contents(self.body)

    @cached_property
    def reading_minutes(self):
        """Whole minutes to read the body, at least one."""
        return max(1, round(count_body_words(self.body) / WORDS_PER_MINUTE))

    @cached_property
    def questions(self):
        """The published questions that link here."""
        return [page for page in self.related.linking if page.is_question]

    @cached_property
    def suggested_pages(self):
        return self.related.suggest(exclude=self.questions)

    def structured_data(self, site_context):
        nodes = page_graph(self, site_context, mainEntity={"@id": self.node_id})
        key_points = " ".join(str(point.value) for point in self.key_points)
        first_published = self.published_on or self.first_published_on(site_context.clinic)
        published = first_published.isoformat() if first_published else None
        posting = without_empty(
            {
                "@type": "BlogPosting",
                "@id": self.node_id,
                "url": absolute(self.url),
                "mainEntityOfPage": {"@id": nodes[-1]["@id"]},
                "headline": self.title,
                "inLanguage": "en-US",
                "author": self.author_nodes,
                "publisher": {"@id": clinic_id()},
                "datePublished": published,
                "dateModified": day_of(self.content_updated_at) or published,
                "about": subject_nodes(f"{self.title} {key_points}"),
                "description": truncate(self.said_in_short),
                "image": page_pictures(self) or shared_picture(self).address,
            }
        )
        return [*nodes, posting]

    @property
    def node_id(self):
        """The `@id` of the article wherever a graph points to it."""
        return f"{absolute(self.url)}#article"

    class Meta:
        verbose_name = "article"


class BlogIndexPage(RoutablePageMixin, BasePage):
    """All articles, twelve a page."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["blog.BlogPostPage"]
    shows_modified_date = False
    reserved_slugs = frozenset({"topic", "author"})
    opening_fields = text_fields = ("introduction",)
    dated_by = frozenset({"blog.BlogPostPage", "core.Topic"})

    introduction = RichTextField(blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("introduction")]
    search_fields = BasePage.search_fields + [index.SearchField("introduction")]

    @cached_property
    def posts(self):
        """Published articles, newest first."""
        return BlogPostPage.objects.child_of(self).listed().newest_first().with_emblem().defer("body")

    @path("")
    def all_articles(self, request):
        """Every article."""
        return self._render(request, self.posts)

    @path("topic/<str:slug>/")
    def topic(self, request, slug):
        """Articles of one topic."""
        topic = Topic.objects.live().filter(slug=slug).first() if "\x00" not in slug else None
        posts = self.posts.about([topic]) if topic else None
        if not posts:
            raise Http404
        return self._render(
            request,
            posts,
            route=f"topic/{topic.slug}/",
            topic=topic,
            route_title=f"{topic.name} · {self.seo_title or self.title}",
            route_description=_("Articles on the subject “%s”: every one on this site, newest first.") % topic.name,
        )

    @path("author/<str:slug>/")
    def author(self, request, slug):
        """Articles of one author; for search engines their own page is the one that counts."""
        author = PersonPage.objects.published().filter(slug=slug).first() if "\x00" not in slug else None
        posts = self.posts.filter(authorships__person=author) if author else None
        if not posts:
            raise Http404
        return self._render(
            request,
            posts,
            route=f"author/{author.slug}/",
            author=author,
            route_title=f"{author.title} · {self.seo_title or self.title}",
            route_description=_("Articles by %s: every one on this site, newest first.") % author.title,
            noindex=True,
        )

    def get_route_paths(self):
        """The routes there are now: they are redirected along with the page."""
        authors = PersonPage.objects.filter(written__page__in=self.posts.values("pk")).distinct()
        topics = [f"/topic/{topic.slug}/" for topic in self.topics_written_about]
        return ["/", *topics, *(f"/author/{author.slug}/" for author in authors)]

    def listed_routes(self):
        lists = [("", self.posts)]
        lists += [(f"topic/{topic.slug}/", self.posts.about([topic])) for topic in self.topics_written_about]
        routes = [
            f"{route}?page={number}" if number > 1 else route
            for route, posts in lists
            for number in Paginator(posts, ARTICLES_PER_PAGE).page_range
        ]
        return routes[1:]  # the first is the page itself

    @cached_property
    def topics_written_about(self):
        """The topics of the published articles."""
        return Topic.objects.live().filter(page_topics__page__in=self.posts.values("pk")).distinct()

    def _render(self, request, posts, route="", topic=None, author=None, **context):
        if not self.is_published and not getattr(request, "is_preview", False):
            raise Http404
        request.is_preview = getattr(request, "is_preview", False)
        pager = paginate(posts, request.GET.get("page", 1), ARTICLES_PER_PAGE)
        shown = list(pager)
        articles = [*shown]
        lead = articles.pop(0) if articles and pager.number == 1 and not route else None
        described = context.get("route_description", "")
        route += f"?page={pager.number}" if pager.number > 1 else ""
        heading = str(topic or "") or (_("Articles by %s") % author.title if author else "")
        return TemplateResponse(
            request,
            "blog/blog_index_page.html",
            {
                **self.get_context(request),
                **context,
                "lead": lead,
                "lead_row": [lead] if lead else [],
                "articles": articles,
                "paginator_page": pager,
                "topics": self.topics_written_about,
                "topic": topic,
                "author": author,
                "canonical_path": f"{self.url}{route}",
                "graph": self.graph_of(request, shown, route, heading, described) if self.pk else None,
            },
        )

    def graph_of(self, request, posts, route, route_name, description=""):
        """The graph of the page or of a route, with the articles listed there."""
        more = {"description": truncate(description)} if description else {}
        return collection_graph(self, site_context_for(request), posts, route=route, route_name=route_name, **more)

    class Meta:
        verbose_name = "articles"
