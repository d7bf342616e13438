"""What was made already: one small file a talk, so that a second run does only what is missing.

It is written before the output gets its name. Whoever dies in between leaves an entry whose output is not
there, which counts as nothing.
"""

import contextlib
import functools
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from stagebox import __version__
from stagebox.media.file_part import FilePart
from stagebox.media.job import Job
from stagebox.media.runner import exact
from stagebox.model.paths import path_of as path_of_text
from stagebox.model.program import SceneLayout
from stagebox.model.ranges import FileRange
from stagebox.model.report import Code, Finding, Report, ReportedStream, RescueReport, Severity
from stagebox.model.said import Sentence, from_json
from stagebox.model.schedule import TalkConsent
from stagebox.model.settings import VerifySettings
from stagebox.system.files import write_whole

SCHEMA = "stagebox.manifest/1"


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as it was: path as text, size, and time of the last change in nanoseconds."""

    path: str
    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What is known of one processed talk.

    `asked` stands for what shapes the MP4 (name, session facts), `limits` for what shapes the verdict.
    `stem` is the name that output and reports share. `page` holds what the event's index shows of it.
    `replaces` is the talk's own earlier output, which is still there if the run was killed before it gave the
    new one its name. `rescued` says that a rescue output was thought of, and made if it was called for.
    `version` is that of the stagebox that made the verdict; empty where that was not kept yet. `made` are the
    thresholds and what was known of the talk (`made_of`), empty where they were not kept. `before` is the
    last verdict that was made with something else (`media/earlier_verdict.py`), None where there was none.
    `parts` are which part of each source the talk has, where it shares them with others; empty: all of each.
    """

    sources: tuple[FileStamp, ...]
    asked: str
    limits: str
    stem: str
    output: FileStamp | None
    report: Report
    page: Mapping[str, Any] = field(default_factory=dict)
    replaces: FileStamp | None = None
    rescued: bool = False
    version: str = ""
    made: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    parts: tuple[FilePart, ...] = ()

    @property
    def ranges(self) -> tuple[FileRange, ...]:
        """Which part of each source was asked for."""
        return tuple(part.range for part in self.parts)


def stamp(path: Path) -> FileStamp:
    """The file at `path` as it is now.

    Raises:
        OSError: it is not there.
    """
    seen = path.stat()
    return FileStamp(exact(path), seen.st_size, seen.st_mtime_ns)


def is_as_it_was(stamp: FileStamp) -> bool:
    """Whether the file is there with the size and the time that it had."""
    try:
        seen = path_of_text(stamp.path).stat()
    except OSError:
        return False
    return (seen.st_size, seen.st_mtime_ns) == (stamp.size_bytes, stamp.mtime_ns)


def stamps(paths: Iterable[Path]) -> tuple[FileStamp, ...] | None:
    """The files as they are now, None when one is not there."""
    try:
        return tuple(stamp(path.absolute()) for path in paths)
    except OSError:
        return None


def asked_of(job: Job) -> str:
    """A fingerprint of what shapes the MP4."""
    shaping: list[Any] = [job.name, asdict(job.facts), list(job.starts_s), list(job.splits)]
    if job.ranges:
        shaping.append([asdict(one) for one in job.ranges])
    return _fingerprint(shaping if job.gaps_s is None else [*shaping, list(job.gaps_s)])


def limits_of(job: Job, limits: VerifySettings) -> str:
    """A fingerprint of what shapes the verdict: the limits, the session's clock, the rules' version."""
    alarms = [asdict(alarm) for alarm in job.alarms]
    pauses = [asdict(pause) for pause in job.pauses]
    stage = [_layouts(job.layouts), [asdict(one) for one in job.program]]
    shaping = [limits.model_dump(mode="json"), job.expected_s, alarms, pauses, job.hash, __version__, stage]
    return _fingerprint(shaping)


def made_of(job: Job, limits: VerifySettings) -> dict[str, Any]:
    """What a verdict is made with, to be told by name: `thresholds` of [verify], and what of the `talk`."""
    talk = {
        "expected_s": job.expected_s,
        "alarms": len(job.alarms),
        "pauses": len(job.pauses),
        "scenes_on_program": len(job.program),
        "scene_pack": _layouts(job.layouts),
    }
    return {"thresholds": limits.model_dump(mode="json"), "talk": talk}


@functools.lru_cache(maxsize=4)
def _layouts(layouts: tuple[SceneLayout, ...]) -> str:
    """The same for all recordings of a batch."""
    return _fingerprint([asdict(one) for one in layouts])


