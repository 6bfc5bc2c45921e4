from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class StaffConfig(AppConfig):
    default = True
    name = "staff"
    verbose_name = "Staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_migrate

        from staff import groups

        post_migrate.connect(groups.create_groups, sender=self, dispatch_uid="staff.create_groups")


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, as staff look after them here."""

    user_viewset = "staff.users.StaffViewSet"
