import json

import pytest

from model_server.artifact import load_artifact, save_catalogue, seal
from model_server.data.files import write_gzip_lines
from model_server.evaluation.inputs import describe_command, read_inputs
from model_server.evaluation.splits import SEED
from model_server.training.sequences import corpus_fingerprint
from tests.model_server.evaluation.conftest import FILMS, TWIN_OF_10, corpus_of

RATINGS = [[(TWIN_OF_10, 5.0), (20, 2.0)]] * 10


@pytest.fixture
def environ(tmp_path, catalogue):
    """An artifact, a catalogue of films and ten people's ratings, each in its folder."""
    folders = {
        name: tmp_path / name.lower() for name in ("ARTIFACT", "CATALOGUE_DIR", "MARQUEE_DATA")
    }
    for folder in folders.values():
        folder.mkdir()
    write_gzip_lines(folders["CATALOGUE_DIR"] / "movies.jsonl.gz", map(json.dumps, FILMS))
    rows = [
        f"{person},{movie_id},{rating},{place}"
        for person, pairs in enumerate(RATINGS, start=1)
        for place, (movie_id, rating) in enumerate(pairs, start=1)
    ]
    text = "\n".join(["userId,movieId,rating,timestamp", *rows]) + "\n"
    (folders["MARQUEE_DATA"] / "ratings.csv").write_text(text)
    save_catalogue(folders["ARTIFACT"], catalogue)
    return {name: str(folder) for name, folder in folders.items()}


@pytest.fixture
def inputs_of(environ, tmp_path):
    def read(**corpus):
        seal(tmp_path / "artifact", "toy-1", {"corpus": corpus})
        return read_inputs(environ)

    return read


OWN = {"fingerprint": corpus_fingerprint(corpus_of(*RATINGS)), "split_seed": SEED}


def test_the_three_folders_are_those_of_the_environment(inputs_of, environ, tmp_path):
    inputs = inputs_of(**OWN)
    assert inputs.artifact.folder == load_artifact(tmp_path / "artifact").folder
    assert str(inputs.folder) == environ["MARQUEE_DATA"]
    # the catalogue says that the film has a second id, under which the artifact knows it
    assert [likes.tolist() for likes in inputs.people.likes([0])] == [[1]]


def test_everyone_is_in_the_split(inputs_of):
    split = inputs_of(**OWN).split
    assert (len(split.train), len(split.validation), len(split.test)) == (8, 1, 1)


def test_ratings_and_seed_of_the_training_are_the_artifacts_own(inputs_of):
    assert inputs_of(**OWN).is_own


def test_other_ratings_are_not_its_own(inputs_of):
    assert not inputs_of(**{**OWN, "fingerprint": "0" * 16}).is_own


def test_ratings_that_were_split_otherwise_are_not_its_own(inputs_of):
    assert not inputs_of(**{**OWN, "split_seed": SEED + 1}).is_own


def test_a_command_names_the_variables_that_were_set():
    environ = {"MARQUEE_DATA": "../data", "ARTIFACT": "", "HOME": "/root"}
    assert describe_command("model_server.evaluation", environ, ["--split", "test"]) == (
        "MARQUEE_DATA=../data python -m model_server.evaluation --split test"
    )
