from django.apps import AppConfig


class TrashConfig(AppConfig):
    name = "trash"
    verbose_name = "Trash"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jobs.runner import register_job
        from publishing.gates import register_gate
        from trash import emptying, gate

        register_gate("trash", gate.refuse_page_in_trash)
        register_job(emptying.JOB_NAME, emptying.empty_trash)
