"""The editor's panels on how a page looks in lists of results and in shared links, and what machines read in it."""

import json

from wagtail.admin.panels import Panel

from core.head import MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, opening, shared_picture, shortened, with_site_name
from delivery.json_ld import absolute


class SearchPreviewPanel(Panel):
    """Shows while somebody types how the page looks among results, and how long the words are."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/search_preview.html"

        def get_context_data(self, parent_context=None):
            from clinic.site_context import site_context_for

            page, name = self.instance, site_context_for(self.request).name
            title = page.seo_title or page.title
            # What describes the page where nobody has written a summary; a new page has none of it yet.
            fallback = (page.description or opening(page)) if page.pk and not page.summary else ""
            return {
                **super().get_context_data(parent_context),
                "site_name": name,
                "title": with_site_name(title, name),
                "description": shortened(page.summary or fallback),
                "fallback": shortened(fallback),
                "address": absolute(page.url) if page.pk and page.url else "",
                "picture": shared_picture(page) if page.pk else None,
                "title_length": MAX_TITLE_LENGTH,
                "description_length": MAX_DESCRIPTION_LENGTH,
            }


class GraphPanel(Panel):
    """The JSON-LD of the page as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/graph_panel.html"

        def is_shown(self):
            return bool(self.instance.pk and self.instance.url)

        def get_context_data(self, parent_context=None):
            # As stored: a form that was refused has changed this instance, and a graph needs a whole page.
            stored = type(self.instance).objects.filter(pk=self.instance.pk).first()
            stored = stored.get_latest_revision_as_object() if stored else self.instance
            graph = json.dumps(stored.structured_data(self.request), indent=2, ensure_ascii=False, default=str)
            return {**super().get_context_data(parent_context), "graph": graph}
