from django.apps import AppConfig


class DisclaimersConfig(AppConfig):
    name = "disclaimers"
    verbose_name = "Disclaimers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from disclaimers import signal_handlers

        signal_handlers.register_signal_handlers()
