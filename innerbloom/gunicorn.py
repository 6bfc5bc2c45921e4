"""
How gunicorn serves the site: `gunicorn --config python:innerbloom.gunicorn innerbloom.wsgi`.

Everything comes from the environment; `innerbloom.serve` checks the values first.
"""

import os

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"

bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = int(os.environ.get("THREADS") or 4)
# Requests under way may finish; the sum stays below the ten seconds that `docker stop` grants.
graceful_timeout = 6  # seconds
# A heartbeat file on a slow disk stalls a worker; /dev/shm is memory.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Two sites of one user would otherwise share one socket in the home directory.
control_socket_disable = True
# A warning about a request that is none writes the words in it, which may be somebody's search.
loglevel = "error"
