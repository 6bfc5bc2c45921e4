"""No models: Django sends `post_migrate`, which makes the groups, only for apps that have this module."""
