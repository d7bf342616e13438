"""The settings in words: what a key may be, what was found instead, and TOML that people can read."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from stagebox.model.settings import Settings

Key = tuple[str, ...]
"""A setting's name in parts: ("obs", "port") is obs.port."""

_SHOWN_CHARACTERS = 60


def fields(model: type[BaseModel] = Settings, above: Key = ()) -> Iterator[tuple[Key, FieldInfo]]:
    """Every field below `model`, sections before their own keys, in the order of the model."""
    for name, field in model.model_fields.items():
        key = (*above, name)
        yield key, field
        section = section_of(field)
        if section is not None:
            yield from fields(section, key)


def section_of(field: FieldInfo) -> type[BaseModel] | None:
    """The model behind a field that is a table; None for a plain value."""
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def expected(field: FieldInfo) -> str:
    """What the field takes, as words that follow "must be": "a whole number from 1024 to 65535"."""
    if section_of(field) is not None:
        return "a table of settings"
    kinds = [kind for kind in get_args(field.annotation) if kind is not NoneType]
    kind: Any = field.annotation
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(toml_value(choice) for choice in get_args(kind))
    if NoneType in get_args(kind):
        kind = kinds[0]
    limits = {name: limit for entry in field.metadata for name, limit in _limits(entry)}
    if kind is int:
        return "a whole number" + _range(limits)
    if kind is float:
        return "a number" + _range(limits)
    if kind is bool:
        return "true or false"
    if kind is Path:
        return "the path of a file or folder, in quotes"
    if kind is str:
        return "text in quotes" + _length(limits)
    if get_origin(kind) is dict:
        return "a table of texts in quotes"
    return "a list" if get_origin(kind) in (list, tuple) else "a value that fits"


def _limits(entry: Any) -> Iterator[tuple[str, Any]]:
    for name in ("gt", "ge", "lt", "le", "min_length", "max_length"):
        limit = getattr(entry, name, None)
        if limit is not None:
            yield name, limit


def _range(limits: dict[str, Any]) -> str:
    words = ""
    if "gt" in limits:
        words += f" above {limits['gt']:g}" if isinstance(limits["gt"], float) else f" above {limits['gt']}"
    if "ge" in limits:
        words += f" {'from' if 'le' in limits else 'of at least'} {limits['ge']}"
    if "lt" in limits:
        words += f" below {limits['lt']}"
    if "le" in limits:
        words += f" to {limits['le']}" if "ge" in limits else f" and at most {limits['le']}"
    return words


def _length(limits: dict[str, Any]) -> str:
    if "max_length" in limits:
        return f" of {limits.get('min_length', 0)} to {limits['max_length']} characters"
    return ", not empty" if limits.get("min_length") else ""


def found(value: Any) -> str:
    """What stands in the file, as words that follow "but is"; long values are cut."""
    if isinstance(value, str):
        return f"the text {toml_value(_cut(value))}" if value else "empty text"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, datetime | date | time):
        return f"the date or time {value.isoformat()}"
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 128:
        return "a number of very many digits"
    return toml_value(value)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"


def toml_value(value: Any) -> str:
    """A text, number, truth value, path, list or table of them as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | Path):
        # A JSON string is a TOML string once DEL, which JSON leaves as it is, is escaped too.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_value(entry) for entry in value) + "]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{toml_value(key)} = {toml_value(entry)}" for key, entry in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return str(value)


def value_at(settings: BaseModel, key: Key) -> Any:
    """The value of one setting."""
    value: Any = settings
    for name in key:
        value = getattr(value, name)
    return value


def example() -> str:
    """A commented stagebox.toml: every key with its description, what it may be, and its default.

    The keys are commented out, so the text as it is means the defaults, and so does each line
    once its leading `#` is taken away. A key without a default shows an example instead.
    """
    lines = [
        "# Settings of stagebox. What is commented out is the default: take the # away to change it.",
        "# Lines that start with '# ' explain. Relative paths start from this file's folder.",
    ]
    defaults = Settings()
    for key, field in fields():
        section = section_of(field)
        if section is not None:
            lines += ["", "", f"# {field.description}", f"[{'.'.join(key)}]"]
            continue
        lines += ["", f"# {field.description}", f"# It must be {expected(field)}."]
        value = value_at(defaults, key)
        if value is None:
            value = (field.examples or [""])[0]
            lines[-1] += " Not set by default; an example:"
        lines.append(f"#{key[-1]} = {toml_value(value)}")
    return "\n".join(lines) + "\n"


def in_force(settings: Settings, origins: dict[Key, str]) -> str:
    """The settings as TOML, each with where it came from (`origins`, by key) in a comment beside it."""
    lines: list[str] = []
    for key, field in fields():
        section = section_of(field)
        if section is not None:
            # A table that only holds tables needs no header of its own.
            if any(section_of(inner) is None for inner in section.model_fields.values()):
                lines += ["", f"[{'.'.join(key)}]"]
            continue
        value = value_at(settings, key)
        setting = f"# {key[-1]} is not set" if value is None else f"{key[-1]} = {toml_value(value)}"
        lines.append(f"{setting:<44}  # {origins[key]}")
    return "\n".join(lines) + "\n"
