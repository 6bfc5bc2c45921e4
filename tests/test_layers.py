"""The layers hold, every package is named, and each check can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import migrations, models

from faq.models import FAQEntryPage
from innerbloom import checks

ROOT = Path(__file__).resolve().parent.parent


def test_no_relation_and_no_migration_points_up():
    assert checks.relations_point_down() == []
    assert checks.migrations_point_down() == []


def test_a_relation_by_string_to_a_higher_layer_is_found():
    class Planted(models.Model):  # noqa: DJ008  (never saved)
        question = models.ForeignKey("faq.FAQEntryPage", on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "core"
            managed = False

    try:
        errors = checks.relations_point_down(models=[Planted])
    finally:
        from django.apps import apps

        del apps.all_models["core"]["planted"]
        apps.clear_cache()
    assert [error.id for error in errors] == ["layers.E001"]


def test_a_relation_between_the_two_kinds_of_content_is_found():
    heights = checks.layers()
    assert checks.points_up("faq", "blog", heights)
    assert checks.points_up("blog", "faq", heights)
    assert not checks.points_up("faq", "core", heights)
    assert FAQEntryPage._meta.app_label in heights


def test_a_migration_that_depends_on_a_higher_layer_is_found():
    planted = migrations.Migration("0099_planted", "core")
    planted.dependencies = [("faq", "0001_initial")]

    class Loader:
        disk_migrations = {("core", "0099_planted"): planted}

    assert [error.id for error in checks.migrations_point_down(loader=Loader())] == ["layers.E002"]


@pytest.mark.parametrize(
    ("planted", "complaint"),
    [
        ({"core/planted.py": "import faq.models\n"}, "core.planted -> faq.models"),
        (
            {"core/planted.py": "from core import head\n", "core/head.py": "\nfrom core import planted\n"},
            "No circle of imports inside a room BROKEN",
        ),
        (
            {"seo/planted.py": "def late():\n    from innerbloom import urls\n    return urls\n"},
            "seo.planted -> innerbloom.urls",
        ),
        ({"evidence/models.py": "\nfrom evidence import wagtail_hooks\n"}, "Models know no presentation BROKEN"),
    ],
    ids=["up", "in a circle", "late and up", "from a model to its admin"],
)
def test_an_import_that_a_contract_forbids_breaks_it(planted, complaint, tmp_path):
    for name in checks.layers():
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("content", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, text in planted.items():
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(text)
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert complaint in result.stdout


def test_an_import_inside_a_function_is_found(tmp_path):
    (tmp_path / "planted.py").write_text("def late():\n    import json\n\n    return json\n")
    command = [sys.executable, "-m", "ruff", "check", "--config", ROOT / "pyproject.toml", tmp_path / "planted.py"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "PLC0415" in result.stdout


def test_an_import_of_a_package_that_nobody_named_is_found(tmp_path):
    for name in ("pyproject.toml", "requirements.in", "requirements-dev.in"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "planted.py").write_text("import bs4\nimport soupsieve\n")
    command = [sys.executable, "-m", "deptry", ".", "--no-ansi"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "'soupsieve' imported but it is a transitive dependency" in result.stderr
    assert "'bs4'" not in result.stderr
