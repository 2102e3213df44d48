"""The folder of one trained model: whole or absent, and checked when it is loaded."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from model_server.vocab import Vocab

FORMAT_VERSION = 2
MANIFEST, ARRAYS, NETWORK, WEIGHTS = "manifest.json", "arrays.npz", "network.tflite", "weights.npz"
BASELINES = "baselines.npz"

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]


class ArtifactError(Exception):
    """An artifact that is absent, incomplete, altered or of another format version."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What an artifact knows of every movie and tag, by index; row 0 is padding and empty.

    tag_names: (1 + tags,) str. is_genre: (1 + tags,) bool.
    movie_tags: tag indexes of all movies, one after the other; those of movie i are
    movie_tags[tag_starts[i]:tag_starts[i + 1]], its genres first.
    years: (1 + movies,) int, 0 if unknown. ratings: (1 + movies,) float, 0 to 10, NaN if unknown.
    likes: (1 + movies,) int, how many train people liked it.
    """

    movies: Vocab
    tags: Vocab
    tag_names: npt.NDArray[np.str_]
    is_genre: npt.NDArray[np.bool_]
    tag_starts: IntArray
    movie_tags: IntArray
    years: IntArray
    ratings: FloatArray
    likes: IntArray

    def tags_of(self, movie: int) -> tuple[int, ...]:
        """The tag indexes of a movie's index, its genres first."""
        start, end = self.tag_starts[movie : movie + 2]
        return tuple(self.movie_tags[start:end].tolist())


@dataclass(frozen=True, slots=True)
class Artifact:
    """A checked artifact. `manifest` holds the configuration and the validation metrics."""

    folder: Path
    manifest: Mapping[str, Any]
    catalogue: Catalogue

    @property
    def version(self) -> str:
        """The name under which answers are given, such as `lstm-3f2a9c01`."""
        return str(self.manifest["version"])

    def path(self, name: str) -> Path:
        """Where a file of the artifact lies."""
        return self.folder / name


def save_catalogue(folder: Path, catalogue: Catalogue) -> None:
    """Write the arrays of a catalogue into an artifact's folder."""
    np.savez_compressed(
        folder / ARRAYS,
        movie_ids=catalogue.movies.ids,
        tag_ids=catalogue.tags.ids,
        tag_names=catalogue.tag_names,
        is_genre=catalogue.is_genre,
        tag_starts=catalogue.tag_starts,
        movie_tags=catalogue.movie_tags,
        years=catalogue.years,
        ratings=catalogue.ratings,
        likes=catalogue.likes,
    )


def load_catalogue(folder: Path) -> Catalogue:
    """Read the arrays that `save_catalogue` wrote."""
    with np.load(folder / ARRAYS) as arrays:
        columns = {name: arrays[name] for name in arrays.files}
    movies, tags = Vocab(columns.pop("movie_ids")), Vocab(columns.pop("tag_ids"))
    return Catalogue(movies=movies, tags=tags, **columns)


def seal(folder: Path, version: str, details: Mapping[str, Any]) -> None:
    """Write the manifest over the files of a folder; without it the folder is no artifact."""
    catalogue = load_catalogue(folder)
    manifest = {
        "format_version": FORMAT_VERSION,
        "version": version,
        "movies": {"count": len(catalogue.movies), "fingerprint": catalogue.movies.fingerprint},
        "tags": {"count": len(catalogue.tags), "fingerprint": catalogue.tags.fingerprint},
        **details,
        "files": {
            path.name: file_digest(path) for path in sorted(folder.iterdir()) if _counts(path)
        },
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def load_artifact(folder: Path) -> Artifact:
    """Open an artifact, after checking its format, its vocabularies and the listed files' digests.

    Raises ArtifactError that names the folder and what is wrong with it.
    """
    manifest = _read_manifest(folder)
    for name, expected in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise ArtifactError(f"{folder} lacks {name}, which its manifest lists")
        if file_digest(path) != expected:
            raise ArtifactError(f"{path} is not the file that the manifest was written for")
    catalogue = load_catalogue(folder)
    for kind, vocab in (("movies", catalogue.movies), ("tags", catalogue.tags)):
        if vocab.fingerprint != manifest[kind]["fingerprint"]:
            raise ArtifactError(
                f"{folder}: the {kind} are {vocab.fingerprint}, "
                f"the manifest was written for {manifest[kind]['fingerprint']}"
            )
    return Artifact(folder, manifest, catalogue)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of `folder` when the block ends without an error."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        draft.chmod(0o755)
        yield draft
        retired = draft.with_name(draft.name + "-old")
        if folder.exists():
            os.replace(folder, retired)
        os.replace(draft, folder)
        shutil.rmtree(retired, ignore_errors=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise ArtifactError(f"{folder} is no artifact: it has no {MANIFEST}")
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ArtifactError(f"{path} is not JSON: {error}") from error
    found = manifest.get("format_version") if isinstance(manifest, dict) else None
    if found != FORMAT_VERSION:
        raise ArtifactError(f"{path}: format_version must be {FORMAT_VERSION}, got {found!r}")
    missing = {"version", "movies", "tags", "files"} - set(manifest)
    if missing:
        raise ArtifactError(f"{path} lacks {', '.join(sorted(missing))}")
    return manifest


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _counts(path: Path) -> bool:
    return path.suffix in {".npz", ".tflite"}
