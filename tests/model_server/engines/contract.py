"""What every engine promises, for each engine's tests to inherit."""

import numpy as np

from model_server.engines.base import Event, Query

ACTION, COMEDY, SPACE, HEIST, LOVE = 1, 2, 3, 4, 5  # indexes of the tags of `catalogue`

SESSIONS = (
    Query(),
    Query(events=(Event(1, True),)),
    Query(events=(Event(1, True), Event(4, False), Event(2, True))),
    Query(events=(Event(5, False),), liked_tags=(ACTION,), disliked_tags=(LOVE,)),
    Query(liked_tags=(COMEDY, HEIST)),
    Query(events=(Event(0, True, tags=(SPACE,)),)),
)


class EngineContract:
    """A subclass supplies the `engine` fixture, an engine over the films of `catalogue`."""

    def test_each_query_gets_one_score_a_movie_and_tag(self, engine, catalogue):
        scores = engine.score(SESSIONS)
        assert scores.movies.shape == (len(SESSIONS), 1 + len(catalogue.movies))
        assert scores.tags.shape == (len(SESSIONS), 1 + len(catalogue.tags))

    def test_every_score_is_finite_whatever_was_said(self, engine):
        scores = engine.score(SESSIONS)
        assert np.isfinite(scores.movies[:, 1:]).all()
        assert np.isfinite(scores.tags[:, 1:]).all()

    def test_equal_queries_get_equal_scores(self, engine):
        first, again = engine.score([SESSIONS[2], SESSIONS[2]]), engine.score([SESSIONS[2]])
        np.testing.assert_array_equal(first.movies[0], first.movies[1])
        np.testing.assert_allclose(first.movies[0], again.movies[0], atol=1e-5)

    def test_a_query_scores_the_same_in_any_company(self, engine):
        together = engine.score(SESSIONS)
        for row, session in enumerate(SESSIONS):
            alone = engine.score([session])
            np.testing.assert_allclose(alone.movies[0], together.movies[row], atol=1e-5)
            np.testing.assert_allclose(alone.tags[0], together.tags[row], atol=1e-5)

    def test_no_queries_get_no_scores(self, engine):
        assert engine.score([]).movies.shape[0] == 0

    def test_the_order_of_tags_says_nothing(self, engine):
        one, other = engine.score([Query(liked_tags=(1, 4)), Query(liked_tags=(4, 1))]).movies
        np.testing.assert_allclose(one, other, atol=1e-5)


class BaselineContract(EngineContract):
    """What every baseline promises on top; all movies of `catalogue` but the last are liked."""

    def test_a_film_with_a_liked_tag_comes_before_all_without(self, engine, catalogue):
        movies = engine.score([Query(events=(Event(1, True),), liked_tags=(HEIST,))]).movies[0]
        carriers = [movie for movie in range(1, 9) if HEIST in catalogue.tags_of(movie)]
        others = [movie for movie in range(1, 9) if movie not in carriers]
        assert movies[carriers].min() > movies[others].max()

    def test_a_film_with_both_liked_tags_comes_before_films_with_one(self, engine):
        movies = engine.score([Query(liked_tags=(COMEDY, HEIST))]).movies[0]
        assert 1 + int(movies[1:].argmax()) == 5

    def test_a_film_with_a_disliked_tag_comes_after_all_without(self, engine, catalogue):
        movies = engine.score([Query(events=(Event(1, True),), disliked_tags=(ACTION,))]).movies[0]
        carriers = [movie for movie in range(1, 9) if ACTION in catalogue.tags_of(movie)]
        others = [movie for movie in range(1, 9) if movie not in carriers]
        assert movies[carriers].max() < movies[others].min()

    def test_films_that_nothing_speaks_for_stand_in_order_of_likes(self, engine):
        movies = engine.score([Query()]).movies[0]
        assert (np.argsort(-movies[1:4]) + 1).tolist() == [2, 1, 3]  # 4, 3 and 2 likes

    def test_dislikes_of_films_change_nothing(self, engine):
        likes = Query(events=(Event(1, True),))
        both = Query(events=(Event(1, True), Event(4, False)))
        one, other = engine.score([likes, both]).movies
        np.testing.assert_array_equal(one, other)

    def test_a_tag_that_many_of_the_best_films_carry_scores_higher(self, engine):
        tags = engine.score([Query(liked_tags=(COMEDY,))]).tags[0]
        assert tags[COMEDY] > tags[LOVE]
