"""What the home of the admin says of scheduled publishing."""

from wagtail import hooks

from publishing.panels import ScheduledPublishingPanel


@hooks.register("construct_homepage_panels")
def register_scheduled_publishing_panel(request, panels):
    panels.append(ScheduledPublishingPanel(request.user))
