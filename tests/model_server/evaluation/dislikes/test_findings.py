from dataclasses import replace

import numpy as np
import pytest

from model_server.evaluation.cases import read_people
from model_server.evaluation.dislikes.findings import VIEWS, answer, ask, count_steps
from model_server.evaluation.dislikes.page import (
    describe_findings,
    draw_changes,
    render_findings,
)
from model_server.evaluation.dislikes.rated import Ratings
from model_server.evaluation.dislikes.readers import readers_of
from model_server.evaluation.dislikes.scenes import SCENES
from model_server.evaluation.parts import LeftOutError
from tests.model_server.evaluation.conftest import FILMS, corpus_of


def ask_people(catalogue, *people, most=None):
    corpus = corpus_of(*people)
    rows = np.array([catalogue.movies.index(movie) for movie in corpus.movie_id], dtype=np.int64)
    ratings = Ratings(corpus, rows, np.ones(len(rows), dtype=bool), is_any=True)
    everyone = read_people(corpus, catalogue.movies, FILMS)
    return ask(ratings, everyone, np.arange(len(people)), len(catalogue.movies), 1, most)


@pytest.fixture
def questions(catalogue):
    """Twenty people of whom half liked 10, 20, disliked 40 and liked 30."""
    said = [(10, 5), (20, 4), (40, 1), (30, 5)], [(40, 5), (50, 4), (60, 3)]
    return ask_people(catalogue, *said * 10)


@pytest.fixture
def findings(questions, engine, catalogue, watched):
    readers = readers_of(engine, [])
    return answer(questions, readers, engine, catalogue, 1, lambda *said: watched.append(said))


@pytest.fixture
def watched():
    return []


def test_every_later_film_and_everyone_who_disliked_is_asked(questions):
    assert len(questions.targets) == 10 * 3 + 10 * 2
    assert (questions.people, len(questions.visits)) == (20, 10)


def test_a_quick_look_asks_only_so_many(catalogue):
    questions = ask_people(catalogue, *[[(10, 5), (20, 1), (30, 5)]] * 9, most=4)
    assert (questions.people, len(questions.targets), len(questions.visits)) == (4, 8, 4)


def test_the_shelves_are_all_films_and_the_rated_ones(questions):
    everything, rated = (shelf.astype(int).tolist() for shelf in questions.shelves)
    assert everything == [0, 1, 1, 1, 1, 1, 1, 1, 1]
    assert rated == [0, 1, 1, 1, 1, 1, 1, 0, 0]


@pytest.mark.parametrize("pairs", [[(10, 3), (20, 1)], [(10, 5), (20, 5)]])
def test_people_who_say_nothing_of_dislikes_leave_the_part_out(catalogue, pairs):
    with pytest.raises(LeftOutError, match="2 people"):
        ask_people(catalogue, pairs, pairs)


def test_every_view_has_every_reader_and_every_scene_is_played(findings):
    assert len(findings.differences) == len(VIEWS)
    assert all(len(rows) == 3 for rows in findings.differences)
    assert len(findings.played) == len(SCENES)


def test_the_progress_ends_where_it_was_said_to(findings, watched):
    assert sum(done for _, done in watched) == count_steps(findings.questions, readers=3)


def test_a_page_has_all_tables_and_says_where_they_come_from(findings):
    page = render_findings(findings, "picture.png")
    for view in VIEWS:
        assert f"### {view.title}" in page
    assert "20 films liked (from 3.5 stars) and 10 disliked (up to 2.5), ranked among 8" in page
    assert "20 films liked (from 3.5 stars) and 20 disliked (up to 3), ranked among 6" in page
    assert "(picture.png)" in page


def test_the_notes_say_how_many_sessions_were_drawn_with_which_seed(findings):
    notes = describe_findings(findings, 7)
    assert any(note.startswith("10 sessions") and "seed 7" in note for note in notes)


@pytest.mark.parametrize(("is_any", "whose"), [(True, "20 people all"), (False, "of MovieLens 1M")])
def test_the_notes_say_whose_ratings_they_are(findings, is_any, whose):
    questions = replace(findings.questions, is_any=is_any)
    assert whose in describe_findings(replace(findings, questions=questions), 7)[0]


def test_the_figure_is_drawn_alike_from_the_same_findings(findings, tmp_path):
    paths = [tmp_path / "one" / "figure.png", tmp_path / "other.png"]
    for path in paths:
        draw_changes(findings, path)
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert first.startswith(b"\x89PNG")
