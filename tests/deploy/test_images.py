"""What the two images hold is enough to run, and to meet over tcp:// with the keys made for them.

Without Docker: the files that the Dockerfiles copy are put into two folders, and the images' own
entry points and commands are run there.
"""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.deploy.images import REPOSITORY, assemble, read_image
from tests.waiting import is_ready, wait_until

pytestmark = pytest.mark.slow
START_SECONDS = 180  # a first start builds the catalogue's index


@pytest.fixture
def start_container(tmp_path):
    """Starts an image's own command in a folder that holds what the image copies."""
    started = []

    def start(name: str, **environ: str) -> None:
        image, folder = read_image(name), tmp_path / name
        assemble(image, folder)
        inside = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            **image.environ,
            **environ,
        }
        with (tmp_path / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [*image.entrypoint, *image.command],
                cwd=folder,
                env={**inside, "STATE_DIR": str(tmp_path / f"{name}-state")},
                stdout=log,
                stderr=log,
            )
        started.append(process)

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=15)


def make_keys(folder: Path) -> dict[str, dict[str, str]]:
    """Run the one-shot service; the variables in the two files that it writes."""
    for end in ("web", "model_server"):
        (folder / end).mkdir(exist_ok=True)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    script = ["sh", "deploy/make_keys.sh", str(folder)]
    subprocess.run(script, cwd=REPOSITORY, env={"PATH": path}, check=True, timeout=30)
    files = {end: folder / end / "keys.env" for end in ("web", "model_server")}
    lines = {end: file.read_text().splitlines() for end, file in files.items()}
    return {end: dict(line.split("=") for line in found) for end, found in lines.items()}


def test_each_end_gets_its_own_secret_and_the_others_public_key(tmp_path):
    keys = make_keys(tmp_path)
    assert set(keys["web"]) == {"MODEL_CLIENT_SECRET", "MODEL_SERVER_PUBLIC"}
    assert set(keys["model_server"]) == {"MODEL_SERVER_SECRET", "MODEL_CLIENT_PUBLIC"}
    assert len({key for end in keys.values() for key in end.values()}) == 4


def test_keys_are_made_once_and_readable_by_their_owner_only(tmp_path):
    assert make_keys(tmp_path) == make_keys(tmp_path)
    for end in ("web", "model_server"):
        assert (tmp_path / end / "keys.env").stat().st_mode & 0o077 == 0


def test_a_command_without_a_keys_file_runs_as_it_is():
    script = ["sh", "deploy/with_keys.sh", "echo", "run"]
    environ = {"PATH": os.environ["PATH"]}
    result = subprocess.run(script, cwd=REPOSITORY, env=environ, capture_output=True, timeout=30)
    assert result.stdout == b"run\n"


def test_the_two_images_hold_enough_to_serve_a_page_of_films(tmp_path, free_port, start_container):
    make_keys(tmp_path)
    web_port, model_port = free_port(), free_port()
    start_container(
        "model_server",
        MODEL_URL=f"tcp://127.0.0.1:{model_port}",
        KEYS_FILE=str(tmp_path / "model_server" / "keys.env"),
    )
    start_container(
        "web",
        MODEL_URL=f"tcp://127.0.0.1:{model_port}",
        KEYS_FILE=str(tmp_path / "web" / "keys.env"),
        HOST="127.0.0.1",
        PORT=str(web_port),
    )
    url = f"http://127.0.0.1:{web_port}"
    logs = " and ".join(str(tmp_path / f"{name}.log") for name in ("web", "model_server"))
    wait_until(lambda: is_ready(url), START_SECONDS, f"web and model server have met; see {logs}")
    answer = urllib.request.urlopen(f"{url}/api/v1/recommendations", timeout=5).read()
    assert b'"source":"model"' in answer.replace(b" ", b"")
    assert b"<title>" in urllib.request.urlopen(url, timeout=5).read()
