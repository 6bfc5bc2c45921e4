from django.apps import AppConfig


class MachinesConfig(AppConfig):
    name = "machines"
    verbose_name = "Search engines and AI"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from jobs import runner
        from machines import indexnow

        indexnow.connect()
        runner.register_job(indexnow.NAME, indexnow.send_waiting)
