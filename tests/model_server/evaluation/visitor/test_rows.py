import numpy as np

from model_server.evaluation.visitor.engines import TAGS_ALONE, UNARRANGED, Maker
from model_server.evaluation.visitor.habits import FILMS_ALONE, OTHERS, TELLING
from model_server.evaluation.visitor.rows import (
    WITHIN,
    Row,
    kinds_of_wishes,
    measure_rows,
    plan_rows,
)
from model_server.evaluation.visitor.walk import LIMIT, Walked


def walked(*clicks) -> Walked:
    zeros = np.zeros(len(clicks), dtype=np.int64)
    return Walked(np.array(clicks), zeros, zeros)


def test_a_row_counts_who_found_it_within_so_many_clicks():
    assert WITHIN == (0, 1, 2, 3, 5, 10, LIMIT)
    figures = Row("", "", walked(0, 4, LIMIT + 1)).figures
    assert figures.tolist() == [
        [1, 1, 1, 1, 1, 1, 1, 0],
        [0, 0, 0, 0, 1, 1, 1, 4],
        [0, 0, 0, 0, 0, 0, 0, LIMIT + 1],
    ]


def test_both_habits_walk_all_pages_and_the_others_the_networks():
    titles = ("LSTM", UNARRANGED, TAGS_ALONE, "EASE")
    planned = plan_rows([Maker(title, title, None) for title in titles])
    assert [maker.title for habit, maker in planned if habit is TELLING] == list(titles)
    assert [maker.title for habit, maker in planned if habit is FILMS_ALONE] == ["LSTM", "EASE"]
    others = [(habit, maker.title) for habit, maker in planned if habit in OTHERS]
    assert others == [(habit, "LSTM") for habit in OTHERS]


def test_every_visitor_of_every_row_is_heard_of(recommender, known, make_wish):
    makers = [Maker("Toy", "lstm", recommender), Maker("Reversed", "reverse", recommender)]
    heard = []
    wishes = [make_wish(10, person=1), make_wish(20, person=2)]
    rows = measure_rows(makers, wishes, known, 1, lambda doing, done: heard.append((doing, done)))
    assert [row.maker for row in rows[:4]] == ["Toy", "Reversed", "Toy", "Reversed"]
    assert sum(done for _, done in heard) == 2 * len(rows) == 2 * len(plan_rows(makers))
    assert all(row.walked.clicks.tolist() == [0, 0] for row in rows)  # eight films fit on a page


def test_wishes_are_sorted_by_what_makes_them_hard(catalogue, make_wish):
    catalogue.likes[1:4] = 49, 50, 500  # of films 10, 20, 30
    tags = tuple(range(1, 11))
    wishes = [make_wish(10, tags[:4]), make_wish(20, tags[:5]), make_wish(30, tags)]
    masks = [mask.tolist() for mask in kinds_of_wishes(wishes, catalogue).values()]
    each = np.eye(3, dtype=np.bool_).tolist()
    assert masks == [[True] * 3, *each, *each]
