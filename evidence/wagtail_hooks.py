"""Facts and sources in the admin, and their tokens in the editor."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChosenView

from evidence import publish_messages  # noqa: F401
from evidence.models import Fact, Reference
from evidence.rich_text import LINK_RULE, TokenElementHandler, fact_label, reference_label, token_entity
from evidence.tokens import DocumentHandler, FactHandler, LinkHandler, ReferenceHandler
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
    list_display = ["authors", "title", "container", "year"]
    chooser_viewset_class = TokenChooserViewSet
    menu_label = "Sources"
    menu_order = 320


register_snippet(FactViewSet)
register_snippet(ReferenceViewSet)


@hooks.register("before_delete_snippet")
def prevent_deletion_in_use(request, instances):
    """Say on the spot why a fact or source cannot go, instead of failing at the end."""
    used = [record for record in instances if isinstance(record, (Fact, Reference)) and record.in_use()]
    if not used:
        return None
    for record in used:
        pages = ", ".join(page.get_admin_display_title() for page in record.used_on()[:5]) or "other records"
        messages.error(request, f"“{record}” cannot be deleted: it is used on {pages}.")
    return redirect(used[0].snippet_viewset.get_url_name("list"))


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
