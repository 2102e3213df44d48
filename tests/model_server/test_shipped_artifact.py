"""What is promised to visitors, held on the very artifact that a fresh clone serves."""

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from model_server.artifact import load_artifact
from model_server.attributes import Attributes
from model_server.client import ModelClient
from model_server.config import from_env
from model_server.engines.base import Event, Query
from model_server.engines.registry import Registry, offers_of
from model_server.protocol import MAX_REASONS, Filters, Pick, Recommend, Similar, Tuning, Why
from model_server.recommender import Recommender

REPOSITORY = Path(__file__).parents[2]
ENGINES = ("lstm", "popular", "item_knn", "rules", "ease", "als")
MOST_RESIDENT_MB = 250
SEED = 2026


@pytest.fixture(scope="module")
def artifact():
    return load_artifact(from_env(os.environ).artifact)


@pytest.fixture(scope="module")
def registry(artifact):
    return Registry(offers_of(artifact))


@pytest.fixture(scope="module")
def recommender(artifact, registry):
    return Recommender(artifact.catalogue, registry, artifact.version)


@pytest.fixture(scope="module")
def anew(artifact):
    """A recommender that has not been asked anything, and so carries nothing."""
    return lambda: Recommender(artifact.catalogue, Registry(offers_of(artifact)), artifact.version)


@pytest.fixture(scope="module")
def attributes(artifact):
    return Attributes(artifact.catalogue)


@pytest.fixture(scope="module")
def popular(artifact) -> list[int]:
    """Indexes of movies, the most liked first."""
    return (1 + np.argsort(-artifact.catalogue.likes[1:], kind="stable")).tolist()


@pytest.fixture(scope="module")
def log_shares(registry):
    """The log of the softmax over all movies after each query: (queries, 1 + movies)."""

    def compute(queries):
        scores = registry.network.score(queries).movies.astype(np.float64)
        scores[:, 0] = -np.inf
        return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)

    return compute


def sessions(artifact, k: int) -> list[Recommend]:
    """Random visitors: picks of every kind, movies seen, filters, sliders, pages."""
    dice = random.Random(SEED)
    movies = [*artifact.catalogue.movies.ids.tolist(), 2**31 - 1]
    tags = [*artifact.catalogue.tags.ids.tolist(), 2**31 - 1]
    genres = artifact.catalogue.tags.ids[np.flatnonzero(artifact.catalogue.is_genre) - 1].tolist()

    def pick() -> Pick:
        if dice.random() < 0.25:
            return Pick("tag", dice.choice(tags), dice.random() < 0.7)
        own_tags = tuple(dice.sample(tags, 3))
        return Pick("movie", dice.choice(movies[:3000]), dice.random() < 0.7, own_tags)

    def filters() -> Filters:
        return Filters(
            decades=tuple(dice.sample(range(1950, 2030, 10), dice.randint(0, 2))),
            year_from=dice.choice([None, None, 1970]),
            rating_min=dice.choice([None, None, 6.5]),
            genres=tuple(dice.sample(genres, dice.randint(0, 1))),
            exclude_genres=tuple(dice.sample(genres, dice.randint(0, 1))),
        )

    def tuning() -> Tuning:
        dislikes = dice.choice(["ignore", "normal", "strong"])
        return Tuning(dice.randint(-2, 2), dice.randint(-2, 2), dislikes)

    return [
        Recommend(
            picks=tuple(pick() for _ in range(dice.choice([0, 1, 2, 5, 40]))),
            seen=tuple(dice.sample(movies, dice.choice([0, 3, 3000]))),
            filters=dice.choice([Filters(), filters()]),
            tuning=dice.choice([Tuning(), tuning()]),
            limit=dice.choice([1, 24, 100]),
            offset=dice.choice([0, 0, 24, 500]),
            engine=engine,
        )
        for engine in ENGINES
        for _ in range(k)
    ]


def uses(catalogue):
    """How many movies carry each tag: (1 + tags,)."""
    return np.bincount(catalogue.movie_tags, minlength=1 + len(catalogue.tags))


def test_every_engine_is_in_the_artifact(registry):
    assert tuple(info.name for info in registry.infos) == ENGINES
    assert registry.infos[0].is_default


def test_more_than_ten_thousand_films_can_be_recommended(recommender):
    (answer,) = recommender.answer([Recommend()])
    assert answer.matching >= 10_000


