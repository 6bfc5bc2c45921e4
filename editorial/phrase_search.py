"""
The one search of the desk: where words stand across all content, who wrote them when, and what to do about it.

Words are looked for as they were typed, next to each other: a sentence that somebody complained about must be
found whatever markup, quotation marks or line breaks it has, in drafts, settings and pictures too. Only where
nothing says it like that, all that has every word anywhere is listed.
"""

from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from django.contrib.auth import get_user_model
from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents.permissions import permission_policy as document_permissions
from wagtail.images.permissions import permission_policy as picture_permissions
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import get_snippet_models

from clinic.clock import format_time
from editorial.phrase_pattern import normalize, phrase_pattern
from evidence.models import Fact
from publishing.unpublished_pages import can_republish, has_expired, last_published_revisions, republish_url
from redirects.page_removal import contains_home_page
from text.extraction import extract_text, row_texts, stored_content, stored_texts

# The work of one request; whoever needs more types more of the sentence.
MAX_PAGES = 3000
MAX_RECORDS = 1000  # of each other kind
MAX_RESULTS = 40  # of pages, and of everything else
MAX_PLACES = 3  # shown of one result
MAX_REVISIONS = 400
CONTEXT_CHARACTERS = 90  # characters of context on each side
PAGES_PER_CHUNK = 50


@dataclass(frozen=True)
class Place:
    """Where in a record the words stand."""

    label: str
    before: str
    words: str
    after: str


@dataclass
class Result:
    """A record that says it; `places` are the first of `number`."""

    record: object
    kind: str
    status: str
    places: list
    number: int
    origin: str = ""
    actions: list = field(default_factory=list)  # (label, address)
    republish: tuple = ()  # (label, address that takes a form), of an unpublished page
    is_named_so: bool = False  # the words stand in its title or name


