"""All sources put together, film by film."""

from model_server.data.build import Sources, build_catalogue
from model_server.data.catalogue import Catalogue
from model_server.data.keywords import keyword_id
from model_server.data.records import Facts, Film, Link, Named, Tag


def films(**parts):
    """The films of a catalogue built from the parts, by id."""
    return {film.id: film for film in build_catalogue(Sources(**parts)).films}


def test_films_are_sorted_by_id_and_named_as_people_say_them():
    built = build_catalogue(
        Sources(named=({9: Named("Jaws (1975)"), 2: Named("Matrix, The (1999)")},))
    )
    assert built.films == (
        Film(2, "The Matrix", ("Matrix, The",), 1999),
        Film(9, "Jaws", (), 1975),
    )


def test_all_genres_are_tags_with_ids_from_1_by_the_alphabet():
    built = build_catalogue(Sources(named=({1: Named("A (1999)", ("War", "Action"))},)))
    assert built.films[0].genres == ("Action", "War")
    assert built.tags[0] == Tag(1, "Action", "genre", 1)
    assert built.tags[3] == Tag(4, "Children", "genre", 0)
    assert built.tags[18] == Tag(19, "Western", "genre", 0)
    assert [tag.id for tag in built.tags] == list(range(1, 20))


def test_old_and_unknown_genres_are_put_right():
    named = {1: Named("A (1999)", ("Children's", "unknown", "Drama"))}
    assert films(named=(named,))[1].genres == ("Children", "Drama")


def test_the_first_source_names_a_film_and_the_others_add_names():
    built = films(
        named=(
            {1: Named("Wallace & Gromit: A Close Shave (1995)")},
            {1: Named("Close Shave, A (1995)", ("Comedy",))},
        ),
        facts={1: Facts(original_title="A Close Shave!")},
    )
    assert built[1].title == "Wallace & Gromit: A Close Shave"
    assert built[1].titles == ("Close Shave, A", "A Close Shave", "A Close Shave!")
    assert built[1].genres == ("Comedy",)


def test_a_name_that_is_another_films_of_that_year_is_a_slip():
    # ml-youtube.csv calls GoldenEye "Sudden Death (1995)", the film on the line before
    built = films(
        named=({9: Named("Sudden Death (1995)"), 10: Named("GoldenEye (1995)")},),
        spare_names={9: Named("Sudden Death (1995)"), 10: Named("Sudden Death (1995)")},
    )
    assert built[10].titles == ()


def test_a_missing_year_comes_from_another_source_or_the_release():
    named = ({1: Named("A"), 2: Named("B")}, {1: Named("A (1999)")})
    built = films(named=named, facts={2: Facts(release_date="2018-03-29")})
    assert (built[1].year, built[2].year) == (1999, 2018)


def test_spare_names_are_for_films_that_people_rated():
    spare = {1: Named("A (1999)"), 2: Named("B (1999)")}
    built = films(spare_names=spare, ratings={1: 5})
    assert {film.id: (film.title, film.ratings) for film in built.values()} == {1: ("A", 5)}


def test_a_film_that_people_rated_and_nobody_names_has_a_name_with_its_id():
    assert films(ratings={77658: 16}) == {77658: Film(77658, "MovieLens film 77658", ratings=16)}


def test_the_trailer_file_goes_before_the_table():
    built = films(
        named=({1: Named("A (1999)"), 2: Named("B (1999)")},),
        facts={1: Facts(trailer="a" * 11), 2: Facts(trailer="b" * 11)},
        trailers={1: "c" * 11},
    )
    assert (built[1].trailer, built[2].trailer) == ("c" * 11, "b" * 11)


def test_keywords_of_the_table_and_of_the_list_are_joined_by_tmdb_id():
    count = 20
    built = build_catalogue(
        Sources(
            named=({n: Named(f"Film {n} (1999)") for n in range(1, count + 1)},),
            facts={n: Facts(tmdb_id=100 + n, keywords=("heist",)) for n in range(1, count + 1)},
            keywords={100 + n: frozenset({"robbers"}) for n in range(1, count + 1)},
        )
    )
    assert {tag.name for tag in built.tags if tag.kind == "keyword"} == {"heist", "robbers"}
    assert set(built.films[0].tags) == {keyword_id("heist"), keyword_id("robbers")}


def test_links_give_ids_only_where_the_table_has_no_row():
    built = films(
        named=({1: Named("A (1999)"), 2: Named("B (1999)")},),
        facts={1: Facts()},
        links={1: Link("tt0000001", 11), 2: Link("tt0000002", 22)},
    )
    assert (built[1].tmdb_id, built[2].tmdb_id) == (None, 22)


