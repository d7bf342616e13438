"""From a recording to a proven MP4 with an honest verdict; `verify` is the same without writing anything."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagebox.media import containers, proof, remux, runner, storage, structure
from stagebox.media import probe as probing
from stagebox.media._basic_analysis import analyse
from stagebox.media.analysis import Analysis
from stagebox.media.probe import Probe, UnusableError
from stagebox.model.report import Finding, Report, Severity, StreamFacts
from stagebox.model.settings import Settings

Progress = Callable[[str, float], None]
"""Called with the present step in one word and the share of the whole work done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What is known of the talk; empty texts are left out of the MP4 and the report."""

    title: str = ""
    speaker: str = ""
    room: str = ""
    event: str = ""
    started_at: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One talk to process.

    Args:
        sources: the segments of the session, in order; usually one.
        out: the folder for the output and its reports.
        name: the output's stem; None takes the first source's.
        expected_s: how long the session was by its own clock, in seconds.
        facts: what is known of the talk.
    """

    sources: tuple[Path, ...]
    out: Path
    name: str | None = None
    expected_s: float | None = None
    facts: SessionFacts = field(default_factory=SessionFacts)


def verify_recording(
    path: Path,
    settings: Settings,
    *,
    expected_s: float | None = None,
    progress: Progress | None = None,
    cancel: runner.Cancel | None = None,
) -> Report:
    """The report on a recording; nothing is written.

    Raises:
        MediaError: ffmpeg is absent or was cancelled; a recording that cannot be read is a report.
    """
    try:
        probe = probing.probe(path, cancel=cancel)
    except UnusableError as error:
        return unusable_report(path, error)
    kept = remux.plan(probe)
    work = _Work(probe, kept, settings, expected_s, progress, cancel)
    reading, analysis = work.read_and_look(None, {})
    return work.report(reading, analysis, output=None, lossless=None, extra=())


def unusable_report(path: Path, error: UnusableError) -> Report:
    """The report on a file that is no recording."""
    finding = Finding(error.code, Severity.CRITICAL, 0.0, 0.0, error.what, error.remedy)
    return Report(runner.shown(path), None, None, 0.0, findings=(finding,), usable=False)


def process_recording(
    job: Job,
    settings: Settings,
    *,
    progress: Progress | None = None,
    cancel: runner.Cancel | None = None,
) -> Report:
    """Make the proven MP4 of one recording in `job.out` and return the report.

    The source is never changed. The output appears under its name only when it is whole, proven and on disk;
    a file that is there already is never overwritten.

    Raises:
        StorageError: the output folder cannot be written, or the disk is full; nothing partial is left.
        MediaError: ffmpeg is absent or was cancelled.
    """
    path = job.sources[0]
    try:
        probe = probing.probe(path, cancel=cancel)
    except UnusableError as error:
        return unusable_report(path, error)
    kept = remux.plan(probe)
    work = _Work(probe, kept, settings, job.expected_s, progress, cancel)
    hidden = storage.prepare(job.out)
    storage.check_room(job.out, probe.size_bytes)
    part = hidden / f"{storage.key_of(job.sources)}.part"
    try:
        reading, analysis = work.read_and_look(part, metadata_of(job.facts))
        if reading.exit_code != 0 and "No space left" in reading.said:
            raise storage.full_error(job.out, probe.size_bytes)
        if not part.exists() or part.stat().st_size == 0 or not reading.packets.duration_s:
            return unusable_report(path, work.nothing_read(reading))
        hashes = work.prove(part)
        finding = structure.not_lossless(reading.hashes, hashes, reading.packets.duration_s)
        storage.flush(part)
        output = storage.publish(part, job.out, job.name or path.stem, kept.suffix)
    finally:
        part.unlink(missing_ok=True)
    return work.report(
        reading, analysis, output=output, lossless=finding is None, extra=(finding,) if finding else ()
    )


def metadata_of(facts: SessionFacts) -> dict[str, str]:
    """MP4 metadata for a talk: title, artist (the speaker), album (the event), date, comment (the room)."""
    named = {
        "title": facts.title,
        "artist": facts.speaker,
        "album": facts.event,
        "date": facts.started_at,
        "comment": facts.room,
    }
    return {key: value for key, value in named.items() if value}


