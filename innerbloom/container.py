"""
Starts one role of the site in a container: `python -m innerbloom.container ROLE`.

web       gunicorn; prepares the database first where RUN_MIGRATIONS=1 (never for several at once)
jobs      the runner of scheduled jobs
migrate   prepares the database (migrations, an administrator; starter texts only where STARTER=1) and ends
healthy   exit code 0 while the web server of this container answers
Anything else is a command of manage.py. Static files are part of the image.
"""

import os
import subprocess
import sys

from innerbloom.serve import BASE_DIR, GUNICORN, MANAGE, StartRefused, is_healthy, print_line, read_number


def preparation():
    """A clinic's own site begins with its own texts: starter texts are loaded only when asked for."""
    return [*MANAGE, "prepare", "--skip-static", *([] if os.environ.get("STARTER") == "1" else ["--skip-starter"])]


def command(role, arguments):
    """What this process becomes."""
    if role == "web":
        return GUNICORN
    if role == "migrate":
        return preparation()
    return [*MANAGE, "runjobs" if role == "jobs" else role, *arguments]


def main(role="web", *arguments):
    try:
        port = read_number("PORT", 8000, 65535)
        read_number("WEB_CONCURRENCY", 2, 64)
        read_number("THREADS", 4, 64)
    except StartRefused as refusal:
        print_line(refusal, sys.stderr)
        return 2
    if role == "healthy":
        return not is_healthy(os.environ.get("HOST") or "127.0.0.1", port)
    os.chdir(BASE_DIR)
    if role == "web" and os.environ.get("RUN_MIGRATIONS") == "1":
        subprocess.run(preparation(), check=True)
    becomes = command(role, arguments)
    # Not a child: signals reach the server itself, and the container ends when it does.
    os.execv(becomes[0], becomes)  # noqa: S606


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
