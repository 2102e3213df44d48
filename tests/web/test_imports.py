"""Which module may import which, as the design lays them out."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
MODULES = sorted(WEB.rglob("*.py"))
# A module imports those of its own row and of the rows above.
ROWS = [
    ["domain", "config", "text", "breaker", "limits", "parsing"],
    ["picks", "searching", "visitors", "headers"],
    ["namebook", "catalogue.people", "catalogue.source", "fetching"],
    ["tagbook"],
    ["stores"],
    ["schemas", "recommendation_schemas", "search_schemas", "drawing"],
    ["dumping", "images", "files"],
    ["recommending", "popular", "wishes", "finding"],
    ["metrics"],
    ["services", "operation"],
    ["page", "document"],
    ["errors", "api"],
    [""],
    ["wsgi", "openapi", "catalogue", "malformed"],
]


def name_of(path: Path) -> str:
    """`web/api/session.py` is `api.session`, `web/__init__.py` is ``."""
    parts = path.relative_to(WEB).with_suffix("").parts
    return ".".join(part for part in parts if part not in ("__init__", "__main__"))


def row_of(module: str) -> int:
    """The row of a module: of its own name, or else of the package it stands in."""
    for row, names in enumerate(ROWS):
        if module in names:
            return row
    return row_of(module.rpartition(".")[0]) if "." in module else pytest.fail(f"no row: {module}")


def imports(path: Path) -> list[str]:
    """Every module that a file imports, by its full name."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def is_module(name: str) -> bool:
    path = WEB.parent / name.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_from_its_own_row_or_above(path):
    for full in imports(path):
        if full == "web" or full.startswith("web."):
            module = full if is_module(full) else full.rpartition(".")[0]
            target = module.removeprefix("web").removeprefix(".")
            assert row_of(target) <= row_of(name_of(path)), f"{path.name} imports {full}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_of_the_model_server_the_wire_alone_is_imported(path):
    for full in imports(path):
        if full.startswith("model_server"):
            assert full.split(".")[1] in ("protocol", "client"), f"{path.name} imports {full}"


def test_the_web_process_holds_no_tensorflow_and_no_numpy():
    program = (
        "import sys, web, web.openapi; "
        "print([name for name in ('tensorflow', 'keras', 'numpy', 'polars', 'scipy')"
        " if name in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert printed.stdout == "[]\n"
