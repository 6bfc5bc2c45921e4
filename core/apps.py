from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import signal_handlers
        from core.models import SafetyLine, Topic
        from publishing.deletion import protect_in_use

        signal_handlers.register_signal_handlers()
        protect_in_use(Topic, SafetyLine)
