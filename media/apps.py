from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = "Media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from jobs.runner import register_job
        from media import abandoned_uploads, image_intake, signal_handlers
        from media.models import ClinicDocument, ClinicImage
        from publishing.deletion import protect_in_use

        image_intake.limit_decoding()
        signal_handlers.register_signal_handlers()
        protect_in_use(ClinicImage, ClinicDocument)
        register_job(abandoned_uploads.JOB_NAME, abandoned_uploads.delete_abandoned_uploads)
