import pytest

from model_server.evaluation.visitor.habits import (
    FILMS_ALONE,
    OTHERS,
    TELLING,
    Habit,
    any_bad_film,
    any_film,
    any_tag,
    anything,
    similar_film,
    telling_tag,
)
from model_server.protocol import Pick

ACTION, COMEDY, SPACE, HEIST, LOVE = 1, 2, 1001, 1002, 1003
SEEDS = range(40)


def like(kind, public_id):
    return Pick(kind, public_id, True)


def test_the_rarest_tag_of_the_wanted_film_is_clicked(look):
    # Action is carried by four films, space by two.
    assert telling_tag(look(tags=(ACTION, COMEDY, SPACE))) == like("tag", SPACE)


def test_of_equally_rare_tags_the_first_shown_is_clicked(look):
    scene = look(tags=(HEIST, SPACE), wanted=(SPACE, HEIST))  # two films each
    assert telling_tag(scene) == like("tag", HEIST)


def test_a_tag_that_the_wanted_film_lacks_is_never_clicked(look):
    scene = look(tags=(COMEDY, LOVE))
    assert (telling_tag(scene), any_tag(scene), anything(scene)) == (None, None, None)


def test_any_tag_that_fits_may_be_clicked(look):
    clicked = {any_tag(look(tags=(ACTION, COMEDY, SPACE), seed=seed)).id for seed in SEEDS}
    assert clicked == {ACTION, SPACE}


def test_the_liked_film_most_like_the_wanted_one_is_clicked(look):
    # 20 shares Action and space, 30 Action; 40 shares nothing.
    assert similar_film(look((40, 30, 20), liked=(20, 30, 40))) == like("movie", 20)


def test_one_tag_in_common_makes_no_film_like_the_wanted_one(look):
    assert similar_film(look((40, 30), liked=(30, 40))) is None


def test_a_film_like_the_wanted_one_that_they_did_not_like_is_not_clicked(look):
    assert similar_film(look((20, 30), liked=(30,))) is None
    assert any_film(look((20, 30), liked=(70,))) is None


def test_any_liked_film_that_is_shown_may_be_clicked(look):
    clicked = {any_film(look((20, 40, 50), liked=(40, 50, 60), seed=s)).id for s in SEEDS}
    assert clicked == {40, 50}


def test_who_clicks_films_alone_does_not_know_what_they_want(look):
    seen = {"films": (20, 40, 50), "tags": (ACTION, SPACE, COMEDY), "liked": (40, 50)}
    for seed in SEEDS:
        clicks = {FILMS_ALONE.click(look(**seen, seed=seed, wanted=w)).id for w in ((), (1, 1001))}
        assert len(clicks) == 1
        assert clicks < {40, 50}


def test_anything_that_fits_may_be_clicked(look):
    seen = {"films": (20, 40), "tags": (SPACE, COMEDY), "liked": (40,)}
    clicked = {anything(look(**seen, seed=seed)) for seed in SEEDS}
    assert clicked == {like("tag", SPACE), like("movie", 40)}


def test_only_a_film_that_they_rated_low_is_refused(look):
    scene = look((20, 40, 50), liked=(20,), disliked=(50, 70))
    assert any_bad_film(scene) == Pick("movie", 50, False)
    assert any_bad_film(look((20,), liked=(20,), disliked=(50,))) is None


def test_a_tag_that_fits_comes_before_a_film_like_it(look):
    assert TELLING.click(look((20,), (ACTION,), liked=(20,))) == like("tag", ACTION)
    assert TELLING.click(look((20,), (COMEDY,), liked=(20,))) == like("movie", 20)


@pytest.mark.parametrize("habit", [TELLING, FILMS_ALONE, *OTHERS], ids=lambda habit: habit.title)
def test_where_nothing_fits_the_next_page_is_asked_for(look, habit):
    assert habit.click(look((40, 50), (COMEDY, LOVE), liked=(60,), disliked=(70,))) is None


def test_a_habit_looks_for_one_thing_after_the_other(look):
    habit = Habit("", (any_bad_film, any_tag))
    assert habit.click(look((50,), (ACTION,), disliked=(50,))).id == 50
    assert habit.click(look((40,), (ACTION,), disliked=(50,))).id == ACTION


def test_what_is_known_of_a_film_are_its_tags(known):
    assert known.tags_of(70) == {ACTION, HEIST}
    assert known.uses(COMEDY) == 3
