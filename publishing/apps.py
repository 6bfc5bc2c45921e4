from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jobs.runner import register_job
        from publishing import scheduling

        register_job(scheduling.JOB_NAME, scheduling.publish_due)
