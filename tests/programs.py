"""Programs of this machine that some tests need; each function says where, or why not."""

import os
import re
import shutil
from pathlib import Path


class Missing(Exception):
    """A program that is not here; the text is the reason shown for tests that could not run."""


def chromium():
    """The path of a Chromium: CHROMIUM, or one on PATH."""
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise Missing(f"CHROMIUM names no program: {named}")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise Missing("no Chromium found (CHROMIUM names one)")


def html_validator():
    """The command of the Nu HTML checker: Java and the vnu.jar that VNU_JAR names."""
    java = shutil.which("java")
    if not java:
        raise Missing("no Java found")
    jar = os.environ.get("VNU_JAR")
    if not jar:
        raise Missing("VNU_JAR does not name a vnu.jar (npm pack vnu-jar)")
    if not Path(jar).is_file():
        raise Missing(f"VNU_JAR names no file: {jar}")
    return [java, "-jar", jar]


def postgresql():
    """The folder with the newest PostgreSQL's initdb and postgres."""
    if found := shutil.which("initdb"):
        folder = Path(found).resolve().parent
        if (folder / "postgres").exists():
            return folder
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    folders = [folder for folder in folders if (folder / "initdb").exists()]
    if not folders:
        raise Missing("no PostgreSQL found (TEST_DATABASE_URL names a server)")
    return max(folders, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.parent.name)])
