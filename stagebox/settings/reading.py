"""stagebox.toml → typed settings. All faults of a file are told at once, with their lines."""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from stagebox import resources
from stagebox.model.button_words import KeyedError, action_of, lamp_of
from stagebox.model.errors import SettingsError, StageboxError
from stagebox.model.settings import Section, Settings
from stagebox.settings.places import KeyTooLongError, Place, line_of, places, repeated
from stagebox.settings.words import Key, expected, fields, found, section_of, value_at
from stagebox.system.files import open_to_read

FILE_NAME = "stagebox.toml"
LIMIT_BYTES = 256_000
"""A longer file is not read: a recording given by mistake must not fill the memory."""

TOLD_FAULTS = 50
"""More faults than this are only counted."""

_REMEDY = "Correct the file; `stagebox config --example` prints one that works."


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings and where they came from."""

    settings: Settings
    file: Path | None
    """The file that was read; None if there is none and all are defaults."""
    lines: Mapping[Key, int]
    """For each setting that the file names, its line, counted from 1."""


@dataclass(frozen=True, slots=True)
class _Problem:
    line: int | None
    words: str


def load(path: Path | None) -> Settings:
    """The settings in force, with `~` expanded and relative paths made absolute from the file's folder.

    The file is `path`, or $STAGEBOX_CONFIG, or ./stagebox.toml, or $XDG_CONFIG_HOME/stagebox/stagebox.toml,
    whichever comes first. Without any, all settings are the defaults.

    Raises:
        SettingsError: the file cannot be read or says something that is not a setting.
    """
    return load_traced(path).settings


def load_traced(path: Path | None) -> Loaded:
    """Like `load`, with the file and line that each setting came from. Raises SettingsError."""
    file = find_file(path)
    if file is None:
        # All default paths start from the home, so the folder does not matter.
        settings, unusable = _placed(Settings(), Path(os.sep))
        if unusable:
            raise SettingsError(
                f"A default path cannot be used: {next(iter(unusable.values()))}.",
                "Set HOME to your home folder.",
            )
        return Loaded(settings, None, {})
    return parse(read_text(file), file)


def find_file(path: Path | None) -> Path | None:
    """The settings file in force, absolute; None if there is none.

    Raises:
        SettingsError: `path` or $STAGEBOX_CONFIG names a file that is not there.
    """
    if path is not None:
        return _named(path, "--config")
    from_environment = os.environ.get("STAGEBOX_CONFIG")
    if from_environment:
        return _named(Path(from_environment), "STAGEBOX_CONFIG")
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    for candidate in (Path(FILE_NAME), Path(home, "stagebox", FILE_NAME)):
        try:
            absolute = Path.cwd() / candidate.expanduser()
        except (OSError, RuntimeError):
            continue  # no home, or the folder we stand in was deleted: there is no file to find there
        if os.path.lexists(absolute):
            return absolute
    return None


def _named(path: Path, by: str) -> Path:
    absolute = path
    try:
        absolute = Path.cwd() / path.expanduser()
        absolute.lstat()
    except PermissionError:
        return absolute  # reading it will tell
    except (OSError, RuntimeError):
        raise SettingsError(
            f"There is no settings file {path}, which {by} names.", "Correct the name, or leave it out."
        ) from None
    return absolute


def read_text(file: Path) -> str:
    """The text of a settings file, with line ends as `\\n` and no byte order mark; raises SettingsError."""
    try:
        # A pipe without a writer would block the opening for ever.
        descriptor = open_to_read(file)
        with open(descriptor, "rb") as stream:  # noqa: PTH123  (a descriptor, not a path)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SettingsError(f"{file} is not a regular file.", f"Name a {FILE_NAME} instead.")
            content = stream.read(LIMIT_BYTES + 1)
    except IsADirectoryError:
        raise SettingsError(f"{file} is a folder.", f"Name a {FILE_NAME} instead.") from None
    except OSError as error:
        raise SettingsError(
            f"The settings file {file} cannot be read: {error.strerror}.", "Check who may read it."
        ) from error
    if len(content) > LIMIT_BYTES:
        raise SettingsError(
            f"{file} is larger than {LIMIT_BYTES:,} bytes, so it is no settings file.",
            f"Name a {FILE_NAME} instead.",
        )
    try:
        # Some editors begin a file with a byte order mark.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            f"{file}, line {line}: a character is not UTF-8.", "Save the file as UTF-8 text."
        ) from None


def parse(text: str, file: Path) -> Loaded:
    """The settings that `text`, which is or shall be in `file`, says; raises SettingsError."""
    try:
        where = places(text)
        given = tomllib.loads(text)
    except KeyTooLongError as error:
        raise SettingsError(f"{file}, line {error.line}: a key has too many parts.", _REMEDY) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}, {_syntax_problem(str(error), text, where)}", _REMEDY) from None
    except RecursionError:
        deepest = where[-1].line if where else 1
        raise SettingsError(
            f"{file}, line {deepest}: lists or tables are nested too deep.", _REMEDY
        ) from None
    except ValueError:
        # Python refuses to read numbers of thousands of digits.
        digits = re.search(r"[0-9_]{1000,}", text)
        longest = text.count("\n", 0, digits.start()) + 1 if digits else 1
        raise SettingsError(f"{file}, line {longest}: a number has too many digits.", _REMEDY) from None
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        all_details = error.errors(include_url=False)
        problems = [_problem(details, where) for details in all_details[:TOLD_FAULTS]]
        raise _refusal(file, problems, more=len(all_details) - len(problems)) from None
    settings, unusable = _placed(settings, file.parent)
    if unusable:
        problems = [
            _Problem(line_of(where, key), f"{'.'.join(key)}: {why}.") for key, why in unusable.items()
        ]
        raise _refusal(file, problems)
    if unknown := unknown_scenes(settings):
        problems = [_Problem(line_of(where, key), f"{_dotted(key)}: {why}.") for key, why in unknown.items()]
        raise _refusal(file, problems)
    lines = {key: line for key, _ in fields() if _is_given(given, key) and (line := line_of(where, key))}
    return Loaded(settings, file, lines)


def _is_given(given: Mapping[str, Any], key: Key) -> bool:
    value: Any = given
    for name in key:
        if not isinstance(value, Mapping) or name not in value:
            return False
        value = value[name]
    return True


def _refusal(file: Path, problems: list[_Problem], more: int = 0) -> SettingsError:
    ordered = sorted(problems, key=lambda problem: problem.line or 0)
    told = [f"line {problem.line}: {problem.words}" if problem.line else problem.words for problem in ordered]
    if len(told) == 1:
        return SettingsError(f"{file}, {told[0]}", _REMEDY)
    if more:
        told.append(f"and {more} more")
    return SettingsError(f"{file} has {len(problems) + more} faults:\n  " + "\n  ".join(told), _REMEDY)


def unknown_scenes(settings: Settings) -> dict[Key, str]:
    """Buttons and lamps of scenes that the scene pack has not, with the reason.

    An OBS that is joined may have scenes of its own. A pack that cannot be read is said by who needs it.
    """
    box = settings.button_box
    wanted: dict[Key, str] = {
        ("button_box", "buttons", key): action_of(box.buttons[key]).scene for key in box.buttons
    }
    wanted |= {("button_box", "lamps", key): lamp_of(box.lamps[key]).scene for key in box.lamps}
    wanted = {key: scene for key, scene in wanted.items() if scene}
    if not wanted or settings.obs.mode != "private":
        return {}
    from stagebox.obs.pack import load_pack

    try:
        known = [scene.name for scene in load_pack(settings.scenes.pack, resources.folder("scenes")).scenes]
    except StageboxError:
        return {}
    return {
        key: f"the scene pack has no scene “{scene}”; it has {', '.join(known)}"
        for key, scene in wanted.items()
        if scene not in known
    }


# What is wrong with a value


def _problem(details: ErrorDetails, where: list[Place]) -> _Problem:
    reason = details.get("ctx", {}).get("error")
    path = (*details["loc"], *(reason.key if isinstance(reason, KeyedError) else ()))
    name = _dotted(path)
    if details["type"] == "extra_forbidden":
        return _Problem(line_of(where, path), f"{name} is not a setting. {_nearest(path)}")
    field = _field_at(path)
    if details["type"] == "value_error" or field is None:
        # A rule over several settings: its own sentence names them.
        words = str(details.get("ctx", {}).get("error", details["msg"]))
        named = [tuple(key.split(".")) for key in re.findall(r"\w+(?:\.\w+)+", words)]
        lines = [line for key in (path, *named) if (line := line_of(where, key))]
        return _Problem(lines[0] if lines else None, f"{name}: {words}." if name else f"{words}.")
    return _Problem(
        line_of(where, path), f"{name} must be {expected(field)}, but is {found(details['input'])}."
    )


def _dotted(path: tuple[str | int, ...]) -> str:
    """A key as one writes it: `obs.port`; parts that TOML wants in quotes are quoted."""
    return ".".join(
        part if isinstance(part, str) and re.fullmatch(r"[\w-]+", part, re.ASCII) else _odd_part(part)
        for part in path
    )


def _odd_part(part: str | int) -> str:
    """One odd part of a key, quoted, and cut if it is long."""
    return repr(part if isinstance(part, int) or len(part) <= 40 else part[:40] + "…")


def _field_at(path: tuple[str | int, ...]) -> FieldInfo | None:
    model: type[Any] | None = Settings
    field = None
    for name in path:
        if model is None or name not in model.model_fields:
            return field
        field = model.model_fields[name]
        model = section_of(field)
    return field


def _nearest(path: tuple[str | int, ...]) -> str:
    """What was probably meant by an unknown key, as a sentence."""
    *above, last = (str(part) for part in path)
    known = {key: section_of(field) is not None for key, field in fields()}
    beside = {key[-1]: key for key in known if list(key[:-1]) == above}
    elsewhere = {".".join(key): key for key in known if list(key) != above}
    same_name = [key for key in known if key[-1] == last]
    if close := get_close_matches(last, beside, n=1):
        meant = beside[close[0]]
    elif len(same_name) == 1:
        meant = same_name[0]
    elif close := get_close_matches(".".join([*above, last]), elsewhere, n=1, cutoff=0.7):
        meant = elsewhere[close[0]]
    else:
        return f"Here can stand: {', '.join(beside)}."
    return f"Did you mean {'the table ' * known[meant]}{'.'.join(meant)}?"


# What is wrong with the text

_SYNTAX = {
    "Invalid value": "this value is not understood; text stands in double quotes, a number does not",
    "Invalid statement": "a line reads key = value, or [table], or starts with # as a comment",
    "Expected '='": "after a key comes = and its value",
    "Expected newline or end of document": "after a value the line must end; text stands in double quotes",
    "Invalid initial character for a key part": "a key is made of letters, digits, _ and -",
    "Unclosed array": "a list is not closed with ]",
    "Unclosed inline table": "a table is not closed with }",
    "Unterminated string": "text is not closed with quotes",
    'Expected "\'"': "text is not closed with quotes on its line",
    "Illegal character '\\n'": "text is not closed with quotes on its line",
    "Illegal character": "a control character stands here; delete it",
    "Found invalid character": "a control character stands here; delete it",
    "Unescaped '\\\\'": "in double quotes write \\\\ for one \\, or put the text in single quotes",
    "Unescaped '\\'": "in double quotes write \\\\ for one \\, or put the text in single quotes",
    "Invalid hex value": "in double quotes write \\\\ for one \\, or put the text in single quotes",
    "Escaped character is not": "this \\u character does not exist",
    "Expected ']'": "a table's name is not closed with ]",
    "Invalid date or datetime": "this date or time does not exist",
}
"""What tomllib says, by its beginning → what a person can do with."""

_TWICE = ("Cannot declare", "Cannot overwrite", "Cannot mutate", "Cannot redefine", "Duplicate inline")


def _syntax_problem(told: str, text: str, where: list[Place]) -> str:
    """The sentence for tomllib's `told`, from "line" on."""
    words, _, place = told.partition(" (at ")
    if words.startswith(_TWICE) and (twice := repeated(where)):
        first, again = twice
        return (
            f"line {again.line}: {_dotted(again.path)} is set again; it is set in line {first.line} already."
        )
    numbers = re.findall(r"\d+", place)
    if len(numbers) == 2:
        line, column = numbers
    else:  # "at end of document"
        ending = text.rstrip("\n").split("\n")
        line, column = str(len(ending)), str(len(ending[-1]) + 1)
    if words.startswith(_TWICE):
        meaning = "a key or table is set that was set before"
    else:
        meaning = next((plain for start, plain in _SYNTAX.items() if words.startswith(start)), words)
    return f"line {line}, column {column}: {meaning}."


