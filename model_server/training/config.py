"""Everything about a training that its environment decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model_server.data.corpus import corpus_path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Config:
    """Where ratings and films are read and where checkpoints and the artifact go.

    marquee_data: a corpus, or a folder that holds one. catalogue_dir: the films and tags.
    """

    marquee_data: Path
    catalogue_dir: Path = ROOT / "starter" / "catalogue"
    state_dir: Path = Path("var")


def from_env(environ: Mapping[str, str]) -> Config:
    """The configuration that an environment gives; an empty variable counts as unset."""
    names = ("catalogue_dir", "state_dir")
    given = {name: Path(value) for name in names if (value := environ.get(name.upper(), ""))}
    return Config(corpus_path(environ), **given)
