from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class EditorialConfig(AppConfig):
    default = True
    name = "editorial"
    verbose_name = "Editorial"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_migrate

        from editorial import exports, groups, signal_handlers

        exports.register_export_values()
        signal_handlers.register_signal_handlers()
        post_migrate.connect(groups.create_groups, sender=self, dispatch_uid="editorial.create_groups")


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, as staff look after them here."""

    user_viewset = "editorial.users.StaffViewSet"
