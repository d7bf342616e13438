"""The fields of what each command prints with `--json`, made from the models: docs/json.md.

`python -m stagebox.commands.json_fields > docs/json.md` writes the page; a test holds the two together.
"""

import inspect
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from stagebox.doctor.result import CheckResult
from stagebox.media.batch_result import JoinedPart
from stagebox.media.index.rows import IndexRow, IndexTotals
from stagebox.media.parts.offer_words import OfferedJoin
from stagebox.media.verdict_changes import BasisChange, VerdictComparison
from stagebox.media.verdict_comparison import FolderComparison
from stagebox.model.report import Code, Report
from stagebox.model.snapshot import ScheduleView, SessionView, Snapshot
from stagebox.model.state import CommandResult
from stagebox.obs.devices import ObsDevices
from stagebox.obs.provision import ProvisionResult
from stagebox.rehearsal.outcome import RehearsalOutcome
from stagebox.schedule.ledger import TalkFate

Line = tuple[str, str]
"""A field and what is in it. Parts of a path are told apart by points; `[]` is each one of a list."""

DEEPEST = 3

EXIT_CODES = (
    ("0", "good"),
    ("1", "something needs a person: a talk to look at, an alarm, a wish that was not done"),
    ("2", "unusable input or a broken set-up: a wrong path, a file that is no recording, a full disk"),
    ("64", "mistyped"),
    ("130", "stopped with Ctrl-C; what was done until then is kept, the same command goes on"),
    ("143", "stopped by SIGTERM, in the same way"),
)

NOT_DONE = (
    ("disk_full", "the disk of the output folder has no room for it"),
    ("folder_gone", "the output folder cannot be written: read-only, no right, gone"),
    ("not_done", "the run was stopped before its turn, or its folder is out of reach"),
    ("growing", "it is still being written"),
)


MADE_OF: tuple[Line, ...] = (
    ("findings[].said", "what the message is made of; not in reports of older versions: object"),
    ("findings[].said.code", "text: the code of its words"),
    ("findings[].said.facts", "object: the figures and names in it"),
)
"""Beside a finding's words in English, what tells it in any language (decision 1702)."""

SAID: tuple[Line, ...] = (
    ("accepted[]", "only where somebody said something: findings of this report that a person accepted"),
    ("accepted[].code, accepted[].severity, accepted[].note, accepted[].who, accepted[].at", "text"),
    ("accepted[].start_s, accepted[].end_s", "number"),
    ("after_acceptance", "only where somebody said something: object"),
    ("after_acceptance.verdict", "ok, flagged or failed, by what still counts"),
    ("after_acceptance.needs_person", "true or false"),
    ("after_acceptance.fate", "null, or object: what became of the talk"),
    ("after_acceptance.fate.kind", "lost or elsewhere"),
    ("after_acceptance.fate.note, after_acceptance.fate.who, after_acceptance.fate.at", "text"),
    ("after_acceptance.fate.file", "text: the file that has the talk; empty when it is lost"),
)
"""What stands beside a report of which a person said something (decision 1602)."""


JOIN: tuple[Line, ...] = (
    ("schema", "text: `stagebox.join/1`"),
    ("output", "text: the joined MP4"),
    ("order", "times, names, asked: what tells the order"),
    ("done_before", "true or false: it was joined before, and nothing was made"),
    ("parts[].number", "whole number, from 1"),
    ("parts[].source", "text: the recording"),
    ("parts[].start_s, parts[].duration_s", "number: where it is in the joined MP4"),
    ("gaps[].after", "whole number: what lies between this part and the next"),
    ("gaps[].gap_s", "number of seconds that are missing, less than 0: that both have; null: not known"),
    ("gaps[].words", "text: the same in a sentence"),
    ("report", "the joined MP4's report, as `process` prints it"),
    ("undone", "with `--undo`, text: the MP4 that was taken away; `parts[]` are the paths of its parts"),
)


