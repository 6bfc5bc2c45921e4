from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jobs.runner import register_job
        from publishing import gates, missing, page_tree, scheduling

        page_tree.hide_trash_from_superusers()
        gates.register_gate("holes", missing.refuse_holes)
        register_job(scheduling.JOB_NAME, scheduling.publish_due)
