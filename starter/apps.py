from django.apps import AppConfig


class StarterConfig(AppConfig):
    name = "starter"
    verbose_name = "Starter"
    default_auto_field = "django.db.models.BigAutoField"
