"""What a job may raise to say why a piece of work was refused."""


class WorkRefused(Exception):
    """Raised where a rule of the site forbids a piece of work; its text tells staff why."""