RELEASE: tuple[Line, ...] = (
    ("schema", "text: `stagebox.release/1`"),
    ("folder", "text: what was named"),
    ("recordings[].source", "text: where it was"),
    ("recordings[].bytes", "whole number, or null when it is gone"),
    ("recordings[].output", "text or null: its MP4"),
    ("recordings[].state", "may_go or stays"),
    ("recordings[].code", "null, or why it stays: the codes of decision 1603"),
    ("recordings[].why, recordings[].remedy", "text; empty when it may go"),
    ("recordings[].moved_to", "text or null"),
    ("recordings[].deleted", "true or false"),
)


SCHEDULE: tuple[Line, ...] = (
    ("schema", "text: `stagebox.schedule/1`"),
    ("source", "text: the file or address"),
    ("format", "frab-xml, frab-json, schedule2, broadcast, pentabarf, ical or csv"),
    ("title, version", "text; empty where it names none"),
    ("time_zone", "text: in which times without an offset were read"),
    ("rooms[].name, rooms[].guid", "text"),
    ("talks[].key", "text: what the talk is known by, once in a schedule"),
    ("talks[].guid, talks[].code, talks[].title, talks[].subtitle, talks[].language, talks[].url", "text"),
    ("talks[].speakers[], talks[].rooms[]", "text"),
    ("talks[].room", "text: as the schedule writes it"),
    ("talks[].start_utc, talks[].end_utc", "text: `2024-12-27T10:00:00Z`"),
    ("talks[].consent.record, talks[].consent.stream, talks[].consent.publish", "yes, no or unknown"),
    ("problems[].where", "text: the place in the schedule"),
    ("problems[].what", "text: what is wrong, and what was done with it"),
    ("problems[].left_out", "true or false: a talk was lost by it"),
    ("problems[].said", "what that is made of: object"),
)


COVERAGE: tuple[Line, ...] = (
    ("schema", "text: `stagebox.coverage/1`"),
    ("source, title, version, time_zone", "text"),
    ("room", "text: this room's name in the schedule; empty: none is chosen"),
    ("rooms[]", "text: all of its rooms"),
    ("fetched_utc", "text, or null: when it was last seen to be so"),
    ("trouble", "text: why the newest could not be had; empty where it could"),
    ("at_utc", "text"),
    ("totals", "object: how many talks are in each state"),
    ("talks[]", "this room's, each as in `schedule check`, and:"),
    ("talks[].state", ", ".join(map(str, TalkFate))),
    ("talks[].sessions[]", "text: the ids of its recordings"),
    ("talks[].recorded_s", "number"),
    ("talks[].verdict", "ok, flagged or failed; empty before there is one"),
    ("talks[].output", "text: its MP4"),
    ("talks[].why", "text; empty where nothing is to be said"),
    ("talks[].said", "object, or null: what that is made of"),
)


@dataclass(frozen=True, slots=True)
class CommandOutput:
    """What one command, or several, print."""

    commands: tuple[str, ...]
    shape: str
    lines: tuple[Line, ...]


