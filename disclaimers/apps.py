from django.apps import AppConfig


class DisclaimersConfig(AppConfig):
    name = "disclaimers"
    verbose_name = "Disclaimers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from disclaimers import models, signal_handlers
        from publishing.gates import register_gate

        signal_handlers.register_signal_handlers()
        register_gate("section of disclaimer", models.refuse_without_section)
