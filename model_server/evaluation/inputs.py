"""What every evaluation reads: an artifact, and the people it is measured on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model_server.artifact import Artifact, ArtifactError, load_artifact
from model_server.config import ConfigError, from_env
from model_server.data.corpus import corpus_path, load_corpus
from model_server.data.errors import DataError
from model_server.data.files import read_gzip_lines
from model_server.evaluation.cases import People, read_people
from model_server.evaluation.splits import Split, split_people
from model_server.training.sequences import corpus_fingerprint

FILMS = Path("starter/catalogue/movies.jsonl.gz")
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


def read_inputs(environ: Mapping[str, str]) -> Inputs:
    """The inputs that ARTIFACT and MARQUEE_DATA name, or those of the starter."""
    artifact = load_artifact(from_env(environ).artifact)
    folder = corpus_path(environ)
    corpus = load_corpus(folder)
    split = split_people(corpus.people)
    films = [json.loads(line) for _, line in read_gzip_lines(FILMS)]
    people = read_people(corpus, artifact.catalogue.movies, films)
    is_own = artifact.manifest["corpus"]["fingerprint"] == corpus_fingerprint(corpus)
    return Inputs(artifact, people, split, folder, is_own)


def describe_command(module: str, environ: Mapping[str, str], arguments: list[str]) -> str:
    """The line that runs a module again on the same inputs."""
    names = [name for name in ("ARTIFACT", "MARQUEE_DATA") if environ.get(name)]
    variables = [f"{name}={environ[name]}" for name in names]
    return " ".join([*variables, f"python -m {module}", *arguments])
