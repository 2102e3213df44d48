"""Turns query strings and bodies into typed values, or says exactly what is wrong with them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeVar

import msgspec
from msgspec import inspect
from werkzeug.datastructures import MultiDict

from web.domain import InvalidRequest

SHOWN: Final = 60  # characters of a wrong value that the error repeats

_AT: Final = re.compile(r" - at `\$(?P<path>.*)`$")
_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]")

T = TypeVar("T", bound=msgspec.Struct)


def parse_query(arguments: MultiDict[str, str], kind: type[T]) -> T:
    """The query string as a Struct; an empty parameter counts as absent."""
    fields = {field.encode_name: field for field in _struct(kind).fields}
    given: dict[str, object] = {}
    for name, values in arguments.lists():
        if name not in fields:
            raise InvalidRequest(f"there is no parameter {name!r}, allowed: {', '.join(fields)}")
        kept = [value for value in values if value]
        if isinstance(fields[name].type, inspect.VarTupleType):
            given[name] = tuple(kept)
        elif len(kept) > 1:
            raise InvalidRequest(f"{name} must be given once, got {len(kept)}")
        elif kept:
            given[name] = kept[0]
    return _convert(given, kind)


def parse_body(body: bytes, kind: type[T]) -> T:
    """The JSON body as a Struct."""
    try:
        given = msgspec.json.decode(body or b"null")
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidRequest(f"the body must be JSON: {error}, got {_shown(body)}") from error
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise InvalidRequest(explain(str(error), given, kind)) from error


def _convert(given: dict[str, object], kind: type[T]) -> T:
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        said = explain(str(error), given, kind)
        # A query string has no null, and a parameter given often has no position.
        raise InvalidRequest(re.sub(r" or null|\[\d+\]", "", said)) from error


def explain(message: str, given: object, kind: type[msgspec.Struct]) -> str:
    """msgspec's message, in the words `<where> must be <what is allowed>, got <what came>`."""
    at = _AT.search(message)
    path = at["path"] if at else ""
    where = path.lstrip(".") or "the body"
    if message.startswith("Object "):  # a missing or an unknown field, which it names itself
        return f"{where}: {message[: at.start()] if at else message}".replace("`", "'")
    allowed: inspect.Type = _struct(kind)
    for name, index in _STEP.findall(path):
        allowed, given = _inside(allowed, given, name, index)
    return f"{where} must be {_allowed(allowed)}, got {_shown(given)}"


def _inside(
    allowed: inspect.Type, given: object, name: str, index: str
) -> tuple[inspect.Type, object]:
    """One step along a path: what is allowed there, and what came."""
    for option in allowed.types if isinstance(allowed, inspect.UnionType) else (allowed,):
        if name and isinstance(option, inspect.StructType) and isinstance(given, dict):
            field = next(field for field in option.fields if field.encode_name == name)
            return field.type, given.get(name)
        if index and isinstance(option, inspect.VarTupleType) and isinstance(given, Sequence):
            return option.item_type, given[int(index)]
    return allowed, given


def _allowed(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata(described):
            return _allowed(described)
        case inspect.UnionType(types):
            return " or ".join(_allowed(option) for option in types)
        case inspect.NoneType():
            return "null"
        case inspect.BoolType():
            return "true or false"
        case inspect.LiteralType(values):
            return "one of " + ", ".join(map(str, values))
        case inspect.IntType() | inspect.FloatType():
            return _allowed_number(kind)
        case inspect.StrType() | inspect.VarTupleType():
            return _allowed_length(kind)
    return "a JSON object"


def _allowed_number(kind: inspect.IntType | inspect.FloatType) -> str:
    noun = "a whole number" if isinstance(kind, inspect.IntType) else "a number"
    if kind.multiple_of is not None:
        noun = f"a multiple of {kind.multiple_of}"
    if kind.ge is not None and kind.le is not None:
        return f"{noun} in {kind.ge}..{kind.le}"
    return noun if kind.ge is None else f"{noun} from {kind.ge} up"


def _allowed_length(kind: inspect.StrType | inspect.VarTupleType) -> str:
    if isinstance(kind, inspect.StrType):
        return f"a text of at most {kind.max_length} characters" if kind.max_length else "text"
    return f"a list of at most {kind.max_length} items" if kind.max_length else "a list"


def _shown(given: object) -> str:
    if isinstance(given, list | tuple):
        return "1 item" if len(given) == 1 else f"{len(given)} items"
    text = repr(given) if isinstance(given, bytes) else msgspec.json.encode(given).decode()
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


@lru_cache
def _struct(kind: type[msgspec.Struct]) -> inspect.StructType:
    info = inspect.type_info(kind)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"{kind} is no Struct")
    return info
