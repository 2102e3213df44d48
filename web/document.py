"""The OpenAPI document, made from the views and their types.

msgspec already turns the types into JSON Schema, so what is left is a walk over the routes.
"""

import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Any, Final

import msgspec
from flask import Flask
from werkzeug.routing import Rule

from web.operation import JSON, MULTIPART, PROBLEM_JSON, Operation
from web.schemas import Problem

VERSION: Final = "1.0.0"
BASE: Final = "/api/v1"
REF: Final = "#/components/schemas/{name}"
REASONS: Final = {
    400: "The request is wrong; `detail` says how.",
    403: "The request came from a page of another origin.",
    404: "There is no such thing.",
    413: "The body is too long.",
    429: "Too many requests; `Retry-After` says when to ask again.",
    503: "What it needs does not answer now.",
}

# A file of a form is bytes of a type of its own: JSON Schema says nothing about them (OpenAPI
# 3.1.0, "Special Considerations for multipart Content").
FORM: Final = {"type": "object", "properties": {"file": {}}, "required": ["file"]}

_CONVERTER: Final = re.compile(r"<(?:\w+:)?(\w+)>")

Json = dict[str, Any]


def document(app: Flask) -> Json:
    """The description of every operation of an app."""
    operations = list(_operations(app))
    types = [one for _, _, operation in operations for one in _types(operation)]
    _, components = msgspec.json.schema_components([*types, Problem], ref_template=REF)
    for schema in components.values():
        schema["description"] = cleandoc(schema["description"])
    paths: dict[str, Json] = {}
    for rule, method, operation in operations:
        path = _CONVERTER.sub(r"{\1}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _described(rule, method, operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Marquee",
            "version": VERSION,
            "description": "Films for tonight's mood. Errors are problem+json (RFC 9457); a"
            " session is one cookie, made at the first event.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": components},
    }


def _operations(app: Flask) -> Iterator[tuple[Rule, str, Operation]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        if isinstance(view, Operation):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, view


def _types(operation: Operation) -> Iterator[Any]:
    yield operation.answer
    if operation.body is not None:
        yield operation.body


def _described(rule: Rule, method: str, operation: Operation) -> Json:
    described: Json = {
        "operationId": rule.endpoint.replace(".", "_"),
        "tags": [rule.endpoint.partition(".")[0]],
        **_said_of(operation),
        "parameters": [*_path_parameters(rule), *_query_parameters(operation)],
        "responses": {"200": _answer(operation), **_errors(rule, method, operation)},
    }
    if content := _body(operation):
        described["requestBody"] = {"required": True, "content": content}
    return described


def _said_of(operation: Operation) -> Json:
    """The first sentence of the view's docstring, and what follows it."""
    summary, _, description = cleandoc(operation.view.__doc__ or "").partition("\n\n")
    return {"summary": summary} | ({"description": description} if description else {})


def _body(operation: Operation) -> Json:
    if operation.body is not None:
        return {JSON: {"schema": _schema(operation.body)}}
    return {kind: {"schema": FORM} if kind == MULTIPART else {} for kind in operation.files_in}


def _path_parameters(rule: Rule) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}
        for name in _CONVERTER.findall(rule.rule)
    ]


def _query_parameters(operation: Operation) -> list[Json]:
    if operation.query is None:
        return []
    properties = _own_schema(operation.query)["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": _given(schema)}
        for name, schema in properties.items()
    ]


def _given(schema: Json) -> Json:
    """The schema of a parameter where it is given: null is how the code says that it is not."""
    options = [option for option in schema.get("anyOf", []) if option != {"type": "null"}]
    return options[0] if len(options) == 1 else schema


def _answer(operation: Operation) -> Json:
    content: Json = {JSON: {"schema": _schema(operation.answer)}}
    content |= {kind: {"schema": {"type": "string"}} for kind in operation.files_out}
    return {"description": _summary(operation.answer), "content": content}


def _errors(rule: Rule, method: str, operation: Operation) -> dict[str, Json]:
    content = {PROBLEM_JSON: {"schema": _schema(Problem)}}
    return {
        str(status): {"description": REASONS[status], "content": content}
        for status in sorted(set(_possible(rule, method, operation)))
    }


def _possible(rule: Rule, method: str, operation: Operation) -> Iterable[int]:
    yield from operation.errors
    if rule.rule.startswith(BASE):
        yield from (429, 503)
    if operation.query is not None or operation.body is not None:
        yield 400
    if method != "GET":
        yield from (403, 413)


def _schema(kind: Any) -> Json:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=REF)
    return schema


def _own_schema(kind: Any) -> Json:
    _, components = msgspec.json.schema_components([kind], ref_template=REF)
    own: Json = components[kind.__name__]
    return own


def _summary(kind: Any) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0] if isinstance(kind, type) else "A list."
