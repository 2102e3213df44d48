"""Alive, ready, figures."""

import pytest

from web.domain import StoreUnavailable


def test_alive(client, model):
    model.fail()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert model.asked == []


def test_ready_after_a_real_inference(client, model):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "ready": True,
        "dependencies": {
            "sessions": {"state": "ok", "detail": ""},
            "catalogue": {"state": "ok", "detail": ""},
            "model": {"state": "ok", "detail": "model stub-1"},
        },
    }
    assert model.asked == ["probe"]


def test_not_ready_without_the_model(client, model):
    model.fail("no model server: is it running?")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["ready"] is False
    assert answer.json["dependencies"]["model"] == {
        "state": "unavailable",
        "detail": "no model server: is it running?",
    }


def test_ready_while_a_stand_in_answers(app, client, monkeypatch):
    sessions = app.extensions["marquee"].sessions
    monkeypatch.setattr(sessions, "check", lambda: "Redis does not answer")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["dependencies"]["sessions"] == {
        "state": "stand_in",
        "detail": "Redis does not answer",
    }


@pytest.mark.parametrize("store", ["sessions", "catalogue_store"])
def test_not_ready_when_the_stand_in_fails_too(app, client, monkeypatch, store):
    def fail():
        raise StoreUnavailable("nothing answers")

    monkeypatch.setattr(getattr(app.extensions["marquee"], store), "check", fail)
    assert client.get("/readyz").status_code == 503


def test_metrics_count_requests_by_their_pattern(client):
    client.get("/api/v1/movies/1")
    client.get("/api/v1/movies/47")
    client.get("/nothing.txt")
    text = client.get("/metrics").text
    route = "/api/v1/movies/<int:movie_id>"
    assert f'marquee_requests_total{{method="GET",route="{route}",status="200"}} 2.0' in text
    assert 'marquee_requests_total{method="GET",route="none",status="404"} 1.0' in text


def test_metrics_say_where_lists_came_from(client, model):
    client.get("/api/v1/recommendations")
    model.fail()
    client.get("/api/v1/recommendations")
    text = client.get("/metrics").text
    assert 'marquee_recommendations_total{source="model"} 1.0' in text
    assert 'marquee_recommendations_total{source="fallback"} 1.0' in text


def test_metrics_hold_what_the_model_server_tells(client, model):
    text = client.get("/metrics").text
    assert "marquee_model_up 1.0" in text
    assert "marquee_model_clicks 3.0" in text
    model.fail()
    assert "marquee_model_up 0.0" in client.get("/metrics").text
