"""What the desk adds to Wagtail's admin; each tool registers its own hooks."""
