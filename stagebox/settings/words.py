"""The settings in words: what a key may be, what was found instead, and TOML that people can read."""

from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from stagebox.model.settings import Settings

Key = tuple[str, ...]
"""A setting's name in parts: ("obs", "port") is obs.port."""

_SHOWN_CHARACTERS = 60
_KINDS: dict[Any, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Path: "the path of a file or folder, in quotes",
    str: "text in quotes",
    dict: "a table of texts in quotes",
    tuple: "a list",
}
_LIMITS = ("gt", "ge", "lt", "le", "min_length", "max_length")


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
    kind: Any = field.annotation
    while NoneType in get_args(kind) or get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(toml_value(choice) for choice in get_args(kind))
    limits = {name: getattr(one, name) for one in field.metadata for name in _LIMITS if hasattr(one, name)}
    words = _KINDS[get_origin(kind) or kind]
    if kind in (int, float):
        return words + _range(**limits)
    if kind is str and "max_length" in limits:
        return f"{words} of {limits.get('min_length', 0)} to {limits['max_length']} characters"
    return f"{words}, not empty" if kind is str and "min_length" in limits else words


def _range(gt: float | None = None, ge: float | None = None, le: float | None = None) -> str:
    """The limits of a number, as words that follow it."""
    words = "" if gt is None else f" above {gt:g}"
    if ge is not None:
        return f"{words} from {ge} to {le}" if le is not None else f"{words} of at least {ge}"
    return words if le is None else f"{words} and at most {le}"


def found(value: Any) -> str:
    """What stands in the file, as words that follow "but is"; long values are cut."""
    if isinstance(value, str):
        text = value if len(value) <= _SHOWN_CHARACTERS else value[:_SHOWN_CHARACTERS] + "…"
        return f"the text {toml_value(text)}" if text else "empty text"
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if hasattr(value, "isoformat"):
        return f"the date or time {value.isoformat()}"
    if isinstance(value, int) and value.bit_length() > 128:
        return "a number of very many digits"
    return toml_value(value)


def toml_item(value: Any) -> Any:
    """A text, number, truth value, path, list or table of them as a value of tomlkit."""
    import tomlkit  # 50 ms, which reading a file without faults need not wait for

    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    if isinstance(value, list | tuple):
        return tomlkit.item([toml_item(entry) for entry in value])
    return tomlkit.item(str(value) if isinstance(value, Path) else value)


def toml_value(value: Any) -> str:
    """The same as TOML."""
    return str(toml_item(value).as_string())