def _fingerprint(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def path_of(hidden: Path, key: str) -> Path:
    """Where the entry of this key is."""
    return hidden / f"{key}.json"


def save(hidden: Path, key: str, entry: ManifestEntry) -> None:
    """Write the entry aside and put it in place.

    Raises:
        OSError: the disk refused it.
    """
    value = {
        "schema": SCHEMA,
        "sources": [asdict(source) for source in entry.sources],
        "asked": entry.asked,
        "limits": entry.limits,
        "stem": os.fsencode(entry.stem).hex(),
        "output": None if entry.output is None else asdict(entry.output),
        "usable": entry.report.usable,
        "report": entry.report.to_json(),
        "page": dict(entry.page),
        "replaces": None if entry.replaces is None else asdict(entry.replaces),
        "rescued": entry.rescued,
        "version": entry.version,
        "made": dict(entry.made),
        "before": None if entry.before is None else dict(entry.before),
        **({"parts": [part.to_json() for part in entry.parts]} if entry.parts else {}),
    }
    content = json.dumps(value, ensure_ascii=True, indent=1).encode()
    write_whole(path_of(hidden, key), content, mode=None, aside=hidden / f"{key}.entry.part")


def set_aside(hidden: Path, key: str) -> bool:
    """Keep an entry that cannot be used under another name, so that none is written over it.

    Returns whether there is one, now or from before.

    Raises:
        OSError: the folder cannot be written.
    """
    before = len(list(hidden.glob(f"{key}.unreadable*")))
    with contextlib.suppress(FileNotFoundError):
        path_of(hidden, key).rename(hidden / f"{key}.unreadable{before or ''}")
        return True
    return before > 0


def load(path: Path) -> ManifestEntry | None:
    """The entry in this file, None when there is none that can be used."""
    try:
        value = json.loads(path.read_bytes())
        if value["schema"] != SCHEMA:
            return None
        return ManifestEntry(
            sources=tuple(FileStamp(**source) for source in value["sources"]),
            asked=value["asked"],
            limits=value["limits"],
            stem=os.fsdecode(bytes.fromhex(value["stem"])),
            output=None if value["output"] is None else FileStamp(**value["output"]),
            report=read_report(value["report"], usable=value["usable"]),
            page=value["page"],
            replaces=None if value["replaces"] is None else FileStamp(**value["replaces"]),
            rescued=bool(value.get("rescued")),
            version=str(value.get("version", "")),
            made=_object(value.get("made")) or {},
            before=_object(value.get("before")),
            parts=tuple(FilePart.of_json(one) for one in value.get("parts", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _object(value: object) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def entries(hidden: Path) -> list[ManifestEntry]:
    """All entries of an output folder, by stem."""
    return sorted((entry for _, entry in keyed(hidden)), key=lambda entry: entry.stem)


def keyed(hidden: Path) -> Iterator[tuple[str, ManifestEntry]]:
    """All entries of an output folder, each with its key, in the order of the keys."""
    for path in sorted(hidden.glob("*.json")):
        if (entry := load(path)) is not None:
            yield path.stem, entry


def output_path(out: Path, entry: ManifestEntry) -> Path | None:
    """The entry's output in the folder `out`, None when it is not there as it was written."""
    return _as_it_was(out, entry, entry.output)


def own_path(out: Path, entry: ManifestEntry) -> Path | None:
    """The talk's own file in the folder `out`, the entry's output or the one that it replaces."""
    return output_path(out, entry) or _as_it_was(out, entry, entry.replaces)


def _as_it_was(out: Path, entry: ManifestEntry, stamp: FileStamp | None) -> Path | None:
    if stamp is None:
        return None
    path = out / (entry.stem + (".mkv" if stamp.path.endswith(".mkv") else ".mp4"))
    try:
        seen = path.stat()
    except OSError:
        return None
    return path if (seen.st_size, seen.st_mtime_ns) == (stamp.size_bytes, stamp.mtime_ns) else None


def is_current(entry: ManifestEntry, job: Job, limits: VerifySettings) -> bool:
    """Whether the entry's output and verdict are what this job would make now."""
    judged = entry.limits == limits_of(job, limits) and entry.version == __version__
    return judged and is_made(entry, job)


def is_made(entry: ManifestEntry, job: Job) -> bool:
    """Whether the entry's output is what this job would make now."""
    return (
        are_as_they_were(entry, job.sources)
        and entry.asked == asked_of(job)
        and output_path(job.out, entry) is not None
    )


def are_as_they_were(entry: ManifestEntry, sources: Iterable[Path]) -> bool:
    """Whether the entry is of these files, and what it has of them is as it was.

    A recording that goes on after this talk's part was longer later.
    """
    now = stamps(sources)
    return now is not None and are_as_stamped(entry, now)


def are_as_stamped(entry: ManifestEntry, now: Sequence[FileStamp]) -> bool:
    """The same of files that are `now` as their stamps say."""
    if len(now) != len(entry.sources):
        return False
    parts = entry.parts or (None,) * len(now)
    return all(
        one == was or (part is not None and part.is_before(was, one))
        for one, was, part in zip(now, entry.sources, parts, strict=True)
    )


def read_report(value: Mapping[str, Any], *, usable: bool) -> Report:
    """The report in a `stagebox.report/1` object.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    return Report(
        source=value["source"],
        output=value["output"],
        lossless=value["lossless"],
        duration_s=value["duration_s"],
        streams=tuple(ReportedStream(**stream) for stream in value["streams"]),
        findings=tuple(
            Finding(
                Code(entry["code"]),
                Severity(entry["severity"]),
                entry["start_s"],
                entry["end_s"],
                Sentence(from_json(entry.get("said"), entry["message"])),
                entry["remedy"],
                entry["evidence"],
            )
            for entry in value["findings"]
        ),
        usable=usable,
        rescue=_read_rescue(value.get("rescue")),
        consent=TalkConsent.read(value.get("consent")),
    )


def _read_rescue(value: Mapping[str, Any] | None) -> RescueReport | None:
    if value is None:
        return None
    lists = {key: tuple(value[key]) for key in ("reasons", "backups")}
    return RescueReport(**{**value, **lists})
