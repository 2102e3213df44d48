import json
from pathlib import Path

import numpy as np
import pytest

from model_server.artifact import (
    ARRAYS,
    MANIFEST,
    ArtifactError,
    Catalogue,
    load_artifact,
    replacing,
    save_catalogue,
    seal,
)
from model_server.vocab import Vocab


def catalogue(movie_ids: list[int]) -> Catalogue:
    size = 1 + len(movie_ids)
    return Catalogue(
        movies=Vocab(np.array(movie_ids, dtype=np.int32)),
        tags=Vocab(np.array([7, 8], dtype=np.int32)),
        tag_names=np.array(["", "Action", "heist"]),
        is_genre=np.array([False, True, False]),
        tag_starts=np.array([0, 0, 2, *[2] * (size - 2)], dtype=np.int32),
        movie_tags=np.array([1, 2], dtype=np.int32),
        years=np.zeros(size, dtype=np.int32),
        ratings=np.zeros(size, dtype=np.float32),
        likes=np.zeros(size, dtype=np.int32),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_catalogue(tmp_path, catalogue([10, 20]))
    seal(tmp_path, "toy-1", {"epoch": 3})
    return tmp_path


def test_what_was_saved_is_loaded(folder: Path) -> None:
    artifact = load_artifact(folder)
    assert artifact.version == "toy-1"
    assert artifact.manifest["epoch"] == 3
    assert artifact.catalogue.movies.ids.tolist() == [10, 20]
    assert artifact.catalogue.tags_of(1) == (1, 2)
    assert artifact.catalogue.tags_of(2) == ()


def test_a_folder_without_a_manifest_is_no_artifact(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match=f"it has no {MANIFEST}"):
        load_artifact(tmp_path)


def test_a_manifest_that_is_not_json_is_refused(folder: Path) -> None:
    (folder / MANIFEST).write_text("{")
    with pytest.raises(ArtifactError, match="is not JSON"):
        load_artifact(folder)


def test_another_format_version_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, "format_version": 99}))
    with pytest.raises(ArtifactError, match="format_version must be 2, got 99"):
        load_artifact(folder)


def test_a_manifest_that_lacks_a_field_is_refused(folder: Path) -> None:
    (folder / MANIFEST).write_text(json.dumps({"format_version": 2, "version": "x"}))
    with pytest.raises(ArtifactError, match="lacks files, movies, tags"):
        load_artifact(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / ARRAYS).unlink()
    with pytest.raises(ArtifactError, match=f"lacks {ARRAYS}"):
        load_artifact(folder)


def test_an_altered_file_is_named(folder: Path) -> None:
    with (folder / ARRAYS).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ArtifactError, match=f"{ARRAYS} is not the file"):
        load_artifact(folder)


def test_a_vocabulary_of_another_training_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["movies"]["fingerprint"] = Vocab(np.array([20, 10], dtype=np.int32)).fingerprint
    (folder / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(ArtifactError, match=r"the movies are \w+, the manifest was written for"):
        load_artifact(folder)


def test_a_failed_replacement_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "artifact"
    with replacing(target) as draft:
        (draft / "name").write_text("old")

    def fail() -> None:
        with replacing(target) as draft:
            (draft / "name").write_text("new")
            raise ArtifactError("cut off")

    with pytest.raises(ArtifactError, match="cut off"):
        fail()
    assert (target / "name").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["artifact"]


def test_a_replacement_takes_the_place_of_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "artifact"
    for text in ("old", "new"):
        with replacing(target) as draft:
            (draft / "name").write_text(text)
    assert (target / "name").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["artifact"]
