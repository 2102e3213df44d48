"""The servers as they run in use, with embedded stores in a folder of their own."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measuring import REPOSITORY

START_SECONDS = 120
MODEL_SERVER = ("-m", "model_server")
NOTHING_SERVER = ("-m", "tests.benchmarks.answering_nothing")
WEB = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "web.wsgi:app")
API = "/api/v1"


def environment(state_dir: Path, port: int) -> dict[str, str]:
    """Like `make run`, in `state_dir`; without a rate limit, for one visitor asks very often."""
    limits = {"VISITOR_LIMIT": "1000000", "ADDRESS_LIMIT": "1000000"}
    where = {"STATE_DIR": str(state_dir), "HOST": "127.0.0.1", "PORT": str(port)}
    return {**os.environ, **where, **limits, "LOG_LEVEL": "INFO"}


def free_port() -> int:
    """A TCP port of this machine that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def started(
    command: tuple[str, ...], environ: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """A process of ours; its log goes into STATE_DIR. It is ended with the block."""
    log = Path(environ["STATE_DIR"]) / f"{command[1].rpartition('.')[2]}.log"
    with log.open("a") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            env=dict(environ),
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=20)


@contextmanager
def model_server(command: tuple[str, ...], environ: Mapping[str, str]) -> Iterator[int]:
    """A model server that is ready; gives its process id."""
    with started(command, environ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("ready "):
            raise RuntimeError(f"the model server did not start; see {environ['STATE_DIR']}")
        yield process.pid


@contextmanager
def stack(command: tuple[str, ...], state_dir: Path) -> Iterator[tuple[int, int]]:
    """A model server and gunicorn, both ready: the first's process id, the second's port."""
    port = free_port()
    environ = environment(state_dir, port)
    with model_server(command, environ) as process_id, started(WEB, environ):
        _wait_until_ready(port)
        yield process_id, port


class Visitor:
    """One browser: a connection that is kept and a cookie."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Content-Type": "application/json"}

    def like(self, movie_id: int) -> None:
        """One click."""
        event = {"action": "like", "kind": "movie", "id": movie_id}
        self._ask("POST", f"{API}/session/events", json.dumps(event))

    def recommendations(self) -> str:
        """The list of 24 films; gives its `source`."""
        answer = json.loads(self._ask("GET", f"{API}/recommendations"))
        if len(answer["movies"]) != 24:
            raise RuntimeError(f"a list must hold 24 movies, got {len(answer['movies'])}")
        return str(answer["source"])

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> bytes:
        self._connection.request(method, path, body, self._headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{method} {path}: {response.status} {content[:200]!r}")
        if cookie := response.headers["Set-Cookie"]:
            self._headers["Cookie"] = cookie.partition(";")[0]
        return content


def _wait_until_ready(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass  # not listening yet
        finally:
            connection.close()
        time.sleep(0.1)
    raise RuntimeError(f"web was not ready within {START_SECONDS} s")
