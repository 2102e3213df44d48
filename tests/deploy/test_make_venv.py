"""Finding Python 3.11 on a machine, under the names that it goes by."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "deploy" / "make_venv.sh"
BASE_PYTHON = Path(sys.base_prefix) / "bin" / "python3.11"
ELSE = "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.9.2' && exit 0\nexit 1\n"


def run_with(folder: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """The script with nothing on its path but `folder` and the one tool that it needs."""
    (folder / "rm").symlink_to("/bin/rm")
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), str(target)],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def add(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content)
    (folder / name).chmod(0o755)


@pytest.mark.parametrize("name", ["python3.11", "python3", "python"])
def test_python_3_11_is_found_under_any_of_its_names(folder, tmp_path, name):
    add(folder, name, f'#!/bin/sh\nexec {BASE_PYTHON} "$@"\n')
    run = run_with(folder, tmp_path / "venv")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "venv" / "bin" / "python").exists()


def test_a_name_that_does_not_run_is_passed_over(folder, tmp_path):
    add(folder, "python3.11", "#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    add(folder, "python3", f'#!/bin/sh\nexec {BASE_PYTHON} "$@"\n')
    assert run_with(folder, tmp_path / "venv").returncode == 0


def test_another_python_is_refused_with_what_was_found_and_what_is_needed(folder, tmp_path):
    add(folder, "python3", ELSE)
    run = run_with(folder, tmp_path / "venv")
    assert run.returncode == 1
    assert run.stderr == (
        "marquee: Python 3.11 is needed, as python3.11 or python3; found: Python 3.9.2.\n"
    )


def test_no_python_at_all_is_said(folder, tmp_path):
    run = run_with(folder, tmp_path / "venv")
    assert run.returncode == 1
    assert "found: no python3 at all" in run.stderr


def test_a_python_without_its_venv_part_is_explained_and_leaves_nothing(folder, tmp_path):
    half = '#!/bin/sh\n[ "$2" = venv ] && /bin/mkdir "$3" && exit 1\nexit 0\n'
    add(folder, "python3", half)
    run = run_with(folder, tmp_path / "venv")
    assert run.returncode == 1
    assert "python3.11-venv" in run.stderr
    assert not (tmp_path / "venv").exists()
