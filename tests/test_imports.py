"""The layering of the design, read from the imports themselves."""

import ast
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("model_server", "web", "deploy")

# Each row imports only what stands to its left; a name stands for the module and all below it.
ROWS = (
    (
        ("model_server.protocol",),
        ("model_server.attributes", "model_server.vocab"),
        ("model_server.engines",),
        ("model_server.recommender",),
        ("model_server.server",),
    ),
    (
        ("web.domain", "web.config"),
        ("web.stores", "web.schemas"),
        ("web.recommending",),
        ("web.api",),
        ("web", "web.wsgi"),  # create_app
    ),
)
TRAINING_ONLY = {
    *("tensorflow", "keras", "torch", "jax", "polars", "matplotlib", "tqdm"),
    *("implicit", "threadpoolctl"),
}
NOT_IN_WEB = TRAINING_ONLY | {"numpy", "scipy", "ai_edge_litert"}


def sources() -> dict[str, Path]:
    """Every module of ours with its file."""
    files = (file for package in PACKAGES for file in (REPOSITORY / package).rglob("*.py"))
    named = {".".join(f.relative_to(REPOSITORY).with_suffix("").parts): f for f in files}
    return {name.removesuffix(".__init__"): file for name, file in named.items()}


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imports_in(tree: ast.AST) -> Iterator[str]:
    """What a syntax tree imports, functions included; what only a type checker reads is left out.

    `from a import b` gives `a.b`, for b may be a module.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not is_type_checking(node):
            yield from imports_in(node)


def nearest(name: str, known: Iterable[str]) -> str:
    """The module that `name` is in: itself, or the longest known name above it, or its root."""
    while name not in known and "." in name:
        name = name.rpartition(".")[0]
    return name


SOURCES = sources()
GRAPH = {
    module: {nearest(name, SOURCES) for name in imports_in(ast.parse(file.read_text(), str(file)))}
    for module, file in SOURCES.items()
}


def reachable(module: str) -> set[str]:
    """Everything that importing `module` brings in, directly or not."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        for name in GRAPH.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def is_below(name: str, layer: Iterable[str]) -> bool:
    """Whether `name` is one of a layer or inside one; `web` itself has no inside."""
    return any(name == part or (part != "web" and name.startswith(f"{part}.")) for part in layer)


def modules_of(layer: Iterable[str]) -> list[str]:
    return [name for name in SOURCES if is_below(name, layer)]


def layers_with_what_is_right_of_them() -> list[tuple[str, list[str]]]:
    return [
        (name, [part for layer in row[place + 1 :] for part in layer])
        for row in ROWS
        for place, layer in enumerate(row)
        for name in layer
    ]


def test_every_layer_exists():
    assert [name for row in ROWS for layer in row for name in layer if name not in SOURCES] == []


@pytest.mark.parametrize(("layer", "right"), layers_with_what_is_right_of_them())
def test_a_layer_reaches_nothing_to_its_right(layer, right):
    reached = {name: reachable(name) for name in modules_of([layer])}
    wrong = {
        name: sorted(n for n in names if is_below(n, right)) for name, names in reached.items()
    }
    assert {name: names for name, names in wrong.items() if names} == {}


def test_no_module_reaches_itself():
    try:
        TopologicalSorter(GRAPH).prepare()
    except CycleError as error:
        pytest.fail(f"a ring of imports: {' -> '.join(error.args[1])}")


def test_web_imports_only_the_protocol_and_the_client_of_the_model_server():
    allowed = {"model_server.protocol", "model_server.client"}
    for module in modules_of(("web", *(name for name in SOURCES if name.startswith("web.")))):
        theirs = {name for name in GRAPH[module] if name.split(".")[0] == "model_server"}
        assert theirs <= allowed, module


def test_the_model_server_knows_nothing_of_web():
    for module in modules_of(["model_server"]):
        assert not any(is_below(name, ["web.", "web", "flask"]) for name in GRAPH[module]), module
        assert not any(name.startswith("web.") for name in GRAPH[module]), module


def test_web_reaches_no_numerics():
    for module in (name for name in SOURCES if name.split(".")[0] == "web"):
        roots = {name.split(".")[0] for name in reachable(module)}
        assert roots & NOT_IN_WEB == set(), module


def test_serving_reaches_nothing_that_only_training_needs():
    reached = reachable("model_server.server") | reachable("model_server.recommender")
    assert {name.split(".")[0] for name in reached} & TRAINING_ONLY == set()
    training = ["model_server.training", "model_server.evaluation", "model_server.data"]
    assert [name for name in reached if is_below(name, training)] == []


@pytest.mark.parametrize("part", ["engines", "tags", "popularity", "visitor.__main__"])
def test_an_artifact_is_measured_without_what_trains_it(part):
    reached = reachable(f"model_server.evaluation.{part}")
    assert {name.split(".")[0] for name in reached} & {"tensorflow", "keras"} == set()


def test_the_supervisor_imports_only_the_configurations_of_what_it_starts():
    allowed = {"web.config", "model_server.config", "deploy"}
    allowed.add("web.malformed")  # gunicorn's own error page, which only its settings can replace
    for module in modules_of(["deploy"]):
        ours = {name for name in GRAPH[module] if name.split(".")[0] in PACKAGES}
        assert all(is_below(name, allowed) for name in ours), module


def test_an_import_is_seen_wherever_it_stands():
    source = "import a.b\ndef f():\n    from c import d\nif TYPE_CHECKING:\n    import e\n"
    assert list(imports_in(ast.parse(source))) == ["a.b", "c.d"]
