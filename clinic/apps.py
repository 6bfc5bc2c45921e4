from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "clinic"
    verbose_name = "Clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from clinic import admin_times, comparison, form_fields, signal_handlers

        admin_times.register_time_tags()
        comparison.register_comparisons()
        form_fields.register_form_fields()
        signal_handlers.register_signal_handlers(self)
