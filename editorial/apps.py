from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class EditorialConfig(AppConfig):
    default = True
    name = "editorial"
    verbose_name = "Editorial"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from editorial import exports, signal_handlers

        exports.connect()
        signal_handlers.connect()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, as staff look after them here."""

    user_viewset = "editorial.users.StaffViewSet"
