"""What is wrong in a settings file, in sentences: a value that cannot be, a text that is not TOML."""

import re
from difflib import get_close_matches
from pathlib import Path

import tomlkit
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from tomlkit.exceptions import ParseError, TOMLKitError

from stagebox.model.button_words import KeyedError
from stagebox.model.errors import SettingsError
from stagebox.settings.key_places import KeyPath, closest, places
from stagebox.settings.words import expected, fields, found, section_of

TOLD_FAULTS = 50
"""More faults than this are only counted."""

_REMEDY = "Correct the file; `stagebox config --example` prints one that works."
_SYNTAX = {
    "Invalid value": "this value is not understood; text stands in double quotes, a number does not",
    "Invalid statement": "a line reads key = value, or [table], or starts with # as a comment",
    "Expected '='": "after a key comes = and its value",
    "Expected newline or end of document": "after a value the line must end; text stands in double quotes",
    "Invalid initial character for a key part": "a key is made of letters, digits, _ and -",
    "Unclosed array": "a list is not closed with ]",
    "Unclosed inline table": "a table is not closed with }",
    "Unterminated string|Expected \"'\"|Illegal character '.n'": "text is not closed with quotes on its line",
    "Illegal character|Found invalid character": "a control character stands here; delete it",
    "Unescaped|Invalid hex": "in double quotes write \\\\ for one \\, or put the text in single quotes",
    "Escaped character is not": "this \\u character does not exist",
    "Expected ']'": "a table's name is not closed with ]",
    "Invalid date or datetime": "this date or time does not exist",
    "Cannot|Duplicate inline": "a key or table is set that was set before",
}
"""What tomllib says, by its beginning → what a person can do with."""


def refusal(error: Exception, text: str, file: Path) -> SettingsError:
    """What is wrong with the `text` of `file`: pydantic's `error`, or tomllib's or tomlkit's."""
    if not isinstance(error, ValidationError):
        return SettingsError(f"{file}, {_syntax_fault(error, text)}", _REMEDY)
    refused, where = error.errors(include_url=False), places(text)
    faults = sorted((_fault(details, where) for details in refused[:TOLD_FAULTS]), key=lambda one: one[0])
    told = [f"line {line}: {words}" if line else words for line, words in faults]
    if len(refused) == 1:
        return SettingsError(f"{file}, {told[0]}", _REMEDY)
    if len(refused) > len(told):
        told.append(f"and {len(refused) - len(told)} more")
    return SettingsError(f"{file} has {len(refused)} faults:\n  " + "\n  ".join(told), _REMEDY)


def _fault(details: ErrorDetails, where: dict[KeyPath, int]) -> tuple[int, str]:
    """What pydantic refuses: the line of the key, 0 where it is written nowhere, and the sentence."""
    reason = details.get("ctx", {}).get("error")
    path = (*details["loc"], *(reason.key if isinstance(reason, KeyedError) else ()))
    name, line = _dotted(path), closest(where, path) or 0
    if details["type"] == "extra_forbidden":
        return line, f"{name} is not a setting. {_nearest(path)}"
    field = closest(dict(fields()), path)
    if field is not None and details["type"] != "value_error":
        return line, f"{name} must be {expected(field)}, but is {found(details['input'])}."
    # A rule over several settings: its own sentence names them.
    words = str(reason or details["msg"])
    named = (closest(where, tuple(key.split("."))) for key in re.findall(r"\w+(?:\.\w+)+", words))
    return line or next(filter(None, named), 0), f"{name}: {words}." if name else f"{words}."


def _dotted(path: KeyPath) -> str:
    """A key as one writes it: `obs.port`; parts that TOML wants in quotes are quoted, long ones cut."""
    parts = (part if len(part) <= 40 else part[:40] + "…" for part in map(str, path))
    return ".".join(one if re.fullmatch(r"[\w-]+", one, re.ASCII) else repr(one) for one in parts)


def _nearest(path: KeyPath) -> str:
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


def _syntax_fault(error: Exception, text: str) -> str:
    """The sentence for a text that is not TOML, from "line" on."""
    if isinstance(error, RecursionError | ParseError):
        deep = too_deep(text) or error
        what = "a key has too many parts" if "key" in str(deep) else "lists or tables are nested too deep"
        return f"line {getattr(deep, 'line', 1)}: {what}."
    told, _, place = str(error).partition(" (at ")
    meaning = next((plain for start, plain in _SYNTAX.items() if re.match(start, told)), None)
    if meaning is None and (digits := re.search(r"[0-9_]{1000,}", text)):
        # Python refuses to read numbers of thousands of digits.
        line = text.count("\n", 0, digits.start()) + 1
        return f"line {line}: a number has too many digits."
    lines = text.rstrip("\n").split("\n")
    numbers = re.findall(r"\d+", place)
    # Without numbers it is "at end of document".
    line, column = map(int, numbers) if len(numbers) == 2 else (len(lines), len(lines[-1]) + 1)
    if told.startswith(("Cannot", "Duplicate")) and (twice := _twice(told, lines[:line])):
        return twice
    return f"line {line}, column {column}: {meaning or told}."


def too_deep(text: str) -> Exception | None:
    """What tomlkit says of a key, list or table that goes deeper than it does; None for none."""
    try:
        tomlkit.parse(text)
    except (TOMLKitError, ValueError, RecursionError) as error:
        return error if "nested" in str(error) else None
    return None


def _twice(told: str, lines: list[str]) -> str | None:
    """What is set again at the end of `lines`, and where it was set first; None where that is not plain."""
    *before, last = lines
    if told.startswith("Duplicate"):  # tomllib names the key, and without its second place the line is TOML
        kept = last.rpartition(",")[0]
        first = places("\n".join([*before, kept + "}" * (kept.count("{") - kept.count("}"))]))
        again = [path for path, line in first.items() if line == len(lines) and repr(path[-1]) in told]
    else:
        first = places("\n".join(before))
        is_header = last.lstrip().startswith("[")
        above = [] if is_header else [line for line in before if line.lstrip().startswith("[")]
        statement = places("\n".join([*above[-1:], last]))
        again = [path for path, line in statement.items() if line == 1 + bool(above)]
    path = max((path for path in again if isinstance(path[-1], str)), key=len, default=())
    if path not in first:
        return None
    return f"line {len(lines)}: {_dotted(path)} is set again; it is set in line {first[path]} already."
