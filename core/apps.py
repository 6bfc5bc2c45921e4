from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import autosave, signal_handlers
        from jobs.runner import register_job

        signal_handlers.register_signal_handlers()
        register_job(autosave.NAME, autosave.drop_forgotten)
