"""Facts and sources in the admin, and their tokens in the editor."""

from django.templatetags.static import static
from django.urls import path, reverse, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChosenView

from evidence import publish_messages  # noqa: F401
from evidence.models import Fact, Reference
from evidence.rich_text import LINK_RULE, TokenElementHandler, fact_label, reference_label, token_entity
from evidence.tokens import DocumentHandler, FactHandler, LinkHandler, ReferenceHandler
from evidence.views import REPORT_PERMISSION, evidence_report
from publishing.viewsets import DraftableViewSet, LiveChooserViewSet


class TokenChosenView(SnippetChosenView):
    """Tells the editor, beside the record's name, the words that stand in the text."""

    def get_chosen_response_data(self, item):
        label = fact_label(item) if isinstance(item, Fact) else reference_label(item)
        return {**super().get_chosen_response_data(item), "label": label}


class TokenChooserViewSet(LiveChooserViewSet):
    chosen_view_class = TokenChosenView


class FactViewSet(DraftableViewSet):
    model = Fact
    icon = "pick"
    list_display = ["name", "value", "kind", "source_note"]
    list_filter = ["kind"]
    chooser_viewset_class = TokenChooserViewSet
    menu_label = "Facts"
    menu_order = 310


class ReferenceViewSet(DraftableViewSet):
    model = Reference
    icon = "openquote"
    list_display = ["authors", "title", "container", "year", "retraction"]
    list_filter = ["is_retracted"]
    chooser_viewset_class = TokenChooserViewSet
    menu_label = "Sources"
    menu_order = 320


register_snippet(FactViewSet)
register_snippet(ReferenceViewSet)


@hooks.register("insert_global_admin_js")
def register_stated_value_js():
    return format_html('<script src="{}" defer></script>', static("evidence/stated-value.js"))


@hooks.register("register_admin_urls")
def register_evidence_report_url():
    return [path("reports/evidence/", evidence_report, name="evidence_report")]


class EvidenceReportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(REPORT_PERMISSION)


@hooks.register("register_reports_menu_item")
def register_evidence_report_menu_item():
    return EvidenceReportMenuItem(
        "Evidence", reverse("evidence_report"), name="evidence", icon_name="openquote", order=20
    )


_TOKENS = [
    ("fact", "FACT", Fact, FactHandler, fact_label, "pick", "Fact"),
    ("reference", "REFERENCE", Reference, ReferenceHandler, reference_label, "openquote", "Source"),
]


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own, whose page links ours replace
def register_tokens(features):
    features.register_link_type(LinkHandler)
    features.register_link_type(DocumentHandler)
    features.register_converter_rule("contentstate", "link", LINK_RULE)
    for feature, entity_type, model, handler, label, icon, description in _TOKENS:
        features.register_embed_type(handler)
        features.register_editor_plugin(
            "draftail",
            feature,
            EntityFeature(
                {
                    "type": entity_type,
                    "icon": icon,
                    "description": description,
                    "chooserUrl": reverse_lazy(f"wagtailsnippetchoosers_evidence_{model._meta.model_name}:choose"),
                },
                js=[
                    "wagtailadmin/js/chooser-modal.js",
                    "evidence/draftail-tokens.js",
                ],
                css={"all": ["evidence/draftail-tokens.css"]},
            ),
        )
        features.register_converter_rule(
            "contentstate",
            feature,
            {
                "from_database_format": {
                    f'embed[embedtype="{feature}"]': TokenElementHandler(entity_type, lambda model=model: model, label)
                },
                "to_database_format": {"entity_decorators": {entity_type: token_entity(feature)}},
            },
        )