def test_a_film_listed_twice_points_to_the_id_that_more_people_rated():
    facts = Facts(tmdb_id=7, original_title="Eros", rating=6.0, votes=100)
    built = films(
        named=({1: Named("Eros (2004)"), 2: Named("Eros (2004)")},),
        facts={1: facts, 2: Facts(tmdb_id=7, poster="/p.jpg")},
        links={1: Link(None, 7), 2: Link(None, 7)},
        ratings={1: 4, 2: 1},
    )
    assert (built[1].same_as, built[2].same_as) == (None, 1)
    assert built[1].poster == built[2].poster == "/p.jpg"
    assert built[1].rating == built[2].rating == 6.0


def test_a_film_listed_twice_may_differ_by_a_year():
    facts = Facts(tmdb_id=500, original_title="Reservoir Dogs")
    built = films(
        named=({1089: Named("Reservoir Dogs (1992)"), 290079: Named("Reservoir Dogs (1991)")},),
        facts={1089: facts, 290079: facts},
        links={1089: Link(None, 500), 290079: Link(None, 500)},
    )
    assert (built[1089].same_as, built[290079].same_as) == (None, 1089)


def test_a_withdrawn_id_points_to_the_current_one_and_has_its_facts():
    # M*A*S*H was 1294 and is 5060
    built = films(
        named=({5060: Named("M*A*S*H (a.k.a. MASH) (1970)")}, {1294: Named("M*A*S*H (1970)")}),
        facts={5060: Facts(tmdb_id=651, imdb_id="tt0066026", rating=7.3, votes=82_377)},
        ratings={1294: 1099, 5060: 576},
    )
    assert (built[1294].same_as, built[1294].tmdb_id, built[1294].rating) == (5060, 651, 7.3)
    assert built[5060].same_as is None


def test_a_withdrawn_id_with_another_imdb_id_is_another_film():
    # the television film "Emma" of 1996, beside the cinema's
    built = films(
        named=({838: Named("Emma (1996)")}, {26958: Named("Emma (1996)")}),
        facts={838: Facts(tmdb_id=3573, imdb_id="tt0116191", rating=6.6, votes=100)},
        links={26958: Link("tt0118308", 12254)},
    )
    assert (built[26958].same_as, built[26958].rating) == (None, None)


def test_details_of_tmdb_go_before_all_but_imdbs_rating():
    built = films(
        named=({1: Named("Alien (1979)")},),
        facts={1: Facts(tmdb_id=7, rating=6.0, votes=9, runtime=90, poster="/old.jpg")},
        details={7: Facts(tmdb_id=7, runtime=95, names=("Alien: The First",))},
    )
    assert (built[1].rating, built[1].runtime, built[1].poster) == (6.0, 95, "/old.jpg")
    assert built[1].titles == ("Alien: The First",)


HEIST = Tag(keyword_id("heist"), "heist", "keyword", 1)
BASE = Catalogue(
    films=(
        Film(
            1,
            "The A",
            ("A, The",),
            1999,
            90,
            ("Drama",),
            (HEIST.id,),
            6.0,
            9,
            50,
            "tt0000001",
            7,
            poster="/p.jpg",
        ),
    ),
    tags=(HEIST,),
)


def test_adding_nothing_to_a_catalogue_changes_no_film_and_no_tag_id():
    built = build_catalogue(Sources(base=BASE))
    assert built.films == BASE.films
    assert [tag for tag in built.tags if tag.kind == "keyword"] == [HEIST]


def test_what_is_added_fills_and_extends_a_catalogue():
    built = films(
        base=BASE,
        named=({1: Named("Something Else (1999)"), 2: Named("B (2001)", ("War",))},),
        links={1: Link("tt9999999", 99), 2: Link("tt0000002", 22)},
        trailers={1: "c" * 11},
        ratings={2: 3},
    )
    assert built[1].title == "The A"
    assert built[1].titles == ("A, The", "Something Else")
    assert (built[1].tmdb_id, built[1].trailer, built[1].ratings) == (7, "c" * 11, 50)
    assert built[2] == Film(
        2, "B", (), 2001, genres=("War",), ratings=3, imdb_id="tt0000002", tmdb_id=22
    )


def test_the_base_says_whose_the_facts_of_a_table_are():
    base = Catalogue(films=(Film(2, "Alone", (), 2020, tmdb_id=9),))
    facts = Facts(tmdb_id=9, original_title="Alone", release_date="2020-09-10", poster="/p.jpg")
    named = {1: Named("Alone (2020)"), 2: Named("Alone (2020)")}
    built = films(base=base, named=(named,), facts={1: facts, 2: facts})
    assert (built[1].poster, built[2].poster) == (None, "/p.jpg")


def test_a_table_does_not_bring_back_facts_of_another_film():
    base = Catalogue(films=(Film(1, "A", (), 1957, imdb_id="tt0050379"),))
    wrong = Facts(tmdb_id=22649, imdb_id="tt0050379", release_date="1932-12-08", poster="/p.jpg")
    built = films(base=base, named=({1: Named("A (1957)")},), facts={1: wrong})
    assert (built[1].tmdb_id, built[1].poster) == (None, None)
