"""What `make run` promises about its processes, on toy programs."""

import os
import signal
import urllib.request

import psutil
import pytest

from tests.deploy.conftest import SLEEPER
from tests.waiting import is_alive, wait_until

STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.pause()"


def test_the_address_is_printed_once_it_answers(start_stack):
    url = start_stack().url()
    assert urllib.request.urlopen(f"{url}/readyz", timeout=5).status == 200


def test_nothing_is_printed_while_nothing_answers(start_stack):
    deaf = start_stack(SLEEPER, SLEEPER)
    wait_until(lambda: len(deaf.children()) == 2, 5, "both programs run")
    os.kill(deaf.process.pid, signal.SIGTERM)
    assert deaf.process.communicate(timeout=10)[0] == ""


@pytest.mark.parametrize("name", ["web server", "model server"])
def test_a_killed_program_runs_again_within_two_seconds_however_often(start_stack, name):
    stack = start_stack()
    stack.url()
    for _ in range(7):  # beyond the number of tries that a start has
        victim = stack.child(name)
        victim.kill()
        wait_until(
            lambda old=victim: (stack.child(name) or old).pid != old.pid,
            2,
            f"{name} runs again",
        )


def test_the_other_program_is_left_alone(start_stack):
    stack = start_stack()
    stack.url()
    web, model = stack.child("web server"), stack.child("model server")
    model.kill()
    wait_until(lambda: stack.child("model server") not in (None, model), 2, "it runs again")
    assert is_alive(web)


def test_a_visitor_who_comes_during_a_restart_waits_and_is_served(start_stack):
    stack = start_stack()
    url = stack.url()
    victim = stack.child("web server")
    victim.kill()
    assert int(urllib.request.urlopen(url, timeout=5).read()) != victim.pid


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_with_status_0(start_stack, signum):
    stack = start_stack()
    stack.url()
    children = stack.children()
    os.kill(stack.process.pid, signum)
    assert stack.process.wait(timeout=10) == 0
    assert not any(map(is_alive, children))


def test_ctrl_c_that_reaches_the_whole_group_ends_everything_with_status_0(start_stack):
    stack = start_stack()
    stack.url()
    children = stack.children()
    os.killpg(stack.process.pid, signal.SIGINT)
    assert stack.process.wait(timeout=10) == 0
    assert not any(map(is_alive, children))


@pytest.mark.slow
def test_a_program_that_ignores_sigterm_is_gone_within_ten_seconds(start_stack):
    stack = start_stack(STUBBORN)
    stack.url()
    children = stack.children()
    os.kill(stack.process.pid, signal.SIGTERM)
    assert stack.process.wait(timeout=10) == 0
    assert not any(map(is_alive, children))


def test_no_program_outlives_a_killed_supervisor(start_stack):
    stack = start_stack()
    stack.url()
    children = stack.children()
    stack.process.kill()
    wait_until(lambda: not any(map(is_alive, children)), 5, "the children are gone")


def test_all_programs_are_in_the_supervisors_process_group_and_session(start_stack):
    stack = start_stack()
    stack.url()
    pids = [stack.process.pid, *(child.pid for child in stack.children())]
    assert len(pids) == 3
    assert {os.getpgid(pid) for pid in pids} == {stack.process.pid}
    assert {os.getsid(pid) for pid in pids} == {stack.process.pid}


def test_a_program_that_never_starts_ends_the_start_and_is_named(start_stack):
    stack = start_stack("raise SystemExit('no artifact')", SLEEPER)
    _, errors = stack.process.communicate(timeout=30)
    assert stack.process.returncode == 1
    assert "no artifact" in errors
    assert errors.splitlines()[-1] == "model server ended 5 times; its output says why"
    assert not psutil.pid_exists(stack.process.pid)
