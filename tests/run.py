"""
Runs all tests that this machine can run: `make test`, or `python -m tests.run`.

Where there is a PostgreSQL, everything runs on it, and on SQLite what is marked `each_database`; where there
is none, everything runs on SQLite. Then follow the tests in a browser. Each part runs in as many processes as there
are processors, four at most.
Arguments go to pytest (-n0: one process). With STRICT=1 (CI) a part that could not run is a failure, and so is a
skipped test. The last line sums up: "N passed, N failed, N skipped".
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import psycopg2

from tests import programs

BASE_DIR = Path(__file__).resolve().parent.parent
STRICT = os.environ.get("STRICT", "") not in ("", "0")
PROCESSES = ["--numprocesses=auto", "--maxprocesses=4", "--dist=loadgroup"]
ROOM_IN_MEMORY = 4 * 2**30  # bytes
NO_TESTS = 5  # pytest's exit code where nothing was selected


@contextlib.contextmanager
def sqlite():
    """A database file of its own; tests/environ.py makes it, and removes it with its folder."""
    yield {}


@contextlib.contextmanager
def postgresql():
    """TEST_DATABASE_URL, or a throw-away PostgreSQL in a temporary folder."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield {"DATABASE_URL": url}
        return
    programs_dir = programs.postgresql()
    # PostgreSQL refuses to run as root.
    account = {}
    if os.geteuid() == 0:
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        user = names.get("postgres") or names["nobody"]
        account = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    with tempfile.TemporaryDirectory(prefix="innerbloom-pg-") as folder:
        if account:
            os.chown(folder, account["user"], account["group"])
        port, cluster = free_port(), Path(folder, "data")
        locale = "C.UTF-8" if sys.platform == "linux" else "C"
        initdb = [programs_dir / "initdb", f"--pgdata={cluster}", "--no-sync"]
        initdb += ["--username=postgres", "--auth=trust", "--encoding=UTF8", f"--locale={locale}"]
        subprocess.run(initdb, check=True, cwd="/", stdout=subprocess.DEVNULL, **account)
        options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            # Nothing here outlives the tests.
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        log = Path(folder, "log")
        with log.open("wb") as output:
            server = subprocess.Popen(
                [programs_dir / "postgres", "-D", cluster, *(f"--{n}={v}" for n, v in options.items())],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C ends the tests first, then this
                **account,
            )
        try:
            wait_for(server, port, log)
            yield {"DATABASE_URL": f"postgres://postgres@127.0.0.1:{port}/innerbloom"}
        finally:
            server.send_signal(signal.SIGINT)  # "fast": without waiting for connections
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def wait_for(server, port, log):
    """Returns when PostgreSQL answers; RuntimeError with its own words when it does not."""
    for _ in range(300):
        with contextlib.suppress(psycopg2.OperationalError):
            psycopg2.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


@contextlib.contextmanager
def browser():
    yield {"CHROMIUM": programs.chromium()}


def parts():
    """(name, what pytest selects, resources) of each part, in the order in which they run."""
    try:
        has_postgresql = os.environ.get("TEST_DATABASE_URL") or programs.postgresql()
    except programs.Missing:
        has_postgresql = False
    on_sqlite = "each_database and not browser" if has_postgresql else "not browser"
    return [
        ("PostgreSQL", "not browser", postgresql),
        ("SQLite", on_sqlite, sqlite),
        ("Browser", "browser", browser),
    ]


@dataclass
class Result:
    """What became of one part of the tests; `problem` says in words what is wrong with it."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    problem: str = ""
    fatal: bool = False

    @property
    def counts(self):
        return self.passed, self.failed, self.skipped

    def __str__(self):
        ran = "{} passed, {} failed, {} skipped".format(*self.counts) if any(self.counts) else ""
        words = "; ".join(filter(None, [ran, self.problem]))
        return f"{self.name:<15} {self.seconds:4.0f} s  {words}"


def fast_folder():
    """The environment for temporary files in memory, where there is some to spare: databases and pictures are many."""
    memory = Path("/dev/shm")  # noqa: S108  (what lies there has names of its own)
    has_room = os.access(memory, os.W_OK | os.X_OK) and shutil.disk_usage(memory).free > ROOM_IN_MEMORY
    return {"TMPDIR": str(memory)} if has_room and "TMPDIR" not in os.environ else {}


def run(name, expression, resources, arguments):
    """Runs one part with what it needs, and releases that again whatever happens."""
    print(f"\n=== {name} ===", flush=True)
    result, started = Result(name), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-m", expression, "-rfEs", *PROCESSES, f"--junitxml={report}"]
        command += arguments
        own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        try:
            with resources() as given:
                code = wait(subprocess.Popen(command, cwd=BASE_DIR, env={**own, **fast_folder(), **given}))
        except programs.Missing as reason:
            result.problem, result.fatal = f"could not run: {reason}", STRICT
        except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
            result.problem, result.fatal = f"could not run: {error}", True
        else:
            if report.exists():
                count(report, result)
            if code == NO_TESTS:
                result.problem, result.fatal = "no test selected", STRICT and not arguments
            elif code:
                result.problem, result.fatal = f"pytest's exit code {code}", True
            elif result.skipped and STRICT:
                result.problem, result.fatal = "skipped tests count as failures (STRICT)", True
    result.seconds = time.monotonic() - started
    return result


def wait(process):
    """Its exit code. When we are told to end, it may clean up first."""
    try:
        return process.wait()
    except BaseException as interruption:
        if not isinstance(interruption, KeyboardInterrupt):  # Ctrl-C reached pytest as well
            process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()
        raise


def count(report, result):
    """Adds up a JUnit report."""
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314  (pytest wrote it)
        result.failed += int(suite.get("failures")) + int(suite.get("errors"))
        result.skipped += int(suite.get("skipped"))
        result.passed += int(suite.get("tests"))
    result.passed = max(0, result.passed - result.failed - result.skipped)


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        results = [run(*part, arguments) for part in parts()]
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 128 + signal.SIGINT
    print("\n=== Summary ===", *results, sep="\n")
    passed, failed, skipped = (sum(column) for column in zip(*(r.counts for r in results), strict=True))
    if not passed + failed:
        print("No test ran.")
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return int(any(result.fatal for result in results) or not passed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
