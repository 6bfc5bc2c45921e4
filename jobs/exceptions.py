"""What a piece of work may raise to say why it was not done."""


class WorkRefused(Exception):
    """Raised where a rule of the site forbids a piece of work; its text tells staff why."""
