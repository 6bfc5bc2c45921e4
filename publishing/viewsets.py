"""Viewsets for records with drafts, and for single records."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from wagtail.snippets.action_menu import PublishMenuItem, SaveMenuItem, UnpublishMenuItem
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, UnpublishView

from publishing.records import DraftableRecord
from publishing.usage_views import DeleteRecordView, RecordUsageView


class LiveOnlyMixin:
    """Offers what is published: readers would see nothing of a draft."""

    def get_object_list(self) -> QuerySet:
        return super().get_object_list().filter(live=True)


class LiveChooseView(LiveOnlyMixin, ChooseView):
    pass


class LiveChooseResultsView(LiveOnlyMixin, ChooseResultsView):
    pass


class LiveChooserViewSet(SnippetChooserViewSet):
    choose_view_class = LiveChooseView
    choose_results_view_class = LiveChooseResultsView


class DraftableCreateView(CreateView):
    """Autosave turns it into the form of the new record: only for those who may go on there."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = self.autosave_enabled and self.user_has_permission("change")

    def get_success_url(self) -> str:
        return super().get_success_url() if self.user_has_permission("change") else reverse(self.index_url_name)


class NeverUnpublishView(UnpublishView):
    """Answers 404: unpublished, the record would leave a hole in texts that state it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise Http404


class DraftableViewSet(SnippetViewSet):
    """Records that are drafted and published; see `publishing.records.DraftableRecord`."""

    add_view_class = DraftableCreateView
    unpublish_view_class = NeverUnpublishView
    delete_view_class = DeleteRecordView
    usage_view_class = RecordUsageView
    chooser_viewset_class = LiveChooserViewSet
    copy_view_enabled = False
    add_to_admin_menu = True


def put_publish_first(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Make “Publish” the first button and leave out “Unpublish”; for `construct_snippet_action_menu`."""
    model = context["model"]
    if not issubclass(model, DraftableRecord):
        return
    publish = [item for item in menu_items if isinstance(item, PublishMenuItem)]
    others = [item for item in menu_items if not isinstance(item, (PublishMenuItem, UnpublishMenuItem))]
    if publish and not request.user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
        # Whoever may not open a draft again has no use for one.
        others = [item for item in others if not isinstance(item, SaveMenuItem)]
    menu_items[:] = [*publish, *others]


class NoAutosaveMixin:
    """For records without drafts: autosave would put what is half typed before readers."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class PlainCreateView(NoAutosaveMixin, CreateView):
    pass


class PlainEditView(NoAutosaveMixin, EditView):
    pass


class SingleRecordEditView(PlainEditView):
    """What is typed waits in the browser until it is saved."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "restore-unsaved" in request.POST:
            form = self.form = self.get_form()
            form.is_valid()  # also tells of a newer version
            return self.render_to_response(self.get_context_data(is_restored=True))
        return super().post(request, *args, **kwargs)

    def get_success_message(self) -> str | None:
        """Says, too, what is kept otherwise than it was typed."""
        message = super().get_success_message()
        rewritten = "; ".join(f"“{typed}” is now “{kept}”" for typed, kept in self.form.rewritten)
        return f"{message} {rewritten}." if message and rewritten else message

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        meta = self.model._meta
        context["unsaved_key"] = f"unsaved:{meta.label_lower}:{self.request.user.pk}"
        return context


class SingleRecordViewSet(SnippetViewSet):
    """The one record of a kind: its form, its history and its preview; see `publishing.records.SingleRecord`."""

    edit_view_class = SingleRecordEditView
    edit_template_name = "publishing/admin/single_record.html"
    copy_view_enabled = False
    kept_views = frozenset(
        {"list", "edit", "history", "history_results", "preview_on_edit", "revisions_view", "revisions_revert"}
        | {"revisions_compare"}
    )

    @property
    def index_view(self) -> Callable[[HttpRequest], HttpResponse]:
        def to_the_form(request: HttpRequest) -> HttpResponse:
            if not self.permission_policy.user_has_permission(request.user, "change"):
                raise PermissionDenied
            return redirect(self.get_url_name("edit"), self.model.load().pk)

        return to_the_form

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        gone = {"add_url_name": None, "delete_url_name": None, "usage_url_name": None}
        return {**super().get_common_view_kwargs(**kwargs), **gone}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.kept_views]

    def register_chooser_viewset(self) -> None:
        """There is nothing to choose."""
