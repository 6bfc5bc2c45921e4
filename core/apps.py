from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_migrate

        from clinic import signal_handlers
        from core import signal_handlers
        from editorial import admin_times, form_fields
        from publishing import comparison
        from redirects import page_removal

        admin_times.register()
        comparison.register()
        form_fields.register()
        signal_handlers.connect()
        page_removal.connect()
        post_migrate.connect(signal_handlers.align_site_record, sender=self)
