"""Fill an empty site with the starter texts."""

from django.core.management.base import BaseCommand, CommandError

from starter.loader import StarterError, load


class Command(BaseCommand):
    """`loadstarter [--if-empty]`; see `starter.loader.load`."""

    help = "Load the starter texts into a site without a home page; any other site is left alone."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Meant for every start of the container.")

    def handle(self, *args, **options):
        try:
            loaded = load(if_empty=options["if_empty"])
        except StarterError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if loaded:
            self.stdout.write("The starter texts were loaded.")
        elif options["if_empty"]:
            self.stdout.write("There is a site already: the starter texts were left out.")
