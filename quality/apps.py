from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"
    verbose_name = "Quality"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jobs.runner import register_job
        from publishing.gates import register_gate
        from quality import link_checks, watched_words

        register_gate("quality.refuse_blocked_words", watched_words.refuse_blocked_words)
        register_job(link_checks.JOB_NAME, link_checks.check_links)