class _Work:
    """One recording's passes; reading and looking run side by side."""

    def __init__(
        self,
        probe: Probe,
        kept: remux.Plan,
        settings: Settings,
        expected_s: float | None,
        progress: Progress | None,
        cancel: runner.Cancel | None,
    ) -> None:
        self._probe = probe
        self._kept = kept
        self._settings = settings
        self._expected_s = expected_s
        self._progress = progress
        self._failed = threading.Event()
        self._outer_cancel = cancel
        self._deadline_s = runner.deadline_for(probe.size_bytes)
        self._shares = {"copy": 0.0, "look": 0.0, "prove": 0.0}

    def _cancel(self) -> bool:
        return self._failed.is_set() or (self._outer_cancel is not None and self._outer_cancel())

    def _told(self, step: str, share: float) -> None:
        self._shares[step] = share
        if self._progress is not None:
            weights = {"copy": 0.3, "look": 0.5, "prove": 0.2}
            self._progress(step, sum(weights[name] * done for name, done in self._shares.items()))

    def read_and_look(
        self, target: Path | None, metadata: Mapping[str, str]
    ) -> tuple[remux.Reading, Analysis]:
        """Copy, hash and measure on one side, watch and listen on the other."""
        with ThreadPoolExecutor(2, thread_name_prefix="media") as pool:
            reading = pool.submit(self._guarded, self._read, target, metadata)
            looking = pool.submit(self._guarded, self._look)
            wait((reading, looking))
        for future in (reading, looking):
            error = future.exception()
            if error is not None and not isinstance(error, runner.CancelledError):
                raise error
        return reading.result(), looking.result()

    def _guarded(self, call: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return call(*arguments)
        except BaseException:
            self._failed.set()
            raise

    def _read(self, target: Path | None, metadata: Mapping[str, str]) -> remux.Reading:
        return remux.read(
            self._probe,
            self._kept,
            target,
            metadata=metadata,
            deadline_s=self._deadline_s,
            cancel=self._cancel,
            progress=lambda share: self._told("copy", share),
        )

    def _look(self) -> Analysis:
        return analyse(
            self._probe.path,
            self._probe,
            self._settings.verify,
            expected_s=self._expected_s,
            deadline_s=max(self._deadline_s, self._probe.duration_s),
            cancel=self._cancel,
            progress=lambda share: self._told("look", share),
        )

    def prove(self, part: Path) -> dict[int, str]:
        """The hashes of what was written."""
        hashes = proof.hash_file(
            part,
            self._kept.streams,
            source_container=self._probe.container,
            deadline_s=self._deadline_s,
            cancel=self._cancel,
        )
        self._told("prove", 1.0)
        return hashes

    def nothing_read(self, reading: remux.Reading) -> UnusableError:
        """The error for a recording of which not one packet could be read."""
        del reading
        return UnusableError(
            f"Nothing could be read from {runner.shown(self._probe.path.name)}.",
            "Look for another file of this talk; this one is damaged at its very start.",
        )

    def report(
        self,
        reading: remux.Reading,
        analysis: Analysis,
        *,
        output: Path | None,
        lossless: bool | None,
        extra: tuple[Finding, ...],
    ) -> Report:
        """All that was found, in the order of the timeline."""
        found = (
            *structure.judge(
                self._probe,
                self._kept,
                reading.packets,
                reading.said,
                containers.tail(self._probe.path, self._probe.container),
                self._settings.verify,
                expected_s=self._expected_s,
            ),
            *analysis.findings,
            *extra,
        )
        return Report(
            source=runner.shown(self._probe.path),
            output=None if output is None else runner.shown(output),
            lossless=lossless,
            duration_s=reading.packets.duration_s,
            streams=tuple(
                StreamFacts(
                    index,
                    stream.kind,
                    stream.codec,
                    reading.packets.streams[index].packets if index in reading.packets.streams else 0,
                    reading.hashes.get(index, ""),
                )
                for index, stream in enumerate(self._kept.streams)
            ),
            findings=tuple(sorted(found, key=lambda finding: (finding.start_s, -finding.severity.rank))),
        )
