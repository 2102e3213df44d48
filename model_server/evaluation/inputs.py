"""What every evaluation reads: an artifact, and the people it is measured on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from model_server.artifact import Artifact, ArtifactError, load_artifact
from model_server.config import ConfigError, from_env
from model_server.data.corpus import load_corpus
from model_server.data.errors import DataError
from model_server.evaluation.cases import People, read_people
from model_server.evaluation.splits import SEED, Split, split_people
from model_server.training import config as training_config
from model_server.training import films
from model_server.training.sequences import corpus_fingerprint

IntArray = npt.NDArray[np.int64]

VARIABLES = ("ARTIFACT", "CATALOGUE_DIR", "MARQUEE_DATA")
UNUSABLE = (ArtifactError, ConfigError, DataError, ValueError)  # what `read_inputs` may raise


@dataclass(frozen=True, slots=True)
class Inputs:
    """An artifact, everyone's picks in its indexes, and the split of these people.

    folder: where the ratings are from. is_own: whether the artifact was trained on them, so that
    the split is the one that it was trained under.
    """

    artifact: Artifact
    people: People
    split: Split
    folder: Path
    is_own: bool

    @property
    def foreign(self) -> str:
        """The name of ratings that are not the artifact's own, for a page's name; "" of its own."""
        return "" if self.is_own else self.folder.resolve().name

    def group(self, name: str, people: int | None = None) -> IntArray:
        """The people of `validation` or `test`, or only the first so many of them."""
        groups = {"validation": self.split.validation, "test": self.split.test}
        return groups[name][:people]


def read_inputs(environ: Mapping[str, str]) -> Inputs:
    """The inputs that ARTIFACT, MARQUEE_DATA and CATALOGUE_DIR name, or those of the starter."""
    artifact, config = load_artifact(from_env(environ).artifact), training_config.from_env(environ)
    corpus = load_corpus(config.marquee_data)
    split = split_people(corpus.people)
    people = read_people(corpus, artifact.catalogue.movies, read_films(environ))
    learnt = {"fingerprint": corpus_fingerprint(corpus), "split_seed": SEED}
    is_own = artifact.manifest["corpus"] == learnt
    return Inputs(artifact, people, split, config.marquee_data, is_own)


def read_films(environ: Mapping[str, str]) -> list[dict[str, Any]]:
    """The films of the catalogue that CATALOGUE_DIR names, or of the starter."""
    return films.read_films(training_config.from_env(environ).catalogue_dir)


def describe_command(module: str, environ: Mapping[str, str], arguments: list[str]) -> str:
    """The line that runs a module again on the same inputs."""
    names = [name for name in VARIABLES if environ.get(name)]
    variables = [f"{name}={environ[name]}" for name in names]
    return " ".join([*variables, f"python -m {module}", *arguments])
