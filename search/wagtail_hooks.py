"""The phrases of staff in the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from publishing.viewsets import PlainCreateView, PlainEditView
from search.models import CrisisPhrase


class CrisisPhraseViewSet(SnippetViewSet):
    model = CrisisPhrase
    icon = "help"
    add_view_class = PlainCreateView
    edit_view_class = PlainEditView
    menu_name = "crisis-phrases"
    menu_label = "Crisis phrases"
    menu_order = 30
    list_display = ["words", "kind", "degree"]
    copy_view_enabled = False
    add_to_settings_menu = True


register_snippet(CrisisPhraseViewSet)
