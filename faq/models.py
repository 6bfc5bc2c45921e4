"""Questions and answers: the heart of the site."""

from django import forms
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from clinic.site_context import site_context_for
from core.blocks import BodyBlock, headings, prefetch_images
from core.fields import StreamField
from core.forms import CopyWithoutAliasForm
from core.models import BasePage, LeadPictureMixin, SafetyLineMixin, Topic
from core.pagination import paginate
from core.structured_data import collection_graph, page_graph, page_pictures, subject_nodes
from delivery.json_ld import absolute
from faq.forms import ADVISED_SHORT_ANSWER_WORDS, MAX_SHORT_ANSWER_WORDS, FAQEntryForm
from faq.managers import FAQEntryManager
from people.models import AuthoredMixin
from reviews.reviewed_pages import ReviewedMixin
from reviews.summary import review_counts
from text.rendering import plain_text

MAX_ANSWERS_TOGETHER = 40  # beyond, the FAQ lists questions, and their answers stand on the pages of topics
QUESTIONS_PER_PAGE = 50  # of a topic
MIN_SUGGESTED, MAX_SUGGESTED = 3, 6


class FAQEntryPage(ReviewedMixin, AuthoredMixin, SafetyLineMixin, LeadPictureMixin, BasePage):
    """One question with its canonical answer. Regrouping never changes its address."""

    parent_page_types = ["faq.FAQIndexPage"]
    subpage_types = []
    is_clinical = True
    offered_as_related = True
    topic_lookup = "topic"
    is_question = True
    text_fields = ("short_answer", "lead_caption", "body")
    unseen_fields = ("review_interval",)
    unshown_fields = ("patients_words",)
    fields_without_bare_results = ("short_answer",)

    short_answer = RichTextField(
        editor="answer",
        help_text=f"Answer first, best within {ADVISED_SHORT_ANSWER_WORDS} words, at most {MAX_SHORT_ANSWER_WORDS}. "
        "True and safe when quoted alone with its safety line.",
    )
    body = StreamField(
        BodyBlock(),
        blank=True,
        verbose_name="full answer",
        help_text="Only what the short answer does not say. You can leave it empty.",
    )
    # In use it is not deleted (publishing.deletion); `PROTECT` would close old versions for good.
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="questions")
    shows_prices = models.BooleanField(
        "about cost",
        default=False,
        help_text="The clinic’s prices then appear below the answer, once there are any.",
    )
    patients_words = models.TextField(
        "in patients’ words",
        blank=True,
        help_text="Other ways people ask this, one per line. Not shown; search finds the answer by them.",
    )
    anchor = models.SlugField(  # noqa: DJ001  (unique, and a question not yet saved has none)
        max_length=100,
        unique=True,
        null=True,
        editable=False,
        help_text="The permanent place on the FAQ page; survives any rewording.",
    )

    objects = FAQEntryManager()
    base_form_class = FAQEntryForm
    copy_form_class = CopyWithoutAliasForm

    content_panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("title", heading="Question", placeholder="As a patient would ask it"),
                FieldPanel("topic"),
                FieldPanel("shows_prices"),
                FieldPanel("patients_words", widget=forms.Textarea(attrs={"rows": 4})),
            ],
            heading="Question",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "short_answer",
                    attrs={
                        "data-controller": "word-count",
                        "data-word-count-advice-value": str(ADVISED_SHORT_ANSWER_WORDS),
                        "data-word-count-limit-value": str(MAX_SHORT_ANSWER_WORDS),
                    },
                ),
                FieldPanel("body"),
            ],
            heading="Answer",
        ),
        LeadPictureMixin.lead_picture_panel,
        *AuthoredMixin.author_panels,
        *SafetyLineMixin.safety_line_panels,
        *BasePage.related_panels,
        *ReviewedMixin.review_panels,
    ]
    promote_panels = BasePage.promote_panels + [
        HelpPanel(template="faq/admin/anchor_panel.html", heading="Advanced", classname="collapsed"),
    ]
    search_fields = BasePage.search_fields + [
        index.SearchField("patients_words", boost=2),
        index.SearchField("short_answer_text"),
        index.SearchField("body"),
        index.FilterField("topic_id"),
    ]
    exclude_fields_in_copy = BasePage.exclude_fields_in_copy + ["anchor"]

    @cached_property
    def topics(self):
        return [self.topic] if self.topic_id and self.topic.live else []

    @property
    def shows_flower(self):
        """Whether the flower of its topic stands beside the answer, for want of a picture."""
        return bool(self.topics) and not self.lead_picture

    @cached_property
    def short_answer_text(self):
        """The short answer as plain words, facts as they are now."""
        return plain_text(self.short_answer)

    @property
    def whole_answer_text(self):
        """The short answer with its safety line: what stands wherever the answer is quoted."""
        line = self.safety_line
        return f"{self.short_answer_text} {line.words}" if line else self.short_answer_text

    @property
    def description(self):
        return super().description or self.short_answer_text

    @cached_property
    def contents(self):
        """(anchor, text) of the sections of the full answer."""
        return headings(self.body)

    @cached_property
    def suggested_pages(self):
        """What staff chose, the articles that link here, and the nearest questions up to three; at most six."""
        chosen = self.related.chosen
        articles = [
            page
            for page in self.related.linking
            if page.offered_as_related and not page.is_question and page not in chosen
        ]
        named = [*chosen, *articles]
        nearest = self.related.nearest(MIN_SUGGESTED - len(named), kinds=[FAQEntryPage], exclude=named)
        return [*named, *nearest][:MAX_SUGGESTED]

    def full_clean(self, *args, **kwargs):
        self._set_anchor()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        self._set_anchor()
        super().save(*args, **kwargs)

    def _set_anchor(self):
        """Give a new question its anchor; one it has never changes. An alias gets its own."""
        if self.anchor and not (self._state.adding and self.alias_of_id):
            return
        base = (slugify(self.slug) or slugify(self.title) or "question")[:90]
        anchor, number = base, 2
        while FAQEntryPage.objects.filter(anchor=anchor).exclude(pk=self.pk).exists():
            anchor, number = f"{base}-{number}", number + 1
        self.anchor = anchor

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.anchor = self.anchor
        return page

    def structured_data(self, site_context):
        nodes = page_graph(
            self,
            site_context,
            mainEntity={"@id": self.node_id},
            author=self.author_nodes,
            about=subject_nodes(f"{self.title} {self.short_answer_text}"),
            image=page_pictures(self),
            datePublished=(day := self.first_published_on(site_context.clinic)) and day.isoformat(),
        )
        answer = {"@type": "Answer", "text": self.whole_answer_text, "url": absolute(self.url)}
        return [*nodes, {"@type": "Question", "@id": self.node_id, "name": self.title, "acceptedAnswer": answer}]

    @property
    def node_id(self):
        """The `@id` of the question wherever a graph points to it."""
        return f"{absolute(self.url)}#question"

    class Meta:
        verbose_name = "question"


