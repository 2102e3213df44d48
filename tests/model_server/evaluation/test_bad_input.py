"""What every part says when it is given nothing, or nothing it can use."""

import json

import numpy as np
import polars as pl
import pytest

from model_server.artifact import MANIFEST, save_catalogue, seal
from model_server.data.files import write_gzip_lines
from model_server.engines.base import Event, Query
from model_server.engines.fitting import fit_rates
from model_server.evaluation import __main__ as command
from model_server.evaluation.cases import read_people
from model_server.evaluation.compare import ask
from model_server.evaluation.rivals import fit_rivals
from model_server.evaluation.splits import split_people
from tests.model_server.evaluation.conftest import FILMS, corpus_of

NOBODY = np.zeros(0, dtype=np.int64)
PARTS = ["engines", "tags", "popularity"]
COLUMNS = {
    "person": pl.Int64,
    "position": pl.Int64,
    "movie_id": pl.Int32,
    "rating": pl.Float32,
    "timestamp": pl.Int64,
}


@pytest.fixture(params=PARTS)
def part(request):
    return request.param


@pytest.fixture
def ratings(tmp_path):
    """A folder that is to hold ratings."""
    folder = tmp_path / "ratings"
    folder.mkdir()
    return folder


@pytest.fixture
def evaluate(tmp_path, ratings, catalogue, monkeypatch, capsys):
    """Run a part on a toy artifact, which must fail; what it said is returned."""
    artifact, films = tmp_path / "artifact", tmp_path / "films"
    for folder in (artifact, films):
        folder.mkdir()
    save_catalogue(artifact, catalogue)
    seal(artifact, "toy-1", {"corpus": {}})
    write_gzip_lines(films / "movies.jsonl.gz", map(json.dumps, FILMS))
    monkeypatch.setenv("ARTIFACT", str(artifact))
    monkeypatch.setenv("CATALOGUE_DIR", str(films))
    monkeypatch.setenv("MARQUEE_DATA", str(ratings))

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["evaluate", *arguments, "--out", str(tmp_path / "out")])
        assert command.main() == 1
        assert not (tmp_path / "out").exists()
        return capsys.readouterr().err

    return run


def write_ratings(folder, people, movies=(10, 20)):
    rows = [
        f"{person},{movie},5,{time}"
        for person in range(1, 1 + people)
        for time, movie in enumerate(movies, start=1)
    ]
    (folder / "ratings.csv").write_text(
        "\n".join(["userId,movieId,rating,timestamp", *rows]) + "\n"
    )


def test_an_empty_table_of_events_is_named(evaluate, part, ratings):
    pl.DataFrame(schema=COLUMNS).write_parquet(ratings / "events.parquet")
    assert f"{ratings / 'events.parquet'}: has no events" in evaluate(part)


def test_an_empty_table_of_ratings_is_named(evaluate, part, ratings):
    write_ratings(ratings, people=0)
    assert f"{ratings / 'ratings.csv'}: has no ratings" in evaluate(part)


def test_a_folder_without_ratings_says_what_it_lacks(evaluate, part, ratings):
    assert f"{ratings}: is no corpus and holds none of" in evaluate(part)


def test_too_few_people_to_split_are_counted(evaluate, part, ratings):
    write_ratings(ratings, people=9)
    assert "a split needs at least 10 people, got 9" in evaluate(part)


def test_people_with_one_event_each_are_nobody_to_ask(evaluate, part, ratings):
    write_ratings(ratings, people=30, movies=(10,))
    assert "none of the 3 people liked two films or more" in evaluate(part)


def test_an_artifact_of_another_format_version_is_refused(evaluate, part, tmp_path):
    path = tmp_path / "artifact" / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), "format_version": 99}))
    assert f"{path}: format_version must be 2, got 99" in evaluate(part)


@pytest.mark.parametrize("count", ["0", "-3", "all"])
def test_a_number_of_people_that_is_none_is_refused(monkeypatch, capsys, count):
    monkeypatch.setattr("sys.argv", ["evaluate", "engines", f"--people={count}"])
    with pytest.raises(SystemExit):
        command.main()
    assert f"must be a number from 1, got '{count}'" in capsys.readouterr().err


def test_a_person_with_one_event_is_left_out_and_the_others_are_asked(catalogue):
    people = read_people(corpus_of([(10, 5)], [(10, 5), (20, 5)]), catalogue.movies, FILMS)
    assert [case.person for case in ask(people, [0, 1], catalogue)] == [1]


@pytest.mark.parametrize("people", [[], [NOBODY] * 3, [np.array([3])]], ids=len)
def test_baselines_of_people_who_liked_nothing_together_rate_finitely(people):
    rates = fit_rates(people, 8)
    for rate in rates.values():
        assert np.isfinite(rate((Event(3, True), Event(4, True)))).all()


def test_a_film_that_is_in_no_split_can_be_picked_and_ranked(catalogue, crowd):
    # nobody in the crowd rated 70 or 80, which have indexes 7 and 8
    people, split = read_people(crowd, catalogue.movies, FILMS), split_people(crowd.people)
    for engine in fit_rivals(people, split, catalogue):
        scores = engine.score([Query((Event(8, True),)), Query((Event(2, True),))]).movies
        assert np.isfinite(scores[:, 1:]).all()
        assert scores[1, 3] > scores[1, 8]  # 30, which people liked after 20
