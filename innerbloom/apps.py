from django.apps import AppConfig


class InnerbloomConfig(AppConfig):
    name = "innerbloom"
    verbose_name = "Innerbloom"

    def ready(self):
        from . import checks  # noqa: F401  (registers the house rules)
