"""The crawler settings in the admin."""

from wagtail.snippets.models import register_snippet

from publishing.viewsets import SingleRecordViewSet
from seo.models import CrawlerSettings


class CrawlerSettingsViewSet(SingleRecordViewSet):
    model = CrawlerSettings
    icon = "globe"
    menu_name = "search-engines-and-ai"
    menu_order = 20
    add_to_settings_menu = True


register_snippet(CrawlerSettingsViewSet)
