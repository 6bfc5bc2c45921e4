from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "Reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jobs.runner import register_job
        from publishing.gates import register_gate
        from reviews import checks, digest, gate, signal_handlers  # noqa: F401

        signal_handlers.register_signal_handlers()
        register_gate("reviews", gate.require_review)
        register_job(digest.JOB_NAME, digest.send_weekly_digest)
