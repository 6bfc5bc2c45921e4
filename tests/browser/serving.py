"""
The site as `make run` starts it, for browsers: a process of its own with its own data folder.

Tests share no database with it and see it as a visitor does.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds for a start
# Who signs in to it; the processes of the tests share what one of them prepared.
EMAIL, PASSWORD = "administrator@localhost", os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_urlsafe(12)
ERRORS = "errors"  # the folder of pages that a healthy site never shows; see fill.py

CHROMIUM_OPTIONS = [
    "--no-sandbox",  # CI is root, and root has no sandbox
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # The browser's own calls to its maker are not ours.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class DidNotStart(Exception):
    """The site, or what readies it, failed; the text is what it said."""


@dataclass
class Site:
    """The running site, who may sign in to it, and where its data lies."""

    url: str
    data_dir: Path
    email: str = EMAIL
    password: str = PASSWORD


def _environment(data_dir, **more):
    environment = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "STATIC_ROOT": str(data_dir / "static"),
        "ADMIN_EMAIL": EMAIL,
        "ADMIN_PASSWORD": PASSWORD,
        **more,
    }
    environment.pop("DATABASE_URL", None)  # SQLite, in the data folder
    return environment


def _run(data_dir, *command, **more):
    environment = _environment(data_dir, **more)
    done = subprocess.run([sys.executable, *command], cwd=BASE_DIR, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise DidNotStart(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def prepare(folder):
    """Ready a data folder to serve from, once: copies of it start in seconds."""
    _run(folder, "manage.py", "prepare")
    return folder


@contextmanager
def serving(prepared, data_dir, filled=False, **more):
    """
    The site on a port of its own, from a copy of a prepared folder, until the context ends.

    As installed, or with everything filled in that staff can add; `more` are settings of its environment.
    """
    shutil.copytree(prepared, data_dir, dirs_exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    site = Site(f"http://127.0.0.1:{port}", data_dir)
    address = {"HOST": "127.0.0.1", "PORT": str(port), "SITE_URL": site.url}
    if filled:
        _run(data_dir, "-m", "tests.browser.fill", str(data_dir / ERRORS), **address)
    log = data_dir / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "innerbloom.serve"],
            cwd=BASE_DIR,
            env=_environment(data_dir, **address, **more),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C ends the tests, and they end the server
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while "The site is at" not in (said := log.read_text(errors="replace")):
            if server.poll() is not None or time.monotonic() > deadline:
                raise DidNotStart(f"The site did not start:\n{said}")
            time.sleep(0.1)
        yield site
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(15)
