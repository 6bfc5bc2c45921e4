"""
Serves the website the way production does: `python -m innerbloom.serve`.

Prepares what is missing (data folder, secret key, database, static files, starter content, an
administrator), then keeps two processes alive: the web server and the runner of scheduled jobs.
With --dev the web server is Django's own, which reloads when code changes.

Django's settings are never imported here: they would be read before the environment is ready.
"""

import argparse
import contextlib
import errno
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(BASE_DIR / "manage.py")]
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:innerbloom.gunicorn", "innerbloom.wsgi"]

POLL_SECONDS = 0.2  # between two looks at the processes
SLOW_START_SECONDS = 60  # until a site that does not answer is mentioned
STOP_TIMEOUT_SECONDS = 8  # a process may take to end by itself
STABLE_AFTER_SECONDS = 60  # until a process counts as running well


class StartRefused(Exception):
    """The site cannot start with these settings; the text says why, for a person."""


def print_line(text, stream=None):
    print(text, file=stream, flush=True)


def read_number(name, default, highest):
    """The whole number in a variable, from 1 to `highest`."""
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= highest):
        raise StartRefused(f"{name} must be a whole number from 1 to {highest}; it is {text!r}.")
    return int(text)


def host_in_url(host):
    return f"[{host}]" if ":" in host else host


def check_address(host, port):
    """Tries to bind the port before the slow preparation, so that a busy port is reported at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartRefused(
                f"Port {port} on {host} is in use. End what runs there, or choose another port: "
                f"make run PORT={port % 65535 + 1}"
            ) from error
        if error.errno == errno.EACCES:
            raise StartRefused(f"This user may not open port {port}; choose one from 1024 on.") from error
        raise StartRefused(
            f"HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0; it is {host!r}."
        ) from error
    except UnicodeError as error:  # a name that no resolver takes
        raise StartRefused(f"HOST must be an address of this machine; it is {host!r}.") from error


def make_data_dir():
    path = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "no permission to write")
    except OSError as error:
        raise StartRefused(f"The data folder {path} cannot be used: {error.strerror}.") from error
    os.environ["DATA_DIR"] = str(path)
    print_line(f"Data: {path}")
    return path


def make_secret_key(data_dir):
    """Sees to a secret key that outlives restarts; settings.py reads the same file."""
    if os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE"):
        print_line("Secret key: from the environment")
        return
    path = data_dir / "secret-key"
    if path.exists() and path.stat().st_size:
        print_line(f"Secret key: {path}")
    else:
        # Written whole or not at all: half a key would be a weak one.
        fresh = path.with_suffix(f".{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))  # 64 characters
        fresh.replace(path)
        print_line(f"Secret key: made, in {path}")
    os.environ["SECRET_KEY_FILE"] = str(path)


def is_healthy(host, port):
    """True when the site says that it is well. It knows its own name only, so that is asked for."""
    name = urlsplit(os.environ.get("SITE_URL", "")).netloc or f"127.0.0.1:{port}"
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        connection = http.client.HTTPConnection(here, port, timeout=1)
        with contextlib.closing(connection):
            connection.request("GET", "/healthz", headers={"Host": name})
            return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


class Child:
    """One process of the site, in a session of its own: Ctrl-C in a terminal reaches only us."""

    def __init__(self, name, command):
        self.name, self.command, self.process = name, command, None
        self.due, self.pause = 0, 1  # when to start it, and how much later after a failure

    def start(self):
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, cwd=BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True)

    @property
    def code(self):
        """None while it runs, then its exit code as a shell would tell it."""
        code = self.process.poll()
        return 128 - code if code is not None and code < 0 else code

    def restart_if_ended(self):
        """Starts it where it does not run; later and later where it fails at once."""
        now = time.monotonic()
        if self.process and self.code is not None:
            if now - self.started > STABLE_AFTER_SECONDS:
                self.pause = 1
            print_line(f"{self.name}: ended (exit code {self.code}); next start in {self.pause} s.", sys.stderr)
            self.process, self.due, self.pause = None, now + self.pause, min(self.pause * 2, 60)
        if not self.process and now >= self.due:
            self.start()


def end_processes(children):
    """Asks processes to end, then makes them; leaves none behind, their own children included."""
    running = [child.process for child in children if child.process and child.code is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_TIMEOUT_SECONDS
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Site:
    """The processes of the site, from preparing to the end."""

    def __init__(self, host, port, dev):
        self.host, self.port = host, port
        self.stopping = False
        self.prepare = Child("Preparing", [*MANAGE, "prepare", *(["--skip-static"] if dev else [])])
        self.jobs = Child("Jobs", [*MANAGE, "runjobs"])
        runserver = [*MANAGE, "runserver", f"{host_in_url(host)}:{port}", *(["--ipv6"] if ":" in host else [])]
        self.web = Child("Web server", runserver if dev else GUNICORN)

    def stop(self, *_):
        self.stopping = True

    def run(self):
        """The exit code, after everything has ended."""
        try:
            self.prepare.start()
            while self.prepare.code is None and not self.stopping:
                time.sleep(POLL_SECONDS / 4)
            if self.stopping or self.prepare.code:
                return self.prepare.code or 0
            self.web.start()
            return self.supervise()
        finally:
            end_processes([self.web, self.jobs, self.prepare])
            if self.stopping:
                print_line("The site has ended.")

    def supervise(self):
        """Runs until told to stop (0) or until the web server ends (its exit code)."""
        answered = late = False
        while not self.stopping:
            if self.web.code is not None:
                print_line(f"{self.web.name}: ended (exit code {self.web.code}).", sys.stderr)
                return self.web.code
            if not answered and is_healthy(self.host, self.port):
                answered, site = True, os.environ["SITE_URL"].rstrip("/")
                print_line(f"The site is at {site}/ and its administration at {site}/admin/ (Ctrl-C ends it).")
            if not (answered or late) and time.monotonic() - self.web.started > SLOW_START_SECONDS:
                late = True
                print_line("The site does not answer yet; still waiting.", sys.stderr)
            # Jobs wait for the first answer: starting both at once would make it later.
            if answered or late:
                self.jobs.restart_if_ended()
            time.sleep(POLL_SECONDS)
        return 0


def read_environment(dev):
    """(host, port) after the environment is complete for the processes to come; StartRefused otherwise."""
    environ.Env.read_env(os.environ.get("ENV_FILE") or BASE_DIR / ".env")
    os.environ["PYTHONUNBUFFERED"] = "1"  # lines appear when they are written
    if dev:
        os.environ["DEBUG"] = "1"
    host, port = os.environ.get("HOST") or "127.0.0.1", read_number("PORT", 8000, 65535)
    read_number("WEB_CONCURRENCY", 2, 64)
    read_number("THREADS", 4, 64)
    check_address(host, port)
    if not os.environ.get("SITE_URL"):
        name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host_in_url(host))  # noqa: S104
        os.environ["SITE_URL"] = f"http://{name}" + (f":{port}" if port != 80 else "")
    return host, port


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m innerbloom.serve", description="Serves the website.")
    parser.add_argument("--dev", action="store_true", help="DEBUG on; reloads when code changes")
    options = parser.parse_args(arguments)
    try:
        host, port = read_environment(options.dev)
        make_secret_key(make_data_dir())
    except StartRefused as refusal:
        print_line(refusal, sys.stderr)
        return 2
    site = Site(host, port, options.dev)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), site.stop)
    return site.run()


if __name__ == "__main__":
    sys.exit(main())
