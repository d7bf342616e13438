"""What `stagebox config` shows: the settings in force and where each came from, and an example file."""

from pathlib import Path
from typing import Any

from stagebox.model.settings import Settings
from stagebox.settings.reading import LoadedSettings
from stagebox.settings.words import Key, expected, fields, section_of, toml_value


def value_at(settings: Settings, key: Key) -> Any:
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
        if section_of(field) is not None:
            lines += ["", "", f"# {field.description}", f"[{'.'.join(key)}]"]
            continue
        lines += ["", f"# {field.description}", f"# It must be {expected(field)}."]
        value = value_at(defaults, key)
        if value is None:
            value = (field.examples or [""])[0]
            lines[-1] += " Not set by default; an example:"
        lines.append(f"#{key[-1]} = {toml_value(value)}")
    return "\n".join(lines) + "\n"


def in_force(loaded: LoadedSettings) -> str:
    """The settings as TOML, each with its line in the file, or "default", in a comment beside it."""
    lines: list[str] = []
    for key, field in fields():
        section = section_of(field)
        if section is None:
            value = value_at(loaded.settings, key)
            setting = f"# {key[-1]} is not set" if value is None else f"{key[-1]} = {toml_value(value)}"
            origin = f"line {loaded.lines[key]}" if key in loaded.lines else "default"
            lines.append(f"{setting:<44}  # {origin}")
        # A table that only holds tables needs no header of its own.
        elif any(section_of(inner) is None for inner in section.model_fields.values()):
            lines += ["", f"[{'.'.join(key)}]"]
    return "\n".join(lines) + "\n"


def as_json(loaded: LoadedSettings) -> dict[str, Any]:
    """The settings for programs: the file, and each key with its value, source (file or default) and line."""
    settings = {}
    for key, field in fields():
        if section_of(field) is None:
            value = value_at(loaded.settings, key)
            settings[".".join(key)] = {
                "value": str(value) if isinstance(value, Path) else value,
                "source": "file" if key in loaded.lines else "default",
                "line": loaded.lines.get(key),
            }
    return {"file": str(loaded.file) if loaded.file else None, "settings": settings}
