from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from clinic.site_context import register_own_link
        from people.models import team_with_people

        register_own_link("Team", team_with_people)