def told() -> tuple[CommandOutput, ...]:
    """Every command with its fields."""
    report = tuple(_report())
    return (
        CommandOutput(
            ("process", "verify"),
            "A list with an object for each recording, in the order in which they were found. `watch` prints "
            "the same objects, each on a line of its own, as recordings are done.",
            report,
        ),
        CommandOutput(("accept",), "The talk's report, as `process` prints it, as an object.", report),
        CommandOutput(
            ("compare",),
            "An object: what changed since the last run with other settings or another version.",
            (("schema", "text: `stagebox.compare/1`"), *_of(FolderComparison)),
        ),
        CommandOutput(("join",), "An object; with `--undo`, `schema`, `undone` and `parts` alone.", JOIN),
        CommandOutput(("release",), "An object with each recording that was looked at.", RELEASE),
        CommandOutput(
            ("reports/index.json",), "What `process` leaves beside its page, as an object.", tuple(_index())
        ),
        CommandOutput(
            ("status",), "An object: what `serve` knows. `GET /api/state` is the same.", _of(Snapshot)
        ),
        CommandOutput(
            ("sessions",), "A list of talks, newest first. It needs no running stagebox.", _of(SessionView)
        ),
        CommandOutput(("schedule check",), "An object: what the schedule says.", SCHEDULE),
        CommandOutput(("schedule use",), "An object: `schedule` of `status`.", _of(ScheduleView)),
        CommandOutput(
            ("schedule show", "schedule coverage"),
            "An object: this room's talks, and what became of each. `GET /api/schedule` is the same.",
            COVERAGE,
        ),
        CommandOutput(
            ("scene", "record", "talk", "message", "stream start", "stream stop"),
            "An object: what became of the wish.",
            _of(CommandResult),
        ),
        CommandOutput(("schedule give",), "An object: what became of the wish.", _of(CommandResult)),
        CommandOutput(
            ("put-back",), "A list of such answers, one for each thing put right.", _of(CommandResult)
        ),
        CommandOutput(
            ("stream status",), "`stream` of `status`, and:", (("health", "object"), ("alarms", "list"))
        ),
        CommandOutput(
            ("stream key", "stream target", "stream services"),
            "What is kept, where the stream goes, and a list of services.",
            (
                ("has_key", "true or false"),
                ("service, server, target", "text"),
                ("problem, remedy", "text; empty when it can be streamed to"),
                ("[].name, [].key_page", "text"),
                ("[].common", "true or false"),
                ("[].servers[].name, [].servers[].url", "text"),
            ),
        ),
        CommandOutput(
            ("doctor",),
            "An object: `exit_code`, and the checks in `results`.",
            (
                ("exit_code", "whole number"),
                *_keys(CheckResult.to_json, "results[]."),
                ("results[].said.code", "text: the code of the summary's words"),
                ("results[].said.facts", "object: the figures and names in it"),
            ),
        ),
        CommandOutput(("devices",), "An object.", _of(ObsDevices)),
        CommandOutput(("provision",), "An object.", _of(ProvisionResult)),
        CommandOutput(("rehearse",), "An object.", _keys(RehearsalOutcome.to_json)),
        CommandOutput(
            ("serve",), "An object, once it runs.", (("api", "text: address"), ("state_dir", "text: path"))
        ),
        CommandOutput(
            ("install-units",),
            "An object.",
            (("units[]", "text: path"), ("enabled", "true or false")),
        ),
        CommandOutput(
            ("learn",),
            "An object; `card` when a picture was kept, `forgotten` when cards were.",
            (("role", "text"), ("card", "text: path"), ("forgotten", "whole number")),
        ),
        CommandOutput(
            ("config",),
            "The settings in force, as stagebox.toml has them; with `--example`, `example` alone.",
            (("example", "text"),),
        ),
        CommandOutput(
            ("buttonbox install",),
            "An object.",
            (("port, id", "text"), ("buttons, lamps", "whole number")),
        ),
    )


def as_markdown() -> str:
    """The page."""
    lines = [
        "# JSON and exit codes",
        "",
        "Every command takes `--json`. This page is made from the models themselves, by",
        "`python -m stagebox.commands.json_fields > docs/json.md`. Seconds end in `_s`, bytes in `_bytes`,",
        "times in UTC in `_utc`. A path that is no UTF-8 has `\\xNN` for what is none.",
        "",
        "## Exit codes",
        "",
        *_table(("code", "means"), EXIT_CODES),
        "",
        "## What is not done yet",
        "",
        "A recording that was not worked on, through no fault of its own, is `flagged` without an output,",
        "with one finding. Its codes are these; of all the others, [findings.md](findings.md) tells.",
        "",
        *_table(("code", "why"), NOT_DONE),
    ]
    for one in told():
        names = ", ".join(f"`{name}`" for name in one.commands)
        lines += ["", f"## {names}", "", one.shape, "", *_table(("field", "is"), one.lines)]
    return "\n".join(lines) + "\n"


def _table(heads: Sequence[str], rows: Sequence[Line]) -> list[str]:
    cells = [(f"`{name}`", words.replace("|", "\\|")) for name, words in rows]
    return [f"| {heads[0]} | {heads[1]} |", "|---|---|", *(f"| {left} | {right} |" for left, right in cells)]


