"""The style sheet of the admin."""
