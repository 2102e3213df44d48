"""What `make run` promises about its processes, on the real ones."""

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.end_to_end.stack import REPOSITORY, running
from tests.waiting import is_alive, wait_until

AT_ONCE = 64


def get(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return json.load(answer)


def test_one_line_is_printed_and_it_holds_the_address(stack):
    assert stack.output().splitlines() == [f"Marquee is ready on {stack.url} (Ctrl-C ends it)"]


def test_it_is_one_model_server_and_one_gunicorn_in_one_group_and_session(stack):
    programs = stack.everything()
    assert {os.getpgid(one.pid) for one in programs} == {stack.process.pid}
    assert {os.getsid(one.pid) for one in programs} == {stack.process.pid}
    served = [one for one in programs if "-m model_server" in " ".join(one.cmdline())]
    assert [one.pid for one in served] == [stack.model_server.pid]


@pytest.mark.parametrize("victim", ["model_server", "web"])
def test_whatever_dies_runs_again_within_two_seconds_and_serves_again(product, victim):
    dead = getattr(product, victim)
    workers = dead.children(recursive=True)
    dead.kill()
    wait_until(lambda: runs_anew(product, victim, dead.pid), 2, f"{victim} runs again")
    wait_until(lambda: not any(map(is_alive, workers)), 2, "nothing of the dead one is left")
    product.wait_until_ready()


def runs_anew(product, name, old_pid) -> bool:
    try:
        return getattr(product, name).pid != old_pid
    except StopIteration:
        return False


def test_a_killed_worker_is_replaced_within_two_seconds(product):
    [worker] = product.web.children()
    worker.kill()
    wait_until(lambda: {one.pid for one in product.web.children()} - {worker.pid}, 2, "a new one")
    product.wait_until_ready()


def test_sixty_four_requests_at_once_are_all_served(stack):
    gate = threading.Barrier(AT_ONCE)

    def ask(_):
        gate.wait()
        return get(f"{stack.url}/api/v1/recommendations")

    with ThreadPoolExecutor(AT_ONCE) as people:
        answers = list(people.map(ask, range(AT_ONCE)))
    assert [len(answer["movies"]) for answer in answers] == [24] * AT_ONCE


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_within_ten_seconds_with_status_0(product, signum):
    programs = product.everything()
    assert len(programs) >= 3
    os.kill(product.process.pid, signum)
    assert product.process.wait(timeout=10) == 0
    assert not any(map(is_alive, programs))


def test_nothing_outlives_a_killed_supervisor(product):
    programs = product.everything()
    product.process.kill()
    wait_until(lambda: not any(map(is_alive, programs)), 10, "everything is gone")


def test_two_of_them_in_one_state_folder_do_not_disturb_each_other(product, free_port):
    with running(product.state, free_port()) as second:
        assert get(f"{second.url}/api/v1/recommendations")["source"] == "model"
    product.wait_until_ready(1)
    assert get(f"{product.url}/api/v1/recommendations")["source"] == "model"


def run_with(**environ: str) -> subprocess.CompletedProcess[str]:
    """The supervisor, where it is expected to refuse."""
    return subprocess.run(
        [sys.executable, "-m", "deploy.run"],
        cwd=REPOSITORY,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_a_port_in_use_is_refused_by_name_before_anything_is_started(stack):
    port = stack.url.rpartition(":")[2]
    refused = run_with(PORT=port)
    assert refused.returncode == 1
    assert refused.stdout == ""
    [line] = refused.stderr.splitlines()
    assert line.startswith(f"marquee: port {port} on 127.0.0.1 is in use by another program; ")
    assert "make run PORT=" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("SESSION_URL", "mysql://x"), ("MODEL_URL", "tcp://127.0.0.1:5555")],
)
def test_a_bad_variable_is_refused_by_name_before_anything_is_started(name, value, free_port):
    refused = run_with(**{"PORT": str(free_port()), name: value})
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert line.startswith("marquee: ")
    assert name in line
