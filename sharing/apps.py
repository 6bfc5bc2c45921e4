from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sharing"
    verbose_name = "Sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jobs.runner import register_job
        from sharing import models

        register_job(models.JOB_NAME, models.drop_ended)
