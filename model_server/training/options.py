"""Settings of a training changed by words such as `network.units=512`, and kept as JSON."""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import msgspec

from model_server.training.build import Settings


def with_options(settings: Settings, options: Iterable[str]) -> Settings:
    """The settings with each option, `SECTION.FIELD=VALUE` or `FIELD=VALUE`, VALUE being JSON.

    Raises ValueError that names the option and what is allowed.
    """
    for option in options:
        path, is_given, text = option.partition("=")
        if not is_given:
            raise ValueError(f"an option must read SECTION.FIELD=VALUE, got {option!r}")
        try:
            settings = _replaced(settings, path.split("."), json.loads(text))
        except ValueError as error:
            raise ValueError(f"option {option!r}: {error}") from error
    return settings


def to_json(settings: Settings) -> str:
    """The settings as JSON that `from_json` reads back."""
    return msgspec.json.format(msgspec.json.encode(settings), indent=2).decode() + "\n"


def from_json(text: str) -> Settings:
    """Raises ValueError for what is no settings."""
    return msgspec.json.decode(text.encode(), type=Settings, strict=True)


def _replaced(section: Any, path: list[str], value: object) -> Any:
    name, *rest = path
    types = {field.name: field.type for field in fields(section)}
    if name not in types:
        raise ValueError(f"there is no {name!r}; there are {', '.join(types)}")
    if not rest:
        return replace(section, **{name: msgspec.convert(value, types[name])})
    held = getattr(section, name)
    if not is_dataclass(held):
        raise ValueError(f"{name!r} has no fields")
    return replace(section, **{name: _replaced(held, rest, value)})