def test_no_list_breaks_a_promise(artifact, recommender, attributes):
    catalogue = artifact.catalogue
    for request in sessions(artifact, k=40):
        (answer,) = recommender.answer([request])
        said = {pick.id for pick in request.picks if pick.kind == "movie"} | set(request.seen)
        allowed = attributes.matching(request.filters).copy()
        allowed[catalogue.movies.known(said)] = False
        avoids = request.tuning.dislikes != "ignore"
        for pick in request.picks:
            if avoids and pick.kind == "tag" and not pick.liked:
                allowed &= ~attributes.carrying(catalogue.tags.index(pick.id) or -1)
        listed = [movie.id for movie in answer.movies]
        assert len(set(listed)) == len(listed)
        assert all(allowed[catalogue.movies.index(movie)] for movie in listed)
        assert answer.matching == np.count_nonzero(allowed)
        assert len(listed) == max(0, min(request.limit, answer.matching - request.offset))
        picked_tags = {pick.id for pick in request.picks if pick.kind == "tag"}
        assert len({tag.id for tag in answer.tags} - picked_tags) == 24


def test_an_answer_does_not_depend_on_what_was_asked_before_or_beside(artifact, anew):
    requests = sessions(artifact, k=8)
    together = anew().answer(requests)
    carrying = anew()
    for request in requests:  # click by click, as a visitor does
        for picks in range(len(request.picks)):
            carrying.answer([Recommend(request.picks[:picks], engine=request.engine)])
    for request, answer in zip(requests, together, strict=True):
        assert carrying.answer([request]) == [answer]


def test_the_order_of_picks_counts(artifact, recommender, popular):
    picks = [
        Pick("movie", int(artifact.catalogue.movies.public([m])[0]), True) for m in popular[:6]
    ]
    there, back = recommender.answer([Recommend(tuple(picks)), Recommend(tuple(reversed(picks)))])
    assert [movie.id for movie in there.movies] != [movie.id for movie in back.movies]


def test_a_dislike_lowers_what_is_near_the_disliked_movie(
    artifact, recommender, popular, log_shares
):
    catalogue, drops = artifact.catalogue, []
    for before, disliked in zip(popular[:40], popular[40:80], strict=True):
        (near,) = recommender.answer(
            [Similar(int(catalogue.movies.public([disliked])[0]), limit=10)]
        )
        neighbours = catalogue.movies.known(near.movies)
        liked = Event(before, True)
        queries = [Query((liked,)), Query((liked, Event(disliked, False)))]
        without, after = log_shares(queries)[:, neighbours].mean(axis=1)
        drops.append(without - after)
    assert np.mean(drops) > 0.1
    assert np.mean(np.array(drops) > 0) >= 0.7


def test_a_dislike_clears_the_page_of_what_is_near_the_disliked_movie(
    artifact, recommender, popular
):
    dice, ids = random.Random(SEED), artifact.catalogue.movies.public(popular).tolist()
    before, after = [], []
    for first in range(20):  # three likes, then a movie of the page
        likes = tuple(Pick("movie", movie, True) for movie in ids[first : first + 60 : 20])
        (page,) = recommender.answer([Recommend(likes)])
        disliked = dice.choice(page.movies).id
        (near,) = recommender.answer([Similar(disliked, limit=10)])
        (later,) = recommender.answer([Recommend((*likes, Pick("movie", disliked, False)))])
        before.append(len(set(near.movies) & {movie.id for movie in page.movies}))
        after.append(len(set(near.movies) & {movie.id for movie in later.movies}))
    assert sum(after) <= 0.9 * sum(before)


def test_a_like_raises_what_is_near_the_liked_movie(artifact, recommender, popular, log_shares):
    catalogue, rises = artifact.catalogue, []
    for movie in popular[:40]:
        (near,) = recommender.answer([Similar(int(catalogue.movies.public([movie])[0]), limit=10)])
        neighbours = catalogue.movies.known(near.movies)
        queries = [Query(), Query((Event(movie, True),))]
        without, after = log_shares(queries)[:, neighbours].mean(axis=1)
        rises.append(after - without)
    assert np.mean(rises) > 0.5


