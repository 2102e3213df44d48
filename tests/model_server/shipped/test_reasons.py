"""Why a movie is in a list, by the shipped network: reasons that hold when they are tried."""

import random

import pytest

from model_server.protocol import Pick, Recommend, Tuning, Why
from model_server.ranking import log_share
from model_server.reading import Reader

SEED = 2026


@pytest.fixture(scope="module")
def sessions(popular_ids, catalogue) -> list[tuple[Pick, ...]]:
    """Visitors with two to nine picks: likes, some dislikes, a tag of a movie they may mean."""
    dice, made = random.Random(SEED), []
    for _ in range(20):
        movies = dice.sample(popular_ids[:800], dice.randint(2, 8))
        picks = [Pick("movie", movie, dice.random() < 0.8) for movie in movies]
        tags = catalogue.tags_of(catalogue.movies.index(dice.choice(popular_ids[:800])))
        if dice.random() < 0.5:
            tag = int(catalogue.tags.public([dice.choice(tags)])[0])
            picks.insert(dice.randint(0, len(picks)), Pick("tag", tag, True))
        made.append(tuple(picks))
    return made


def test_reasons_name_the_picks_and_only_them_the_strongest_first(recommender, sessions):
    for picks in sessions:
        (page,) = recommender.answer([Recommend(picks)])
        (found,) = recommender.answer([Why(page.movies[0].id, picks)])
        named = [(reason.kind, reason.id) for reason in found.reasons]
        assert sorted(named) == sorted((pick.kind, pick.id) for pick in picks)
        effects = [reason.effect for reason in found.reasons]
        assert effects == sorted(effects, reverse=True)


@pytest.mark.parametrize("tuning", [Tuning(), Tuning(2, -1, "strong")], ids=repr)
def test_without_its_strongest_reason_a_movie_is_less_likely(recommender, sessions, tuning):
    for picks in sessions:
        (page,) = recommender.answer([Recommend(picks, tuning=tuning)])
        for movie in page.movies[:3]:
            (found,) = recommender.answer([Why(movie.id, picks, tuning)])
            strongest = found.reasons[0]
            left = tuple(
                one for one in picks if (one.kind, one.id) != (strongest.kind, strongest.id)
            )
            (after,) = recommender.answer([Recommend(left, tuning=tuning, limit=100)])
            shares = {one.id: one.probability for one in after.movies}
            assert strongest.effect > 0
            assert shares.get(movie.id, 0) < movie.probability


def test_an_effect_is_what_the_network_says_of_the_session_without_the_pick(
    network, catalogue, recommender, sessions
):
    reader = Reader(catalogue)
    for picks in sessions[:5]:
        (page,) = recommender.answer([Recommend(picks)])
        movie = page.movies[0].id
        (found,) = recommender.answer([Why(movie, picks)])
        for reason in found.reasons:
            left = [one for one in picks if (one.kind, one.id) != (reason.kind, reason.id)]
            scores = network.score([reader.query(picks), reader.query(left)]).movies
            whole, without = (log_share(row, catalogue.movies.index(movie)) for row in scores)
            assert reason.effect == pytest.approx(whole - without, abs=1e-4)
