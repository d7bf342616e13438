"""Makes the rescue output of one talk: listened to, aligned, mixed, muxed, and proven."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import IO

import ffmpeg

from stagebox.media import join, runner, storage, stream_hashes
from stagebox.media import probe as probing
from stagebox.media.job import Job
from stagebox.media.probe import Chapter, Probe, StreamInfo
from stagebox.media.rescue import align, backups, mix, sound_choice, sound_files
from stagebox.media.rescue.mix import MixTrack
from stagebox.media.rescue.rescue_plan import RescueBackup, RescuePlan, RescueSegment, plan
from stagebox.media.rescue.sound_files import CHANNELS, FULL_RATE_HZ, DecodedSound
from stagebox.model.errors import MediaError
from stagebox.model.pauses import without_pauses
from stagebox.model.program import soundless
from stagebox.model.report import RescueReport
from stagebox.system.files import flush

NAME = "{stem} (rescue sound)"
BITRATE = "192k"
STANDS_S = 0.1
"""A gap in the picture of at least this gets a chapter."""
_CHECK_SEARCH_S = 0.5
_LENGTH_S = 1.0


class RescueMaker:
    """One talk's rescue. `probes` are the segments of its output, in order; `reasons` why it is wanted.

    `recorded` is the recording of each of their files: clocks are known of recordings, not of mended copies.
    """

    def __init__(
        self,
        job: Job,
        probes: Sequence[Probe],
        recorded: Mapping[Path, Path],
        reasons: Sequence[str],
        found: Sequence[Path],
        cancel: runner.Cancel | None,
    ) -> None:
        self._job = job
        self._found = tuple(found)
        self._probes = tuple(probes)
        self._recorded = recorded
        self._cancel = cancel
        self._deadline_s = runner.deadline_for(sum(probe.size_bytes for probe in probes))
        self._rescue = RescueReport(None, tuple(reasons))
        self._paths: list[Path] = []

    def make(self, part: Path) -> RescueReport:
        """Write the rescue to `part` and prove it: `output` is `part` then, else None with `why_not`.

        Raises:
            StorageError: the disk is full.
            MediaError: ffmpeg is absent, does not end, or was cancelled.
        """
        found = self._backups()
        if isinstance(found, str):
            return replace(self._rescue, why_not=found)
        if not self._pictures():
            return replace(self._rescue, why_not="There is no picture to which the backup could be put.")
        segments = self._segments()
        length_s = sum(segment.duration_s for segment in segments)
        made = plan(segments, found, soundless(self._job.layouts, self._job.program, length_s))
        if isinstance(made, str):
            return replace(self._rescue, why_not=made)
        self._rescue = replace(self._rescue, gained_s=made.gained_s)
        if made.gained_s < sound_choice.GAIN_AT_LEAST_S:
            return replace(self._rescue, why_not="The backup has no sound that the recording lacks.")
        storage.check_room(self._job.out, sum(probe.size_bytes for probe in self._probes))
        self._write(part, made)
        return self._proven(part, made, segments)

    def _backups(self) -> list[RescueBackup] | str:
        paths = self._found
        backups.wait_closed(paths)
        self._rescue = replace(self._rescue, backups=tuple(runner.exact(path) for path in paths))
        found = []
        for path in paths:
            heard = self._listen(path, backup=True)
            if heard.duration_s > 0:
                self._paths.append(path)
                told = backups.read_diary(path)
                if told.started_utc is not None:
                    # The backup is paused with OBS; the segments' clock stands still meanwhile.
                    told = replace(told, started_utc=without_pauses(told.started_utc, self._job.pauses))
                found.append(RescueBackup(heard, told))
        return found or "The backup of the sound cannot be read."

    def _segments(self) -> list[RescueSegment]:
        began = self._began()
        return [
            RescueSegment(
                probe.duration_s,
                self._listen(probe.path, backup=False),
                began.get(self._recorded[probe.path]),
            )
            for probe in self._probes
        ]

    def _began(self) -> dict[Path, float]:
        """When each segment began by the wall clock, as far as it is known."""
        job = self._job
        starts_s = job.starts_s if len(job.starts_s) == len(job.sources) else (0.0,)
        if not job.started_utc:
            return {}
        return {path: job.started_utc + at_s for path, at_s in zip(job.sources, starts_s, strict=False)}

    def _listen(self, path: Path, *, backup: bool) -> DecodedSound:
        options = sound_files.BACKUP_OPTIONS if backup else runner.INPUT_OPTIONS
        return sound_files.listen(path, options, deadline_s=self._deadline_s, cancel=self._cancel)

    def _pictures(self) -> tuple[StreamInfo, ...]:
        return self._probes[0].of_kind("video")

    # --- writing --------------------------------------------------------------------------------------

    def _write(self, part: Path, made: RescuePlan) -> None:
        def feed(stream: IO[bytes]) -> None:
            for block in mix.render(made.pieces, self._tracks(made)):
                stream.write(block)

        starts_s = made.placement.starts_s
        lengths_s = [*(after - before for before, after in pairwise(starts_s)), self._probes[-1].duration_s]
        chapters = chapters_of(self._probes, starts_s)
        with (
            join.opened(self._probes, lengths_s, made.length_s, chapters) as source,
            runner.ExtraPipes() as pipes,
        ):
            opened = ffmpeg.input(source.url, **source.options)
            sound = ffmpeg.input(pipes.feed(feed), f="f32le", ar=FULL_RATE_HZ, ac=CHANNELS)
            options = {f"metadata:g:{n}": f"{key}={value}" for n, (key, value) in enumerate(self._named())}
            output = ffmpeg.output(
                *(opened[str(stream.index)] for stream in self._pictures()),
                sound,
                runner.file_url(part),
                **{"c:v": "copy", "c:a": "aac", "b:a": BITRATE, "format": "mp4", "movflags": "+faststart"},
                map_metadata=0,
                map_chapters=2,
                **options,
            )
            argv = output.get_args()
            place = argv.index("-map")
            assert source.chapters is not None
            argv[place:place] = ["-f", "ffmetadata", "-i", runner.file_url(source.chapters)]
            done = runner.run(
                [runner.tool("ffmpeg"), *runner.FFMPEG_OPTIONS, *argv, "-y"],
                deadline_s=self._deadline_s + made.length_s,
                cancel=self._cancel,
                pipes=pipes,
            )
            pipes.join()
        if done.exit_code != 0:
            if "No space left on device" in done.stderr:
                raise storage.full_error(self._job.out, part.stat().st_size if part.exists() else 0)
            words = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise MediaError(f"The rescue sound could not be put to the picture: {words}.")
        flush(part)

    def _named(self) -> list[tuple[str, str]]:
        named = self._job.facts.metadata()
        comment = "; ".join(
            text for text in (named.get("comment"), "sound from the backup recording") if text
        )
        return list({**named, "comment": comment}.items())

    def _tracks(self, made: RescuePlan) -> dict[tuple[str, int], MixTrack]:
        tracks = {
            ("own", number): MixTrack(probe.path, runner.INPUT_OPTIONS, start_s, gain=made.own_gain)
            for number, (probe, start_s) in enumerate(zip(self._probes, made.placement.starts_s, strict=True))
        }
        for number, (path, placed) in enumerate(zip(self._paths, made.placement.backups, strict=True)):
            if placed is not None:
                tracks["backup", number] = MixTrack(
                    path, sound_files.BACKUP_OPTIONS, placed.start_s, placed.stretch
                )
        return tracks

    # --- proving --------------------------------------------------------------------------------------

    def _proven(self, part: Path, made: RescuePlan, segments: Sequence[RescueSegment]) -> RescueReport:
        """The rescue, when its picture is the recording's and its sound lies where it should."""
        written = stream_hashes.hash_file(
            part,
            self._pictures(),
            source_container=self._probes[0].container,
            deadline_s=self._deadline_s,
            cancel=self._cancel,
        )
        truth = stream_hashes.hash_segments(
            self._probes, self._pictures(), deadline_s=self._deadline_s, cancel=self._cancel
        )
        lossless = written is not None and written["md5"] == truth
        probe = probing.probe(part, cancel=self._cancel)
        residual_s = self._residual_s(part, made, segments)
        used = next(placed for placed in made.placement.backups if placed is not None)
        rescue = replace(
            self._rescue,
            method="correlation" if made.fits else "clock",
            offset_s=used.start_s,
            drift_ppm=used.drift_ppm,
            residual_s=residual_s,
            steps_s=max((fit.steps_s for fit in made.fits.values()), default=0.0),
            lost_s=sound_choice.lost_s(made.pieces),
            picture_stands_s=picture_stands_s(self._probes, made),
            duration_s=probe.duration_s,
            picture_lossless=lossless,
        )
        if not lossless:
            return replace(rescue, why_not="The picture of the rescue output is not that of the recording.")
        if abs(probe.duration_s - made.length_s) > _LENGTH_S:
            return replace(rescue, why_not="The rescue output is not as long as the session was.")
        if made.fits and (residual_s is None or residual_s > align.RESIDUAL_S):
            return replace(rescue, why_not="The backup's sound did not fit the recording's within 20 ms.")
        return replace(rescue, output=runner.exact(part))

    def _residual_s(self, part: Path, made: RescuePlan, segments: Sequence[RescueSegment]) -> float | None:
        """How far own sound and rescue sound are apart at most in the finished file, where both exist."""
        mixed = self._listen(part, backup=False).sound()
        apart = []
        for segment, start_s in zip(segments, made.placement.starts_s, strict=True):
            found = align.lags(segment.heard.sound(), mixed, -start_s, search_s=_CHECK_SEARCH_S)
            line = align.fit(found)
            if line is not None:
                apart += [
                    abs(lag.own_s - lag.backup_s + start_s)
                    for lag in found
                    if abs(line.own_time_s(lag.backup_s) - lag.own_s) <= align.AGREE_S
                ]
        return max(apart, default=None)


def picture_stands_s(probes: Sequence[Probe], made: RescuePlan) -> float:
    """Seconds of the rescue in which the picture stands still, since OBS recorded none."""
    return made.length_s - sum(probe.duration_s for probe in probes)


def chapters_of(probes: Sequence[Probe], starts_s: Sequence[float]) -> list[Chapter]:
    """The recording's own chapters, and a mark for each segment and each gap."""
    found: list[Chapter] = []
    for number, (probe, start_s) in enumerate(zip(probes, starts_s, strict=True)):
        own = [replace(mark, start_s=mark.start_s + start_s, end_s=0.0) for mark in probe.chapters]
        if len(probes) > 1 and not any(mark.start_s <= start_s for mark in own):
            found.append(Chapter(start_s, 0.0, f"Segment {number + 1}"))
        found += own
        end_s = start_s + probe.duration_s
        gap_s = starts_s[number + 1] - end_s if number + 1 < len(starts_s) else 0.0
        if gap_s >= STANDS_S:
            found.append(Chapter(end_s, 0.0, f"Gap of {gap_s:.1f} s: the picture is frozen"))
    return found