def test_a_liked_tag_raises_its_movies_and_a_disliked_one_lowers_them(
    artifact, attributes, popular, log_shares
):
    tags = np.argsort(-uses(artifact.catalogue))[:60].tolist()
    event = Event(popular[0], True)
    queries = [Query((event,))]
    queries += [Query((event,), liked_tags=(tag,)) for tag in tags]
    queries += [Query((event,), disliked_tags=(tag,)) for tag in tags]
    plain, *others = np.exp(log_shares(queries))
    masks = [attributes.carrying(tag) for tag in tags] * 2
    changes = [
        after[mask].sum() - plain[mask].sum() for after, mask in zip(others, masks, strict=True)
    ]
    assert np.mean(np.array(changes[: len(tags)]) > 0) >= 0.95
    assert np.mean(np.array(changes[len(tags) :]) < 0) >= 0.8


def test_without_picks_no_decade_and_no_genre_takes_over(artifact, recommender):
    (answer,) = recommender.answer([Recommend(limit=24)])
    movies = artifact.catalogue.movies.known(movie.id for movie in answer.movies)
    decades = artifact.catalogue.years[movies] // 10
    assert np.bincount(decades).max() <= 10
    genres = np.flatnonzero(artifact.catalogue.is_genre)
    carried = [[tag in artifact.catalogue.tags_of(movie) for tag in genres] for movie in movies]
    assert np.sum(carried, axis=0).max() <= 14
    assert np.count_nonzero(np.sum(carried, axis=0)) >= 8


def test_a_movie_without_a_row_raises_movies_with_tags_like_its_own(
    artifact, attributes, popular, log_shares
):
    counts, rises = uses(artifact.catalogue), []
    for movie in popular[:300:10]:  # each as if it had no row
        tags = artifact.catalogue.tags_of(movie)
        alike = sum(attributes.carrying(tag) / counts[tag] for tag in tags)  # a rare tag says more
        alike[movie] = 0
        neighbours = np.argsort(-alike)[:20]
        before, after = log_shares([Query(), Query((Event(0, True, tags),))])[:, neighbours]
        rises.append(np.mean(after - before))
    assert np.mean(rises) > 0.2
    assert np.mean(np.array(rises) > 0) >= 0.75


@pytest.fixture
def process(tmp_path):
    """The server as `make run` starts it."""
    environ = {**os.environ, "STATE_DIR": str(tmp_path), "MODEL_URL": ""}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "model_server"],
            env=environ,
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def resident_mb(process_id: int) -> float:
    """The most that a process has ever had in memory."""
    lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    (most,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(most) * 1024 / 1e6


def test_the_server_serves_every_engine_in_250_mb_and_ends_when_told(process, artifact, tmp_path):
    ready = process.stdout.readline().split()
    assert ready == ["ready", f"ipc://{tmp_path}/model.sock", artifact.version]
    client = ModelClient(ready[1], timeout_ms=60_000)
    for request in sessions(artifact, k=10):
        assert client.recommend(request).engine == request.engine
    movie, *others = artifact.catalogue.movies.ids[: 1 + MAX_REASONS].tolist()
    assert client.similar(Similar(movie)).movies
    picks = tuple(Pick("movie", other, other % 2 == 0) for other in others)
    assert len(client.why(Why(movie, picks, Tuning(2, 2, "strong"))).reasons) == MAX_REASONS
    assert client.probe().metrics["failed"] == 0
    assert resident_mb(process.pid) <= MOST_RESIDENT_MB
    process.terminate()
    assert process.wait(timeout=10) == 0
    assert not (tmp_path / "model.sock").exists()


def test_a_dislike_lowers_what_is_near_it_also_when_tags_are_liked(
    artifact, recommender, popular, log_shares
):
    dice, catalogue, drops = random.Random(SEED), artifact.catalogue, []
    for first in range(40):  # three likes, two tags of a fourth movie, then a movie of the page
        *likes, wanted = popular[first : first + 80 : 20]
        tags = tuple(dice.sample(catalogue.tags_of(wanted), 2))
        events = tuple(Event(movie, True) for movie in likes)
        (page,) = log_shares([Query(events, tags)])
        page[likes] = -np.inf
        disliked = int(dice.choice(np.argsort(-page)[:24].tolist()))
        (near,) = recommender.answer(
            [Similar(int(catalogue.movies.public([disliked])[0]), limit=10)]
        )
        queries = [Query(events, tags), Query((*events, Event(disliked, False)), tags)]
        before, after = log_shares(queries)[:, catalogue.movies.known(near.movies)].mean(axis=1)
        drops.append(before - after)
    assert np.mean(drops) > 0.1
    assert np.mean(np.array(drops) > 0) >= 0.7
