"""The OpenAPI document says what the code does."""

import json

import pytest

from web.openapi import main

CALLS = {
    ("/api/v1/recommendations", "get"),
    ("/api/v1/recommendations", "post"),
    ("/api/v1/session", "get"),
    ("/api/v1/session", "delete"),
    ("/api/v1/session/events", "post"),
    ("/api/v1/session/undo", "post"),
    ("/api/v1/session/redo", "post"),
    ("/api/v1/session/export", "get"),
    ("/api/v1/session/import", "post"),
    ("/api/v1/movies/{movie_id}", "get"),
    ("/api/v1/movies/{movie_id}/similar", "get"),
    ("/api/v1/movies/{movie_id}/why", "get"),
    ("/api/v1/movies/{movie_id}/why", "post"),
    ("/api/v1/search", "get"),
    ("/api/v1/tags", "get"),
    ("/api/v1/engines", "get"),
    ("/healthz", "get"),
    ("/readyz", "get"),
}


@pytest.fixture
def document(client) -> dict:
    return client.get("/api/v1/openapi.json").json


def references(node) -> list[str]:
    """Every name that a part of the document refers to."""
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [one for value in node.values() for one in references(value)]
    return [one for value in node for one in references(value)] if isinstance(node, list) else []


def test_every_call_is_described(document):
    described = {(path, method) for path, calls in document["paths"].items() for method in calls}
    assert document["openapi"] == "3.1.0"
    assert described == CALLS


def test_every_reference_leads_somewhere(document):
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known
    assert set(references(document["paths"]))


def test_every_call_says_what_it_does_and_how_it_fails(document):
    for calls in document["paths"].values():
        for call in calls.values():
            assert call["summary"].endswith(".")
            assert "200" in call["responses"]
            for status, answer in call["responses"].items():
                kind = "application/json" if status == "200" else "application/problem+json"
                assert kind in answer["content"]


def test_parameters_carry_their_limits(document):
    parameters = document["paths"]["/api/v1/recommendations"]["get"]["parameters"]
    schemas = {one["name"]: one["schema"] for one in parameters}
    assert schemas["limit"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 24}
    assert schemas["decade"]["items"]["multipleOf"] == 10
    assert schemas["rating_min"] == {"type": "number", "minimum": 0, "maximum": 10}


def test_files_are_described_by_their_media_types(document):
    taken_in = document["paths"]["/api/v1/session/import"]["post"]["requestBody"]
    given_out = document["paths"]["/api/v1/session/export"]["get"]["responses"]["200"]
    assert set(taken_in["content"]) == {"multipart/form-data", "text/csv", "application/json"}
    assert taken_in["content"]["multipart/form-data"]["schema"]["required"] == ["file"]
    assert set(given_out["content"]) == {"application/json", "text/csv"}


def test_an_answer_is_what_the_document_says(client, click, document):
    """Required fields of every shape, followed through the real answers."""
    click("like", 2571)
    click("like", tag_id=1)
    film = "/api/v1/movies/{movie_id}"
    for path in ("/api/v1/session", "/api/v1/recommendations", film, f"{film}/why"):
        call = document["paths"][path]["get"]
        schema = call["responses"]["200"]["content"]["application/json"]["schema"]
        answer = client.get(path.replace("{movie_id}", "2571")).json
        assert_fits(answer, schema, document["components"]["schemas"])


def assert_fits(value, schema: dict, shapes: dict) -> None:
    """Every field that is required is there, no other, and so on inwards."""
    schema = resolved(value, schema, shapes)
    if schema.get("type") == "object":
        assert set(value) == set(schema["required"])
        for name, inner in schema["properties"].items():
            assert_fits(value[name], inner, shapes)
    if schema.get("type") == "array":
        for item in value:
            assert_fits(item, schema["items"], shapes)


def resolved(value, schema: dict, shapes: dict) -> dict:
    """The schema that a value must fit, of those that are referred to or offered."""
    if "discriminator" in schema:
        schema = {"$ref": schema["discriminator"]["mapping"][value["kind"]]}
    if "anyOf" in schema:
        wanted = [one for one in schema["anyOf"] if (one == {"type": "null"}) == (value is None)]
        assert wanted
        schema = wanted[0]
    return shapes[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def test_the_command_prints_the_same_document(document, capsys):
    main()
    assert json.loads(capsys.readouterr().out) == document


def test_the_page_for_people_names_every_call_and_loads_nothing(client):
    page = client.get("/api/docs")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    for path, method in CALLS:
        assert path in page.text
        assert method.upper() in page.text
    assert "<script" not in page.text
    assert "src=" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
