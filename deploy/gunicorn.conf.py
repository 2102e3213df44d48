"""How gunicorn serves the web process, under the supervisor and in the container alike."""

import os
import signal
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]  # it ships no types

from deploy.leash import die_with_parent
from web.config import from_env
from web.malformed import write_problem

web = from_env(os.environ)
bind = f"[{web.host}]:{web.port}" if ":" in web.host else f"{web.host}:{web.port}"

worker_class = "gthread"
workers = 1  # the ranking is the model server's work; rate limits count in one process
threads = 64  # so many requests at once are all being served
preload_app = False  # a fork of a process that has used ZeroMQ hangs

timeout = 120  # a first start builds the index of the catalogue before the worker reports
graceful_timeout = 3  # every answer has a deadline far below; the supervisor kills after 8 s
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True  # nobody shall command the server through a file
limit_request_line = 8190  # a hundred genres and a hundred more to exclude fit
util.write_error = write_problem  # what is no HTTP is refused in the one shape of all errors


def post_fork(server: Any, worker: Any) -> None:
    """A worker does not outlive its master, even one that was killed."""
    die_with_parent(worker.ppid, signal.SIGKILL)
