from django.apps import AppConfig


class FAQConfig(AppConfig):
    name = "faq"
    verbose_name = "FAQ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from faq import gates
        from publishing.gates import register_gate

        register_gate("faq.limit_short_answer", gates.limit_short_answer)
