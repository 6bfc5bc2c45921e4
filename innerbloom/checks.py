"""
Rules of the architecture that the import contract does not see, as system checks.

import-linter follows imports only. A relation named by a string ("faq.FAQEntryPage") and a
migration's dependency tie apps together as firmly: these two checks read the same layers
from the layers contract in pyproject.toml.
"""

import tomllib
from pathlib import Path

from django.apps import apps
from django.core.checks import Error, register
from django.db.migrations.loader import MigrationLoader

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def layers(path=PYPROJECT):
    """
    The layer of each app as {app: height}, 0 at the top, from the layers contract.

    Apps that share a line of the contract ("faq | blog") share a layer. An installation
    without pyproject.toml has no layers to check: {}.
    """
    if not path.exists():
        return {}
    contracts = tomllib.loads(path.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name.strip(): height for height, line in enumerate(layers) for name in line.replace(":", "|").split("|")}


def points_up(source, target, heights):
    """True when `source` may not know `target`: it stands higher, or beside it in the same layer."""
    if source == target or source not in heights or target not in heights:
        return False
    return heights[target] <= heights[source]


@register()
def relations_point_down(app_configs=None, heights=None, models=None, **kwargs):
    """layers.E001: a foreign key or other relation to a model in a higher layer."""
    heights = layers() if heights is None else heights
    errors = []
    for model in apps.get_models(include_auto_created=True) if models is None else models:
        for field in model._meta.get_fields(include_parents=False):
            target = getattr(field, "related_model", None)
            if field.auto_created or not target or isinstance(target, str):
                continue
            if points_up(model._meta.app_label, target._meta.app_label, heights):
                errors.append(
                    Error(
                        f"{model._meta.label}.{field.name} points up to {target._meta.label}.",
                        hint="Use a chooser typed to wagtailcore.Page, or move the relation to the upper app.",
                        obj=model,
                        id="layers.E001",
                    )
                )
    return errors


@register()
def migrations_point_down(app_configs=None, heights=None, loader=None, **kwargs):
    """layers.E002: a migration that depends on an app of a higher layer."""
    heights = layers() if heights is None else heights
    loader = loader or MigrationLoader(None, ignore_no_migrations=True)
    return [
        Error(
            f"Migration {app}.{name} depends on {dependency[0]}, which stands higher.",
            hint="Move the operation to a migration of the upper app.",
            id="layers.E002",
        )
        for (app, name), migration in loader.disk_migrations.items()
        for dependency in migration.dependencies
        if points_up(app, dependency[0], heights)
    ]