def _report() -> Iterator[Line]:
    yield "schema", "text: `stagebox.report/1`"
    for name, words in _of(Report):
        if name == "usable":
            yield "verdict", "ok, flagged or failed: good, needs a look, failed"
        else:
            yield name, words
        if name == "findings[].evidence":
            yield from MADE_OF
    yield from SAID
    yield "compared", "only where it was judged before with other settings or by another version: object"
    yield from _of(VerdictComparison, "compared.")
    yield "joined", "only for a part of a joined MP4, whose report this is: object"
    yield from _of(JoinedPart, "joined.")
    yield "offer", "only where it looks like a part of one talk: object"
    yield from _of(OfferedJoin, "offer.")


def _index() -> Iterator[Line]:
    yield "schema", "text: `stagebox.index/1`"
    yield "title", "text"
    yield from _of(IndexTotals, "totals.")
    yield from (line for line in _of(IndexRow, "talks[].") if not line[0].endswith("picture"))
    yield "recordings[]", "the report as `process --json` has it, with `session`: what is known of the talk"
    yield "not_done[].source, not_done[].code, not_done[].why", "text: what is not done yet, and why"
    yield "not_done[].size_bytes", "whole number"
    yield "skipped[].source", "text: what was passed over"
    yield "skipped[].why", "growing, part or no_recording"
    yield "since[].talks", "whole number: of how many talks"
    yield from _of(BasisChange, "since[].")
    yield from _of(OfferedJoin, "offers[].")
    yield "unrecorded[].talk, unrecorded[].speaker", "text: a talk of the schedule without a recording"
    yield "unrecorded[].day, unrecorded[].time, unrecorded[].word, unrecorded[].why", "text"
    yield "unrecorded[].state", "missing, refused or cancelled"
    yield "gone[].talk, gone[].output", "text: talks whose recording is gone and whose MP4 is here"


def _of(model: type, before: str = "", depth: int = 0) -> tuple[Line, ...]:
    """The fields of a dataclass, and of those in it."""
    made: list[Line] = []
    hints = typing.get_type_hints(model)
    for one in fields(model):
        name, (words, inner, many) = before + one.name, _words(hints[one.name])
        if inner is not None and depth < DEEPEST:
            made.append((name + ("[]" if many else ""), words))
            made += _of(inner, f"{name}{'[]' if many else ''}.", depth + 1)
        else:
            made.append((name + ("[]" if many else ""), words))
    return tuple(made)


def _words(hint: Any) -> tuple[str, type | None, bool]:
    """What a type is called, the dataclass in it, and whether it is a list."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        some = [one for one in arguments if one is not type(None)]
        words, inner, many = _words(some[0])
        if len(some) > 1:
            words = " or ".join(_words(one)[0] for one in some)
        return words + (", or null" if len(some) < len(arguments) else ""), inner, many
    if origin is typing.Literal:
        return ", ".join(str(one) or "empty" for one in arguments), None, False
    if origin in (tuple, list, frozenset, Sequence):
        words, inner, _ = _words(arguments[0])
        return words, inner, True
    if origin is not None and issubclass(origin, Mapping):
        return "object", None, False
    return _plain(hint)


def _plain(hint: Any) -> tuple[str, type | None, bool]:
    named = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    if hint in named:
        return named[hint], None, False
    if hint is Code:
        return "a code: [findings.md](findings.md)", None, False
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ", ".join(str(one.value) for one in hint), None, False
    return "object", hint if is_dataclass(hint) and isinstance(hint, type) else None, False


def _keys(writes: Callable[..., Any], before: str = "") -> tuple[Line, ...]:
    """The keys that a `to_json` writes, by its source: it shapes an object of its own."""
    found = re.findall(r'^ {12}"(\w+)": (.*)$', inspect.getsource(writes), re.MULTILINE)
    return tuple((before + name, _shape(written)) for name, written in found)


def _shape(written: str) -> str:
    """What an expression makes, as far as it shows."""
    empty = ", or null" if "None" in written else ""
    if "[" in written or "list(" in written:
        return "list" + empty
    if written.startswith(("{", "dict(", "as_json(")):
        return "object" + empty
    if "round" in written:
        return "number" + empty
    return "text" + empty if "str(" in written else "value" + empty


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
