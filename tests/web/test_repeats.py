"""A film that the catalogue holds under two ids is one film."""

import pytest

from model_server.protocol import Pick, Recommend, Similar
from tests.web.films import FILMS, movie_line, tag_lines, write_lines

ALIEN, AGAIN = 1214, 9001


@pytest.fixture
def client(make_app, configured, tmp_path):
    folder = tmp_path / "repeated"
    folder.mkdir()
    again = {**movie_line(FILMS[5]), "id": AGAIN, "same_as": ALIEN, "tags": []}
    write_lines(folder / "movies.jsonl.gz", [*map(movie_line, FILMS), again])
    write_lines(folder / "tags.jsonl.gz", tag_lines())
    config = configured(catalogue_dir=folder, catalogue_url=f"sqlite:///{tmp_path}/repeated.db")
    return make_app(config).test_client()


def test_a_pick_of_the_second_id_is_a_pick_of_the_film(client, model):
    picks = [{"kind": "movie", "id": AGAIN, "liked": True}]
    client.post("/api/v1/recommendations", json={"picks": picks, "seen": [AGAIN]})
    alien = Pick("movie", ALIEN, True, (6, 8, 1002))
    assert model.asked == [Recommend(picks=(alien,), seen=(ALIEN,))]


def test_of_picks_under_both_ids_the_last_counts(client, model):
    picks = [{"kind": "movie", "id": one, "liked": one == ALIEN} for one in (ALIEN, 1, AGAIN)]
    client.post("/api/v1/recommendations", json={"picks": picks})
    assert [(pick.id, pick.liked) for pick in model.asked[0].picks] == [(1, False), (ALIEN, False)]


def test_a_fallback_leaves_the_film_out_too(client, model):
    model.fail()
    body = {"seen": [AGAIN], "filters": {"genres": ["Horror"]}}
    films = client.post("/api/v1/recommendations", json=body).json["movies"]
    assert [film["id"] for film in films] == [1200, 1219, 2389]


def test_what_is_near_it_is_near_the_film(client, model):
    client.get(f"/api/v1/movies/{AGAIN}/similar")
    assert model.asked == [Similar(ALIEN, (6, 8, 1002))]


def test_it_is_found_once(client):
    films = client.get("/api/v1/search?q=alien").json["movies"]
    assert [film["id"] for film in films][:2] == [ALIEN, 1200]
    assert client.get(f"/api/v1/movies/{AGAIN}").status_code == 200
