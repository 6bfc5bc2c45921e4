"""The Dockerfile: its steps that need no engine are run, on the files that .dockerignore leaves."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def instructions():
    """The Dockerfile as [(instruction, rest of its line)], continued lines joined, comments left out."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def arguments_of(name):
    return [rest for instruction, rest in instructions() if instruction == name]


def is_ignored(path):
    """Whether .dockerignore leaves out a path of the tree; of the rules that match, the last decides."""
    ignored = False
    for rule in (ROOT / ".dockerignore").read_text().splitlines():
        if not rule or rule.startswith("#"):
            continue
        pattern = rule.removeprefix("!")
        if pattern.startswith("**/"):
            matches = any(fnmatch(part, pattern.removeprefix("**/")) for part in path.parts)
        else:
            # A star stops at a slash: compared are paths of the same depth, and the folders above.
            depth = pattern.count("/") + 1
            matches = fnmatch("/".join(path.parts[:depth]), pattern)
        if matches:
            ignored = not rule.startswith("!")
    return ignored


def copy_tree(target):
    """Do what `COPY . .` does."""

    def ignored(folder, names):
        folder = Path(folder).relative_to(ROOT)
        # A rule may take a file back out of a folder that is left out: docs/ itself is walked.
        return [name for name in names if is_ignored(folder / name) and (folder / name) != Path("docs")]

    shutil.copytree(ROOT, target, ignore=ignored)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """A folder with the /app, /data and /static of the image, before its own commands have run."""
    folder = tmp_path_factory.mktemp("image")
    copy_tree(folder / "app")
    for name in ("data", "static"):
        (folder / name).mkdir()
    return folder


@pytest.fixture(scope="module")
def run(image):
    """A function that runs a command in the image's folder, with its ENV and this Python as /venv."""
    declared = dict(pair.split("=", 1) for line in arguments_of("ENV") for pair in shlex.split(line))
    environment = {
        **declared,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        **{name: f"{image}{declared[name]}" for name in ("DATA_DIR", "STATIC_ROOT")},
    }

    def run(*command, **variables):
        return subprocess.run(
            command, cwd=image / "app", env={**environment, **variables}, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture(scope="module")
def built(image, run):
    """What the commands that Django has a part in said and left behind."""
    commands = [command for command in arguments_of("RUN") if "manage.py" in command]
    assert commands
    results = [run("sh", "-ec", command) for command in commands]
    assert [result.returncode for result in results] == [0] * len(results), [result.stderr for result in results]
    return image


def test_the_shell_can_read_every_command_of_the_image(run):
    for command in arguments_of("RUN"):
        assert run("sh", "-nc", command).returncode == 0, command


def test_what_is_copied_into_the_image_is_there():
    for rest in arguments_of("COPY"):
        words = shlex.split(rest)
        if any(word.startswith("--from=") for word in words):
            continue
        for source in words[:-1]:
            assert (ROOT / source).exists(), source
            assert source == "." or not is_ignored(Path(source)), source


def test_the_image_collects_static_files_and_leaves_its_data_folder_empty(built):
    assert list((built / "static").glob("staticfiles.json"))
    assert list((built / "app" / "core" / "__pycache__").glob("*.pyc"))
    assert list((built / "data").iterdir()) == []


def test_neither_secrets_nor_what_only_developers_need_comes_into_the_image(image):
    copied = {path.name for path in (image / "app").iterdir()}
    assert copied.isdisjoint({".env", ".git", ".venv", "var", "tests", "tools", "screenshots"})
    assert {"manage.py", "core", "templates", "static"} <= copied
    assert (image / "app" / "docs" / "editors.md").exists()


def test_the_image_starts_with_its_own_files_alone(run):
    [entrypoint] = arguments_of("ENTRYPOINT")
    result = run(*json.loads(entrypoint), "check", SECRET_KEY="of-this-test")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_the_image_runs_modules_and_roles_that_exist(run):
    [healthcheck] = [re.sub(r".*?CMD\s+", "", rest) for rest in arguments_of("HEALTHCHECK")]
    for command in (healthcheck, *arguments_of("ENTRYPOINT")):
        python, flag, module, *_ = json.loads(command)
        assert (python, flag) == ("python", "-m")
        assert run("python", "-c", f"import {module}").returncode == 0
    [role] = [word for rest in arguments_of("CMD") for word in json.loads(rest)]
    assert role == "web"
    assert run("python", "-c", "import gunicorn, innerbloom.gunicorn").returncode == 0