# Paths


def _placed(settings: Settings, folder: Path) -> tuple[Settings, dict[Key, str]]:
    """`settings` with every path absolute, and the paths that cannot be used with the reason."""
    unusable: dict[Key, str] = {}
    changed = _placed_section(settings, (), folder, unusable)
    assert isinstance(changed, Settings)
    return changed, unusable


def _placed_section(section: Section, above: Key, folder: Path, unusable: dict[Key, str]) -> Section:
    update: dict[str, Any] = {}
    for name in type(section).model_fields:
        key = (*above, name)
        value = getattr(section, name)
        try:
            if isinstance(value, Section):
                update[name] = _placed_section(value, key, folder, unusable)
            elif isinstance(value, Path):
                update[name] = _absolute(value, folder)
            elif isinstance(value, str) and _is_a_path(section, name, value):
                update[name] = str(_absolute(Path(value), folder))
        except ValueError as error:
            unusable[key] = str(error)
    return section.model_copy(update=update)


def _is_a_path(section: Section, name: str, value: str) -> bool:
    """Whether a text is a path: where both a name and a path may stand, a path is what has a slash."""
    if name == "device":
        return getattr(section, "kind", "") == "media" and bool(value) and "://" not in value
    return name in ("pack", "binary") and ("/" in value or "\\" in value)


def _absolute(path: Path, folder: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("the path has a NUL character")
    try:
        return folder / path.expanduser()
    except RuntimeError:
        raise ValueError(f"the home folder in {path} is not known") from None


def origins(loaded: Loaded) -> dict[Key, str]:
    """Where each setting came from, in words: "default" or "line 4"."""
    return {
        key: f"line {loaded.lines[key]}" if key in loaded.lines else "default"
        for key, field in fields()
        if section_of(field) is None
    }


def as_json(loaded: Loaded) -> dict[str, Any]:
    """The settings for programs: the file, and each key with its value, source (file or default) and line."""
    settings = {}
    for key in origins(loaded):
        value = value_at(loaded.settings, key)
        settings[".".join(key)] = {
            "value": str(value) if isinstance(value, Path) else value,
            "source": "file" if key in loaded.lines else "default",
            "line": loaded.lines.get(key),
        }
    return {"file": str(loaded.file) if loaded.file else None, "settings": settings}
