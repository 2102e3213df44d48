"""The environment of the web process."""

from dataclasses import fields
from ipaddress import ip_network
from pathlib import Path

import pytest

from web.config import Config, ConfigError, from_env


def test_an_empty_environment_gives_the_defaults():
    assert from_env({}) == Config()


def test_an_empty_variable_counts_as_unset():
    assert from_env({"SESSION_URL": "", "PORT": ""}) == Config()


def test_the_stores_and_the_socket_stand_in_the_state_folder():
    config = from_env({"STATE_DIR": "/srv/marquee"})
    assert config.session_url == "sqlite:////srv/marquee/sessions.db"
    assert config.catalogue_url == "sqlite:////srv/marquee/catalogue.db"
    assert config.model_url == "ipc:///srv/marquee/model.sock"


def test_every_field_can_be_set_by_the_variable_of_its_name():
    environ = {
        "HOST": "0.0.0.0",
        "PORT": "8123",
        "STATE_DIR": "/s",
        "SESSION_URL": "redis://r:1/0",
        "CATALOGUE_URL": "elasticsearch://e:2",
        "CATALOGUE_DIR": "/c",
        "FRONTEND_DIR": "/f",
        "MODEL_URL": "tcp://m:3",
        "MODEL_CLIENT_SECRET": "ours",
        "MODEL_SERVER_PUBLIC": "theirs",
        "MODEL_TIMEOUT_MS": "5",
        "STORE_TIMEOUT_MS": "6",
        "POSTER_HOST": "https://p",
        "FRAME_HOST": "none",
        "ORIGIN": "https://marquee.example",
        "TRUSTED_PROXIES": "10.0.0.0/8, 192.168.1.1",
        "VISITOR_LIMIT": "7",
        "ADDRESS_LIMIT": "8",
        "PROMETHEUS_MULTIPROC_DIR": "/m",
        "LOG_LEVEL": "DEBUG",
    }
    assert {field.name.upper() for field in fields(Config)} == set(environ)
    assert from_env(environ) == Config(
        host="0.0.0.0",
        port=8123,
        state_dir=Path("/s"),
        session_url="redis://r:1/0",
        catalogue_url="elasticsearch://e:2",
        catalogue_dir=Path("/c"),
        frontend_dir=Path("/f"),
        model_url="tcp://m:3",
        model_client_secret="ours",
        model_server_public="theirs",
        model_timeout_ms=5,
        store_timeout_ms=6,
        poster_host="https://p",
        frame_host="none",
        origin="https://marquee.example",
        trusted_proxies=(ip_network("10.0.0.0/8"), ip_network("192.168.1.1")),
        visitor_limit=7,
        address_limit=8,
        prometheus_multiproc_dir="/m",
        log_level="DEBUG",
    )


def test_no_proxy_can_be_trusted():
    assert from_env({"TRUSTED_PROXIES": "none"}).trusted_proxies == ()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("MODEL_TIMEOUT_MS", "0"),
        ("STORE_TIMEOUT_MS", "-1"),
        ("VISITOR_LIMIT", "0"),
        ("ADDRESS_LIMIT", "many"),
        ("SESSION_URL", "mysql://x"),
        ("CATALOGUE_URL", "redis://x"),
        ("MODEL_URL", "http://x"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("LOG_LEVEL", "CHATTY"),
    ],
)
def test_a_bad_value_stops_the_start_and_names_its_variable(variable, value):
    with pytest.raises(ConfigError, match=variable):
        from_env({variable: value})


def test_the_secret_key_is_not_in_the_text_of_the_configuration():
    assert "hush" not in repr(from_env({"MODEL_CLIENT_SECRET": "hush"}))
