import numpy as np

from model_server.engines.base import Event, Query
from model_server.engines.registry import Offer, Registry
from model_server.evaluation.visitor.engines import Deaf, as_likely
from model_server.protocol import Recommend
from model_server.recommender import Recommender


def test_who_is_deaf_answers_everybody_as_one_who_said_nothing(engine):
    deaf = Deaf(engine)
    queries = [Query((Event(1, True),)), Query(liked_tags=(2,)), Query()]
    scores, alone = deaf.score(queries), engine.score([Query()])
    assert scores.movies.tolist() == [alone.movies[0].tolist()] * 3
    assert scores.tags.tolist() == [alone.tags[0].tolist()] * 3


def test_the_likeliest_tags_keep_their_order():
    carried = np.array([[True], [False], [True]])
    assert as_likely(np.array([1.0], dtype=np.float32), carried, 2).tolist() == [0, 1, 2]


def test_a_recommender_proposes_tags_in_the_order_that_it_is_given(make_catalogue, make_engine):
    movies = [(n, 1990, 5.0, (2,) if n <= 24 else (1, 1002)[: 1 + n % 2]) for n in range(1, 65)]
    engine = make_engine(np.arange(64, 0, -1), [5, 4, 3, 2, 1])
    parts = make_catalogue(movies), Registry([Offer("lstm", "Toy", lambda: engine)]), "toy-1"

    def tags(recommender):
        return [tag.id for tag in recommender.answer([Recommend()])[0].tags]

    # Half of the films after the first 24 are heists, all of them Action: only heist says much.
    assert tags(Recommender(*parts))[0] == 1002
    assert tags(Recommender(*parts, as_likely)) == [1, 2, 1001, 1002, 1003]
