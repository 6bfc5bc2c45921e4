"""Panels of the editor that show where a record is used."""

from wagtail.admin.panels import Panel

from evidence.usage import statements


class UsedOnPanel(Panel):
    """Lists the pages that state a fact or cite a source, before anybody changes it."""

    def __init__(self, heading="Used on", **kwargs):
        super().__init__(heading=heading, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "evidence/admin/used_on_panel.html"

        def is_shown(self):
            return bool(self.instance and self.instance.pk)

        def get_context_data(self, parent_context=None):
            # The record as it is stored: a form that was refused has changed this instance already.
            stored = type(self.instance).objects.get(pk=self.instance.pk)
            return {**super().get_context_data(parent_context), "statements": statements(stored)}
