"""Waiting for a condition, never for a time."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import psutil
import pytest

STEP_SECONDS = 0.01


def wait_until(is_true: Callable[[], object], seconds: float, what: str) -> float:
    """Seconds it took until `is_true()`; fails the test after `seconds`."""
    started = time.monotonic()
    while not is_true():
        if time.monotonic() - started > seconds:
            pytest.fail(f"after {seconds} s still not true: {what}")
        time.sleep(STEP_SECONDS)
    return time.monotonic() - started


def is_ready(url: str) -> bool:
    """Whether `url`/readyz answers 200 now."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except (OSError, http.client.HTTPException):
        return False


def is_alive(process: psutil.Process) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
