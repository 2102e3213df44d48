"""The environment of the model server, read once and checked at once."""

from pathlib import Path

import pytest

from model_server.config import Config, ConfigError, from_env

SECRET, PUBLIC = "ab" * 32, "cd" * 32


def test_an_empty_environment_gives_the_defaults():
    config = from_env({})
    assert config == Config()
    assert config.model_url == "ipc://var/model.sock"
    assert config.artifact.parts[-2:] == ("starter", "artifact")
    assert config.keys is None


def test_an_empty_variable_counts_as_unset():
    assert from_env({"MODEL_URL": "", "STATE_DIR": "", "LOG_LEVEL": ""}) == Config()


def test_every_field_is_read_from_the_variable_of_its_name():
    environ = {
        "ARTIFACT": "/models/a",
        "STATE_DIR": "/state",
        "MODEL_URL": "tcp://127.0.0.1:5555",
        "MODEL_SERVER_SECRET": SECRET,
        "MODEL_CLIENT_PUBLIC": PUBLIC,
        "LOG_LEVEL": "DEBUG",
    }
    url = "tcp://127.0.0.1:5555"
    expected = Config(Path("/models/a"), Path("/state"), url, SECRET, PUBLIC, "DEBUG")
    assert from_env(environ) == expected
    assert (expected.keys.secret, expected.keys.peer_public) == (SECRET, PUBLIC)


def test_the_socket_lies_in_the_state_folder():
    assert from_env({"STATE_DIR": "/state"}).model_url == "ipc:///state/model.sock"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"MODEL_URL": "http://127.0.0.1"}, "MODEL_URL"),
        ({"MODEL_URL": "tcp://127.0.0.1:5555"}, "MODEL_URL.*CURVE keys"),
        ({"MODEL_URL": "tcp://*:5555"}, "MODEL_URL"),
        ({"STATE_DIR": "/" + "x" * 120}, "MODEL_URL.*at most 107 bytes"),
        ({"MODEL_SERVER_SECRET": SECRET}, "MODEL_SERVER_SECRET, MODEL_CLIENT_PUBLIC"),
        ({"MODEL_CLIENT_PUBLIC": PUBLIC}, "MODEL_SERVER_SECRET, MODEL_CLIENT_PUBLIC"),
        ({"MODEL_SERVER_SECRET": "short", "MODEL_CLIENT_PUBLIC": PUBLIC}, "MODEL_SERVER_SECRET"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    ],
)
def test_a_value_that_cannot_be_meant_stops_the_start_and_is_named(environ, named):
    with pytest.raises(ConfigError, match=named):
        from_env(environ)


def test_a_secret_is_not_printed():
    assert SECRET not in repr(Config(model_server_secret=SECRET, model_client_public=PUBLIC))