def grouped(questions):
    """[(topic, [questions])] in the order of topics, questions without a topic last under None."""
    groups = {}
    for question in questions:
        topic = question.topic if question.topic and question.topic.live else None
        groups.setdefault(topic, []).append(question)
    without = groups.pop(None, None)
    return [*groups.items(), *([(None, without)] if without else [])]


def sections(groups):
    """[(topic, questions, safety line)] of `grouped` questions: a line that all of a group carry is said once."""
    return [(topic, questions, shared_line(questions)) for topic, questions in groups]


def shared_line(questions):
    """The safety line that all of several questions carry; None where each says its own, if any."""
    lines = {question.safety_line for question in questions}
    return lines.pop() if len(lines) == 1 else None


class FAQIndexPage(RoutablePageMixin, BasePage):
    """All questions, by topic."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["faq.FAQEntryPage"]
    reserved_slugs = frozenset({"topic", "all"})
    opening_fields = ("introduction",)
    text_fields = ("introduction", "conditions")
    dated_by = frozenset({"faq.FAQEntryPage", "core.Topic"})
    is_clinical = True

    introduction = RichTextField(blank=True, help_text="Two or three short sentences above the questions.")
    conditions = RichTextField(
        "what we treat", blank=True, help_text="The conditions in full. They appear after the questions."
    )

    content_panels = BasePage.content_panels + [
        FieldPanel("introduction"),
        FieldPanel("conditions"),
        *BasePage.related_panels,
    ]
    search_fields = BasePage.search_fields + [index.SearchField("introduction"), index.SearchField("conditions")]

    def questions(self, topic=None):
        """Published questions in reading order, of one topic or of all."""
        questions = FAQEntryPage.objects.child_of(self).listed().with_lines().in_order()
        return questions.filter(topic=topic) if topic else questions

    @cached_property
    def groups(self):
        """Every question by topic; see `grouped`."""
        return grouped(self.questions().short())

    @property
    def answers_together(self):
        """Whether the FAQ itself shows the short answers: too many would keep a phone waiting."""
        return sum(len(questions) for _topic, questions in self.groups) <= MAX_ANSWERS_TOGETHER

    @cached_property
    def review_counts(self):
        """How many answers a clinician has reviewed; see `reviews.summary.review_counts`."""
        return review_counts(self.questions())

    @path("")
    def all_topics(self, request):
        """The index itself."""
        return self._render(
            request, "faq/faq_index_page.html", sections=sections(self.groups), answers_here=self.answers_together
        )

    @path("topic/<str:slug>/")
    def topic(self, request, slug):
        """One topic, its short answers in full view."""
        topic = Topic.objects.live().filter(slug=slug).first() if "\x00" not in slug else None
        questions = list(self.questions(topic).short()) if topic else []
        if not questions:
            raise Http404
        return self.show_topic(request, topic, questions)

    def show_topic(self, request, topic, questions):
        """The page of a topic, as its form previews it too."""
        pager = paginate(questions, request.GET.get("page", 1), QUESTIONS_PER_PAGE)
        questions = list(pager)
        route = f"topic/{topic.slug}/" + (f"?page={pager.number}" if pager.number > 1 else "")
        return self._render(
            request,
            "faq/faq_topic.html",
            topic=topic,
            questions=questions,
            line=shared_line(questions),
            paginator_page=pager,
            route=route,
            graph=self.graph_of(request, questions, route, topic.name) if self.pk else None,
            route_title=f"{topic.name} · {_('Questions')}",
            route_description=plain_text(topic.introduction)
            or _("Questions with short answers on the subject “%s,” all on one page.") % topic.name,
        )

    @path("all/")
    def everything(self, request):
        """The whole FAQ with full answers and pictures, to print."""
        questions = AuthoredMixin.prefetch_authors(self.questions())
        with prefetch_images(question.body for question in questions):
            for question in questions:
                list(question.body)
        title = _("All questions and answers")
        description = _("Every question with its whole answer on one page, to print or to read in one sitting.")
        groups = grouped(questions)
        return self._render(
            request,
            "faq/faq_all.html",
            groups=groups,
            sections=sections(groups),
            route="all/",
            route_title=title,
            route_description=description,
            graph=self.graph_of(request, questions, "all/", title, description),
            noindex=True,
        )

    def get_route_paths(self):
        """The routes there are now: they are redirected along with the page."""
        topics = {topic.slug for topic, _ in self.groups if topic}
        return ["/", "/all/", *(f"/topic/{slug}/" for slug in sorted(topics))]

    def listed_routes(self):
        return [
            f"topic/{topic.slug}/" + (f"?page={number}" if number > 1 else "")
            for topic, questions in self.groups
            if topic
            for number in range(1, 1 + -(-len(questions) // QUESTIONS_PER_PAGE))
        ]

    def _render(self, request, template, route="", **context):
        if not self.is_published and not getattr(request, "is_preview", False):
            raise Http404
        request.is_preview = getattr(request, "is_preview", False)
        return TemplateResponse(
            request, template, {**self.get_context(request), **context, "canonical_path": self.url + route}
        )

    def structured_data(self, site_context):
        questions = [question for _topic, group in self.groups for question in group]
        return collection_graph(self, site_context, questions)

    def graph_of(self, request, questions, route="", route_name="", description=""):
        """The graph of the page or of a route, with the questions listed there."""
        names = {"route": route, "route_name": route_name, "description": description}
        return collection_graph(self, site_context_for(request), questions, **names)

    class Meta:
        verbose_name = "FAQ"
