"""The trained networks of a protocol, where there are any."""

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol as Interface

from model_server.evaluation.movielens_1m.protocol import Protocol
from model_server.evaluation.movielens_1m.scorers import Scorer
from model_server.training.config import ROOT, from_env
from model_server.vocab import Vocab

LOADER = "model_server.training.benchmark"
KEPT = ROOT / "docs" / "results" / "networks"
COMMAND = "python -m model_server.training --protocol"


class TrainedScorer(Scorer, Interface):
    """A scorer that says which movies its indexes stand for."""

    @property
    def movies(self) -> Vocab: ...


def network_folder(environ: Mapping[str, str], name: str) -> Path:
    """Where the training of a protocol leaves its network: STATE_DIR/training/NAME."""
    return from_env(environ).state_dir / "training" / name


def describe_absence(environ: Mapping[str, str], name: str) -> str:
    """What to say where a protocol has no network."""
    folder = network_folder(environ, name)
    return f"there is no trained network under {folder}: `{COMMAND} {name}` trains one"


def find_networks(environ: Mapping[str, str], protocol: Protocol) -> dict[str, Scorer]:
    """The networks trained on a protocol by title, that of the folder NAME first.

    Those of other seeds lie beside it in folders NAME-SUFFIX and bear the suffix in their title.
    They are read from STATE_DIR/training or else from KEPT. Where there is none a line on stderr
    says how to train one. Raises ValueError for a network that was trained on other movies.
    """
    found: dict[str, Scorer] = {}
    for folder in _folders(environ, protocol.name):
        scorer = _load(folder)
        if scorer is None:
            continue
        if scorer.movies.fingerprint != protocol.movies.fingerprint:
            raise ValueError(f"{folder}: was trained on other movies than those of {protocol.name}")
        suffix = folder.name.removeprefix(protocol.name).removeprefix("-")
        found[f"{scorer.title}, {suffix}" if suffix else scorer.title] = scorer
    if not found:
        print(describe_absence(environ, protocol.name), file=sys.stderr)
    return found


def _folders(environ: Mapping[str, str], name: str) -> list[Path]:
    own = network_folder(environ, name).parent
    found = {
        folder.name: folder
        for root in (KEPT, own)
        for folder in (root / name, *root.glob(f"{name}-*"))
        if folder.is_dir()
    }
    return [found[folder] for folder in sorted(found)]


def _load(folder: Path) -> TrainedScorer | None:
    try:
        scorer: TrainedScorer = import_module(LOADER).load_scorer(folder)
    except FileNotFoundError as error:
        print(f"{folder} holds no whole network: {error}", file=sys.stderr)
        return None
    return scorer
