from django.apps import AppConfig


class EditorialConfig(AppConfig):
    default = True
    name = "editorial"
    verbose_name = "Editorial"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from editorial import exports, signal_handlers

        exports.register_export_values()
        signal_handlers.register_signal_handlers()
