from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from archive import recording, signal_handlers
        from jobs.runner import register_job

        signal_handlers.register_signal_handlers()
        register_job(recording.JOB_NAME, recording.record_what_changed_by_date)
