"""The servers that some tests need, and what happens to a test whose server is absent."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
import redis

START_SECONDS = 20


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With MARQUEE_REQUIRE_ALL=1, as in CI, a test that would be skipped fails instead."""
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """The same for a file that leaves itself out."""
    return refuse_skip((yield))


def refuse_skip(report):
    """The report, failed if it was a skip and none is allowed; an expected failure stays one."""
    if report.skipped and not hasattr(report, "wasxfail") and requires_all():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"MARQUEE_REQUIRE_ALL=1, and this was to be left out: {reason}"
    return report


def requires_all() -> bool:
    """Whether a test that cannot run is a failure."""
    return os.environ.get("MARQUEE_REQUIRE_ALL") == "1"


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Gives TCP ports of 127.0.0.1 that nothing listens on, each once."""
    given: set[int] = set()

    def find() -> int:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port: int = probe.getsockname()[1]
        if port in given:
            return find()
        given.add(port)
        return port

    return find


@pytest.fixture(scope="session")
def redis_url(free_port, tmp_path_factory) -> Iterator[str]:
    """A real Redis, empty and without persistence, that this session has for itself."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    url = f"redis://127.0.0.1:{port}/0"
    try:
        wait_for_redis(url, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for_redis(url, log) -> None:
    """Return when Redis answers; fail with its log when it does not in time."""
    deadline = time.monotonic() + START_SECONDS
    with redis.Redis.from_url(url) as client:
        while time.monotonic() < deadline:
            try:
                client.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
    pytest.fail(f"redis-server did not answer within {START_SECONDS} s:\n{log.read_text()}")


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """A real Elasticsearch, started by `.ci/run` or by hand."""
    url = os.environ.get("MARQUEE_TEST_ELASTICSEARCH")
    if not url:
        pytest.skip("MARQUEE_TEST_ELASTICSEARCH names no Elasticsearch to test against")
    return url
