"""Blocks without words of their own: they show what the clinic's settings say, and nothing where that is empty."""

from types import SimpleNamespace

from wagtail import blocks


class ClinicBlock(blocks.StaticBlock):
    """
    Reads the site context of the page around it.

    By itself, as the editor's list of blocks shows it, it stands with an example.
    """

    example: dict = {}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if "site_context" not in context:
            context["site_context"] = SimpleNamespace(**self.example)
        return context

    class Meta:
        # It brings its heading, so that nothing is left over where it shows nothing.
        brings_heading = True


class WhenYouCallBlock(ClinicBlock):
    """What happens when somebody calls, step by step."""

    example = {
        "call_steps": [
            SimpleNamespace(title="We ask what brings you here.", text=""),
            SimpleNamespace(title="You ask us what you want to know.", text=""),
        ]
    }

    class Meta:
        icon = "list-ol"
        label = "What happens when you call"
        description = "The steps from the clinic’s settings; nothing while there are none"
        admin_text = "The steps are in the clinic’s settings, under “What happens when people call.”"
        template = "blocks/when_you_call.html"
        preview_value = None


class WayThereBlock(ClinicBlock):
    """Parking, the entrance and a picture of the map."""

    example = {"clinic": SimpleNamespace(has_way=True, parking="Behind the building.", entrance="", map_picture=None)}

    class Meta:
        icon = "site"
        label = "How to find us"
        description = "Parking, entrance, and map from the clinic’s settings; nothing while they are empty"
        admin_text = "Parking, entrance, and map are in the clinic’s settings, under “How to find you.”"
        template = "blocks/way_there.html"
        preview_value = None
