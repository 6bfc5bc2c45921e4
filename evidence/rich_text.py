"""The editor's side of the tokens: how Draftail shows, keeps and stores them."""

from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.contentstate_models import Entity, EntityRange
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    FORCE_WHITESPACE,
    KEEP_WHITESPACE,
    STRIP_WHITESPACE,
    ExternalLinkElementHandler,
    PageLinkElementHandler,
    add_paragraph_block,
)

from evidence.tokens import token_id


class TokenElementHandler:
    """
    Turns a stored token into an immutable entity over the words of its record.

    The words are read afresh whenever a text is opened; the token of a record that is gone
    shows as "[missing]", so that nobody publishes a sentence with a hole unseen.
    """

    def __init__(self, entity_type, model_getter, label):
        self.entity_type = entity_type
        self.model_getter = model_getter
        self.label = label

    def handle_starttag(self, name, attrs, state, contentstate):
        if state.current_block is None:
            add_paragraph_block(state, contentstate)
        if state.leading_whitespace == FORCE_WHITESPACE:
            state.current_block.text += " "
            state.leading_whitespace = STRIP_WHITESPACE
        pk = token_id(dict(attrs))
        record = self.model_getter().objects.live().filter(pk=pk).first() if pk else None
        label = self.label(record) if record else "[missing]"
        entity = Entity(self.entity_type, "IMMUTABLE", {"id": pk, "label": label})
        entity_range = EntityRange(contentstate.add_entity(entity))
        entity_range.offset = len(state.current_block.text)
        entity_range.length = len(label)
        state.current_block.text += label
        state.current_block.entity_ranges.append(entity_range)
        state.leading_whitespace = KEEP_WHITESPACE

    def handle_endtag(self, name, state, contentstate):
        pass


class PageElementHandler(PageLinkElementHandler):
    """Opens a stored link in the editor; Wagtail's own fails for good where the id can be none."""

    def get_attribute_data(self, attrs):
        return super().get_attribute_data(attrs) if token_id(attrs) else {}


# Wagtail's rule for links but for the handler above.
LINK_RULE = {
    "from_database_format": {
        "a[href]": ExternalLinkElementHandler("LINK"),
        'a[linktype="page"]': PageElementHandler("LINK"),
    },
    "to_database_format": {"entity_decorators": {"LINK": link_entity}},
}


def token_entity(embedtype):
    """The exporter's decorator: stores the record's id only, never its words."""

    def decorate(props):
        return DOM.create_element("embed", {"embedtype": embedtype, "id": props.get("id")})

    return decorate


def fact_label(fact):
    return fact.value


def reference_label(reference):
    return f"[{reference}]"
