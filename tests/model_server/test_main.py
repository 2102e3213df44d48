"""`python -m model_server` as people start it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from model_server.__main__ import key_pairs, main
from model_server.client import ModelClient
from model_server.config import from_env
from model_server.protocol import Keys

REPOSITORY = Path(__file__).parents[2]


def test_a_start_without_an_artifact_says_so_and_leaves_no_socket(tmp_path):
    with pytest.raises(SystemExit, match=r"cannot start: .* is no artifact"):
        main([], {"ARTIFACT": str(tmp_path), "STATE_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_a_start_with_a_bad_variable_names_it():
    with pytest.raises(SystemExit, match="cannot start: MODEL_URL"):
        main(["serve"], {"MODEL_URL": "http://127.0.0.1"})


def test_the_exit_status_of_a_failed_start_is_not_zero(tmp_path):
    environ = {**os.environ, "ARTIFACT": str(tmp_path)}
    command = [sys.executable, "-m", "model_server"]
    done = subprocess.run(command, env=environ, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_the_keys_that_are_made_open_both_ends(recommender, run_server, capsys):
    main(["keys"], {})
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("#")]
    made = dict(line.split("=") for line in lines)
    url = "tcp://127.0.0.1:0"
    keys = from_env({"MODEL_URL": url, **made}).keys
    theirs = Keys(made["MODEL_CLIENT_SECRET"], made["MODEL_SERVER_PUBLIC"])
    with run_server(url, recommender.answer, keys) as server:
        assert ModelClient(server.address, 10_000, theirs).probe().model == "toy-1"


def test_keys_are_new_each_time():
    assert key_pairs() != key_pairs()
