"""Keywords of many hands become tags: merged, counted, named, numbered."""

import doctest
import zlib

import pytest

from model_server.data import keywords
from model_server.data.keyword_list import LEFT_OUT, NO_PLURALS, SYNONYMS
from model_server.data.keywords import key, keyword_id, make_tags, merge_spellings
from model_server.data.records import Tag


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Time Travel", "time travel"),
        ("post-apocalyptic", "post apocalyptic"),
        ("artificial intelligence (a.i.)", "artificial intelligence"),
        ("coup d'état", "coup d'etat"),
        ("rock & roll", "rock and roll"),
        ("london, england", "london england"),
    ],
)
def test_spellings_of_one_keyword_share_a_key(one, other):
    assert key(one) == key(other)


def test_a_keyword_that_is_all_parentheses_keeps_its_letters():
    assert key("(untitled)") == "untitled"


@pytest.mark.parametrize(
    ("spellings", "names"),
    [
        # the commonest spelling names the group, a tie goes by the alphabet
        ({"sci fi con": 1, "sci-fi con": 3}, {"sci-fi con"}),
        ({"b movie!": 2, "b-movie": 2}, {"b movie!"}),
        # the bare form names it, though the long one is commoner
        ({"rome": 1, "rome, italy": 9}, {"rome"}),
        ({"rome, italy": 9}, {"rome, italy"}),
        # plurals join a singular that is there, and only then
        ({"robot": 5, "robots": 1}, {"robot"}),
        ({"spy": 5, "spies": 1}, {"spy"}),
        ({"witch": 5, "witches": 1}, {"witch"}),
        ({"fireworks": 9, "firework": 1}, {"fireworks"}),
        ({"paris": 5, "texas": 5}, {"paris", "texas"}),
        ({"boss": 5, "bos": 5}, {"boss", "bos"}),
        ({"1940": 1, "1940s": 5}, {"1940", "1940s"}),
        ({"new": 1, "news": 5}, {"new", "news"}),
        # synonyms have the name of the list, whatever is commoner
        ({"based on novel": 9, "based on novel or book": 1}, {"based on novel or book"}),
        ({"dark comedy": 9, "black humor": 3}, {"black comedy"}),
        # a plural of a synonym: cops -> cop <- policeman
        ({"cops": 2, "policeman": 2}, {"cop"}),
        # said by the list to say nothing about taste, in any spelling
        ({"aftercreditsstinger": 9, "After-Credits-Stinger": 1}, set()),
        ({"???": 9}, set()),
    ],
)
def test_spellings_are_merged_under_one_name(spellings, names):
    assert set(merge_spellings(spellings).values()) == names


def test_a_name_that_is_a_tag_already_stays_though_another_spelling_is_commoner():
    merged = merge_spellings({"fireworks": 9, "firework": 1}, kept={"firework"})
    assert merged == {"fireworks": "firework", "firework": "firework"}


def films(count, *words, first=0):
    return {film: frozenset(words) for film in range(first, first + count)}


def test_a_tag_stands_in_twenty_films_or_more():
    tags, own = make_tags(films(20, "heist") | films(19, "mime", first=20), genres=())
    assert tags == [Tag(keyword_id("heist"), "heist", "keyword", 20)]
    assert own[0] == (keyword_id("heist"),)
    assert own[20] == ()


def test_spellings_count_together_and_once_a_film():
    words = films(12, "robot", "robots") | films(8, "robots", first=12)
    tags, _ = make_tags(words, genres=())
    # "robots" is in all 20, "robot" in 12 of them
    assert [(tag.name, tag.movies) for tag in tags] == [("robots", 20)]


def test_a_keyword_of_the_base_stays_a_tag_in_any_number_of_films():
    tags, _ = make_tags(films(1, "mime"), genres=(), kept={"mime"})
    assert [tag.name for tag in tags] == ["mime"]


def test_a_keyword_that_names_a_genre_is_no_second_tag():
    tags, _ = make_tags(films(20, "film noir", "heist"), genres=("Film-Noir",))
    assert [tag.name for tag in tags] == ["heist"]


def test_a_films_tags_go_from_the_most_telling_to_the_commonest():
    words = films(20, "murder", "heist", "alien") | films(5, "murder", "alien", first=20)
    words |= films(5, "murder", first=25)
    _, own = make_tags(words, genres=())
    assert own[0] == tuple(keyword_id(name) for name in ("heist", "alien", "murder"))


def test_an_id_comes_from_the_name_alone():
    assert keyword_id("heist") == 1000 + zlib.crc32(b"heist") % 2**30


def test_two_names_with_one_id_are_refused(monkeypatch):
    monkeypatch.setattr(keywords, "ID_RANGE", 1)
    with pytest.raises(ValueError, match=r"\['alien', 'heist'\] share the id 1000"):
        make_tags(films(20, "heist", "alien"), genres=())


def test_no_spelling_of_the_lists_belongs_to_two_names():
    pairs = {(key(other), name) for name, others in SYNONYMS.items() for other in others}
    pairs |= {(key(name), name) for name in SYNONYMS}
    pairs |= {(key(word), "left out") for word in LEFT_OUT}
    assert len(pairs) == len({spelling for spelling, _ in pairs})


def test_the_lists_are_of_words_without_stray_spaces():
    words = [
        *LEFT_OUT,
        *NO_PLURALS,
        *SYNONYMS,
        *(w for others in SYNONYMS.values() for w in others),
    ]
    assert [word for word in words if not word or word != " ".join(word.split())] == []


def test_the_examples_of_the_docstrings_hold():
    assert doctest.testmod(keywords).failed == 0
    assert doctest.testmod(keywords).attempted > 0
