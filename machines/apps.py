from django.apps import AppConfig


class MachinesConfig(AppConfig):
    name = "machines"
    verbose_name = "Search engines and AI"
    default_auto_field = "django.db.models.BigAutoField"