class PhraseSearch:
    """One search by one person, who finds what they may see in the admin."""

    def __init__(self, phrase, user, request=None):
        self.phrase, self.user, self.request = phrase, user, request
        self.patterns = [phrase_pattern(phrase)]
        self.revisions_left = MAX_REVISIONS
        self.stopped = ""  # why not everything was looked at
        self.is_by_word = False  # nothing says the phrase: what has each of its words

    @cached_property
    def facts(self):
        """{primary key: (the words of a fact, what readers find below them)}."""
        return {fact.pk: (fact.value, fact.basis_text) for fact in Fact.objects.live().select_related("reference")}

    def places(self, model, content, rows=()):
        """Where the content of a record or its rows say it: nowhere, unless all patterns are found."""
        found = [[] for _pattern in self.patterns]
        for label, text in chain(stored_texts(model, content), rows):
            below = []
            words = extract_text(text, partial(self._token_words, below))
            for said in (normalize(part) for part in (words, *dict.fromkeys(below))):
                for places, pattern in zip(found, self.patterns, strict=True):
                    places += [self._place(label, said, match) for match in pattern.finditer(said)]
        return [place for places in found for place in places] if all(found) else []

    def _token_words(self, below, kind, pk):
        words, line = self.facts.get(pk, ("", "")) if kind == "fact" else ("", "")
        below += [line] if line else []
        return words

    @staticmethod
    def _place(label, words, match):
        begin, end = max(0, match.start() - CONTEXT_CHARACTERS), match.end() + CONTEXT_CHARACTERS
        before = ("…" if begin else "") + words[begin : match.start()]
        return Place(label, before, match[0], words[match.end() : end] + ("…" if end < len(words) else ""))

    def results(self):
        """Up to MAX_RESULTS pages and as many records, first what is named so; `stopped` says if there may be more."""
        results = self._results()
        words = self.phrase.split()
        if not results and len(words) > 1:
            self.is_by_word, self.patterns = True, [phrase_pattern(word) for word in words]
            results = self._results()
        return results

    def _results(self):
        results = []
        for source in (self._pages, self._records):
            found = list(islice(source(), MAX_RESULTS + 1))
            if len(found) > MAX_RESULTS:
                self.stopped = f"Only the first {MAX_RESULTS} places are shown. Type more of the sentence."
            results += found[:MAX_RESULTS]
        for result in results:
            result.is_named_so = all(pattern.search(normalize(str(result.record))) for pattern in self.patterns)
        return sorted(results, key=lambda result: not result.is_named_so)

    # --- Pages ---------------------------------------------------------------

    def _pages(self):
        allowed = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
        pages = page_permission_policy.instances_user_has_any_permission_for(self.user, allowed)
        named_so = Case(When(title__icontains=self.phrase, then=Value(0)), default=Value(1))
        pages = pages.filter(depth__gt=1).order_by(named_so, "path")
        ids = list(pages.values_list("pk", flat=True)[: MAX_PAGES + 1])
        if len(ids) > MAX_PAGES:
            self.stopped = f"Only the first {MAX_PAGES} pages were looked at."
        for start in range(0, min(len(ids), MAX_PAGES), PAGES_PER_CHUNK):
            chunk = ids[start : start + PAGES_PER_CHUNK]
            found = sorted(Page.objects.filter(pk__in=chunk).specific(), key=lambda page: chunk.index(page.pk))
            with_drafts = [page.latest_revision_id for page in found if not page.live or page.has_unpublished_changes]
            drafts = Revision.objects.in_bulk([pk for pk in with_drafts if pk])
            revisions = last_published_revisions(found)
            for page in found:
                yield from self._page(page, drafts.get(page.latest_revision_id), revisions.get(page.pk))

    def _page(self, page, draft, last_published):
        """`last_published` is the revision that readers saw last of a page that is unpublished now."""
        model = type(page)
        seen, drafted = [], []
        if page.live or last_published:
            seen = self.places(model, last_published.content if last_published else stored_content(page))
        if draft or not page.live:
            drafted = self.places(model, draft.content if draft else stored_content(page))
        if not seen and not drafted:
            return
        places = list(dict.fromkeys([*seen, *drafted]))
        yield Result(
            page,
            capfirst(page._meta.verbose_name),
            _status(page, last_published, bool(seen), bool(draft and not drafted)),
            places[:MAX_PLACES],
            len(places),
            self._origin(page),
            self._actions(page),
            self._republish_action(page, draft, last_published),
        )

    def _republish_action(self, page, draft, last_published):
        if last_published is None or not can_republish(page, last_published, self.user):
            return ()
        label = "Publish it again"
        if draft is not None and draft != last_published:
            label += " as it was, without the draft"
        return label, republish_url(page, self.request.get_full_path() if self.request else "")

    def _origin(self, page):
        """Who brought the words in, and when: the earliest of the latest versions that all have them."""
        earliest = None
        revisions = page.revisions.order_by("-created_at", "-pk").select_related("user")
        for revision in revisions.iterator(chunk_size=10):
            if not self.revisions_left:
                return "The versions of this page were not looked through: open its history."
            self.revisions_left -= 1
            if self.places(type(page), revision.content):
                earliest = revision
            elif earliest:
                break
        if earliest is None:
            return "It was here before the history of this page begins."
        return f"It came in {_when(earliest.created_at)}, {_by(earliest.user)}."

    def _actions(self, page):
        may = page.permissions_for_user(self.user)
        actions = []
        if may.can_edit():
            actions.append(("Edit", reverse("wagtailadmin_pages:edit", args=[page.pk])))
        if page.live and may.can_unpublish() and not contains_home_page(page):
            back = urlencode({"next": self.request.get_full_path()}) if self.request else ""
            actions.append(("Unpublish", f"{reverse('wagtailadmin_pages:unpublish', args=[page.pk])}?{back}"))
        actions.append(("History", reverse("wagtailadmin_pages:history", args=[page.pk])))
        if page.live and (url := page.get_url(self.request)):
            actions.append(("See it", url))
        return actions

    # --- Everything else -----------------------------------------------------

    def _querysets(self):
        """What is no page and has words, as far as the person may see it."""
        for model in get_snippet_models():
            policy = model.snippet_viewset.permission_policy
            if policy.user_has_any_permission(self.user, ["add", "change", "delete", "view"]):
                yield model._default_manager.order_by("pk")
        for policy in (picture_permissions, document_permissions):
            allowed = policy.instances_user_has_any_permission_for(self.user, ["change", "delete", "choose"])
            yield allowed.order_by("pk")
        users = get_user_model()
        if self.user.has_perm(f"{users._meta.app_label}.change_{users._meta.model_name}"):
            yield users._default_manager.order_by("pk")

    def _records(self):
        urls = AdminURLFinder(self.user)
        for queryset in self._querysets():
            for number, record in enumerate(queryset[: MAX_RECORDS + 1].iterator(chunk_size=200)):
                if number == MAX_RECORDS:
                    self.stopped = f"Only the first {MAX_RECORDS} {record._meta.verbose_name_plural} were looked at."
                    break
                seen, drafted = self.places(type(record), stored_content(record), row_texts(record)), []
                if getattr(record, "has_unpublished_changes", False) and record.latest_revision:
                    drafted = self.places(type(record), record.latest_revision.content)
                places = list(dict.fromkeys([*seen, *drafted]))
                if not places:
                    continue
                edit_url = urls.get_edit_url(record)
                yield Result(
                    record,
                    capfirst(record._meta.verbose_name),
                    "" if seen and getattr(record, "live", True) else "In a draft",
                    places[:MAX_PLACES],
                    len(places),
                    self._last_change(record),
                    [("Edit", edit_url)] if edit_url else [],
                )

    @staticmethod
    def _last_change(record):
        entry = log_registry.get_logs_for_instance(record).select_related("user").order_by("-timestamp").first()
        if entry is None:
            return ""
        return f"Last changed {_when(entry.timestamp)}, {_by(entry.user)}."


def _status(page, last_published, is_seen, is_changed):
    """Who reads the words now, in words of staff: whether readers saw them, and the draft has changed them."""
    if not is_seen:
        of = " of a published page" if page.live else " of an unpublished page" if last_published else ""
        return f"In a draft{of}"
    if page.live:
        where = "On the site"
    else:
        where = "Unpublished, because its last day is over" if has_expired(last_published) else "Unpublished"
    return f"{where}; the draft no longer says it" if is_changed else where


def _when(time):
    time = timezone.localtime(time)
    return f"on {time:%B} {time.day}, {time.year}, at {format_time(time)}"


def _by(user):
    if user is None:
        return "not by anybody signed in (with the starter texts, for example)"
    return f"by {user.get_full_name() or user.get_username()}"
