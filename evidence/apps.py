from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"
    verbose_name = "Evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from evidence import gates, signal_handlers
        from evidence.models import Fact, Reference
        from publishing.deletion import protect_in_use
        from publishing.gates import register_gate

        signal_handlers.register_signal_handlers()
        protect_in_use(Fact, Reference)
        register_gate("evidence.require_basis", gates.require_basis)
