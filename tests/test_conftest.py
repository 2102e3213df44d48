"""A skip is visible, and with MARQUEE_REQUIRE_ALL=1 a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
SKIPS = {
    "of a test": "import pytest\n@pytest.mark.skip(reason='no server')\ndef test_it(): pass",
    "of a file": "import pytest\npytest.skip('no server', allow_module_level=True)",
    "in a fixture": (
        "import pytest\n@pytest.fixture\ndef server(): pytest.skip('no server')\n"
        "def test_it(server): pass"
    ),
}
EXPECTED_FAILURE = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False"


def run(folder: Path, source: str, required: str) -> subprocess.CompletedProcess[str]:
    """Pytest on one file, with our conftest as a plugin."""
    (folder / "test_one.py").write_text(source)
    path = {"PYTHONPATH": str(REPOSITORY), "MARQUEE_REQUIRE_ALL": required}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "tests.conftest", "--rootdir", ".", "."],
        cwd=folder,
        env={**os.environ, **path},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("source", SKIPS.values(), ids=SKIPS)
def test_a_skip_passes_and_prints_its_reason(tmp_path, source):
    result = run(tmp_path, source, required="")
    assert result.returncode in (0, 5)  # 5: no test was left in the file
    assert "no server" in result.stdout


@pytest.mark.parametrize("source", SKIPS.values(), ids=SKIPS)
def test_a_skip_fails_where_everything_is_required(tmp_path, source):
    result = run(tmp_path, source, required="1")
    assert result.returncode not in (0, 5)
    assert "to be left out" in result.stdout
    assert "no server" in result.stdout


def test_an_expected_failure_stays_one_where_everything_is_required(tmp_path):
    assert run(tmp_path, EXPECTED_FAILURE, required="1").returncode == 0
