"""Which facts are about the film they stand beside."""

from model_server.data.joins import believable
from model_server.data.records import Facts, Link
from model_server.data.titles import parse_title

PARASITE = Facts(
    tmdb_id=496243,
    imdb_id="tt6751668",
    rating=8.5,
    votes=1_150_676,
    original_title="기생충",
    release_date="2019-05-30",
    poster="/p.jpg",
    trailer="isOGD_7hNIY",
)


def believed(films, links=(), ratings=None):
    """films: id to (title, facts). links: ids that MovieLens itself links as the facts say."""
    return believable(
        {movie_id: facts for movie_id, (_, facts) in films.items()},
        {movie_id: parse_title(title) for movie_id, (title, _) in films.items()},
        {movie_id: Link("tt1", films[movie_id][1].tmdb_id) for movie_id in links},
        ratings or {},
    )


def test_a_join_by_title_is_believed_when_nobody_else_claims_the_id():
    facts = Facts(tmdb_id=1, original_title="Boîte noire", release_date="2021-09-08")
    assert believed({7: ("Black Box (2021)", facts)}) == {7: facts}


def test_the_film_that_movielens_links_keeps_the_facts_and_the_others_lose_all():
    films = {
        202439: ("Parasite (2019)", PARASITE),
        209435: ("Περιμένοντας Τη Νονά (2019)", PARASITE),
        210479: (" (2019)", PARASITE),
    }
    assert believed(films, links=[202439]) == {
        202439: PARASITE,
        209435: Facts(),
        210479: Facts(),
    }


def test_a_join_that_compared_no_ascii_letter_is_not_believed():
    assert believed({1: ("Новогодняя жена (2019)", PARASITE)}) == {1: Facts()}


def test_a_title_in_another_script_that_is_the_original_title_is_believed():
    assert believed({1: ("기생충 (2019)", PARASITE)}) == {1: PARASITE}


def test_of_films_alike_the_one_that_people_rated_keeps_the_facts():
    facts = Facts(tmdb_id=9, original_title="The Father", release_date="2020-12-23")
    films = {1: ("The Father (2020)", facts), 2: ("The Father (2020)", facts)}
    assert believed(films, ratings={1: 3}) == {1: facts, 2: Facts()}


def test_of_films_alike_the_one_of_the_exact_year_keeps_the_facts():
    facts = Facts(tmdb_id=9, original_title="Yesterday", release_date="2019-06-26")
    films = {1: ("Yesterday (2018)", facts), 2: ("Yesterday (2019)", facts)}
    assert believed(films) == {1: Facts(), 2: facts}


def test_of_films_alike_that_nothing_tells_apart_none_keeps_the_facts():
    facts = Facts(tmdb_id=9, original_title="Alone", release_date="2020-09-10")
    films = {1: ("Alone (2020)", facts), 2: ("Alone (2020)", facts)}
    assert believed(films) == {1: Facts(), 2: Facts()}


def test_a_link_to_a_film_of_another_time_keeps_only_what_imdb_says():
    # The link of "The Godson" of 1998 leads to Melville's film of 1967.
    facts = Facts(
        imdb_id="tt0165303",
        rating=3.4,
        votes=1674,
        tmdb_id=5511,
        original_title="Le Samouraï",
        release_date="1967-10-25",
        poster="/p.jpg",
        keywords=("hitman",),
        runtime=105,
    )
    assert believed({27136: ("Godson, The (1998)", facts)}, links=[27136]) == {
        27136: Facts(imdb_id="tt0165303", rating=3.4, votes=1674)
    }


def test_a_release_three_years_later_is_still_that_film():
    facts = Facts(tmdb_id=9, original_title="A", release_date="2001-01-01", poster="/p.jpg")
    assert believed({1: ("A (1998)", facts)}, links=[1]) == {1: facts}


def test_a_release_date_of_four_digits_says_nothing():
    facts = Facts(tmdb_id=2897, release_date="2004", runtime=182, poster="/p.jpg")
    film = ("Around the World in 80 Days (1956)", facts)
    assert believed({952: film}, links=[952]) == {952: facts}


def test_of_linked_films_the_one_that_is_named_so_keeps_the_facts():
    facts = Facts(tmdb_id=9, original_title="Deal", release_date="2008-01-29")
    films = {70545: ("Deal, The (2008)", facts), 116752: ("Deal (2008)", facts)}
    kept = believed(films, links=[70545, 116752], ratings={70545: 3, 116752: 1})
    assert kept[116752] == facts
    assert kept[70545].tmdb_id is None


def test_one_film_under_two_linked_ids_keeps_the_facts_twice():
    facts = Facts(tmdb_id=9, original_title="Eros", release_date="2004-12-03")
    films = {1: ("Eros (2004)", facts), 2: ("Eros (2004)", facts)}
    assert believed(films, links=[1, 2]) == {1: facts, 2: facts}


def test_facts_without_a_tmdb_id_are_nobody_elses():
    facts = Facts(imdb_id="tt0104155", rating=7.0, votes=10)
    assert believed({1: ("A (1999)", facts)}) == {1: facts}
