"""Publishing in the admin: the bulk action, and what the home says of scheduled publishing."""

from wagtail import hooks

from publishing.bulk_actions import Publish
from publishing.panels import ScheduledPublishingPanel


@hooks.register("construct_homepage_panels")
def register_scheduled_publishing_panel(request, panels):
    panels.append(ScheduledPublishingPanel(request.user))


hooks.register("register_bulk_action", Publish, order=1)  # after Wagtail's own, which it replaces
