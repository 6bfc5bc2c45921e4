from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jobs import mail
        from jobs.runner import register_job

        register_job(mail.JOB_NAME, mail.send_due)
