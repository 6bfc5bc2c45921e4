"""The layers hold, every package is named, and each check can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

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


def test_an_import_that_points_up_breaks_the_contract(tmp_path):
    names = [*checks.layers()]
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("content", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "core" / "planted.py").write_text("import faq.models\n")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "core.planted" in result.stdout


def test_an_import_of_a_package_that_nobody_named_is_found(tmp_path):
    for name in ("pyproject.toml", "requirements.in", "requirements-dev.in"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "planted.py").write_text("import bs4\nimport soupsieve\n")
    command = [sys.executable, "-m", "deptry", ".", "--no-ansi"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "'soupsieve' imported but it is a transitive dependency" in result.stderr
    assert "'bs4'" not in result.stderr
