from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_migrate

        from . import leaving, signals

        signals.connect()
        leaving.connect()
        post_migrate.connect(signals.align_site_record, sender=self)
