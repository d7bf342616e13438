"""What a recording shows and sounds like: the picture and the sound, judged by pure rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from stagebox.media.probe import Probe
from stagebox.messages.code_catalogue import say
from stagebox.model.program import OnProgram, SceneLayout
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

if TYPE_CHECKING:
    from stagebox.media.analysis.flv_index import FlvIndex


@dataclass(frozen=True, slots=True)
class RecordingAnalysis:
    """What the picture and the sound of one recording said.

    `loudness_lufs` is the integrated loudness (EBU R 128), None without sound. `waveform` holds (minimum,
    maximum) of the samples, -1 to 1, in equal steps over the recording, of the first audio track.
    `filmstrip` holds (time in seconds, JPEG 90 pixels high), at most about sixty, in order. `packets` and
    `frames_decoded` count the pictures in the file and those that had to be decoded.
    """

    findings: tuple[Finding, ...]
    loudness_lufs: float | None = None
    waveform: tuple[tuple[float, float], ...] = ()
    filmstrip: tuple[tuple[float, bytes], ...] = ()
    packets: int = 0
    frames_decoded: int = 0


def analyse(
    path: Path,
    probe: Probe,
    limits: VerifySettings,
    *,
    expected_s: float | None = None,
    camera_roles: bool = False,
    index: "FlvIndex | None" = None,
    layouts: Sequence[SceneLayout] = (),
    program: Sequence[OnProgram] = (),
    deadline_s: float,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> RecordingAnalysis:
    """Read a recording once and return what its picture and sound are.

    Decodes inside this process: call it in a worker whose crash can be survived.

    Args:
        path: the recording; it is only read.
        probe: what ffprobe told of it.
        limits: when something is a finding.
        expected_s: the session's length by the clock, used where the container does not know its own.
        camera_roles: a camera is shown all the time, so that a still picture is a finding.
        index: where the packets of this FLV lie, when that is known already.
        layouts: the scenes of the pack, whose boxes are judged.
        program: which of them was on program when; empty when that is not known.
        deadline_s: longest time it may take, in seconds.
        cancel: asked every few hundred packets; True ends the reading.
        progress: told the share that has been read, 0 to 1.

    Raises MediaError when the file cannot be opened, the deadline passes, or the reading is cancelled.
    """
    # PyAV and numpy are only needed where a recording is read, not where a report is.
    from stagebox.media.analysis.card_silence import without_cards
    from stagebox.media.analysis.picture_findings import picture_findings
    from stagebox.media.analysis.recording_reader import ReadingControl, read
    from stagebox.media.analysis.sound_findings import loudness_of, sound_findings, waveform_of

    length_s = probe.duration_s or expected_s or 0.0
    watch = ReadingControl(deadline_s, cancel, progress)
    picture, sounds = read(
        path,
        probe,
        limits,
        watch,
        length_s=length_s,
        stills=camera_roles,
        index=index,
        layouts=layouts,
        program=program,
    )
    found: list[Finding] = []
    if picture is not None:
        found += picture_findings(picture, limits, camera=camera_roles)
    names = [stream.tags.get("title", "") for stream in probe.of_kind("audio")]
    by_track = []
    for number, sound in enumerate(sounds):
        name = names[number] if number < len(names) else ""
        track = "on_named_track" if name else "on_track"
        where = say(track, number=number + 1, name=name) if len(sounds) > 1 else ""
        by_track.append(sound_findings(sound, limits, where=where))
    found += without_cards(beside_each_other(by_track), layouts, program, length_s)
    found.sort(key=lambda one: (one.start_s, one.code))
    return RecordingAnalysis(
        findings=tuple(found),
        loudness_lufs=loudness_of(sounds),
        waveform=waveform_of(sounds),
        filmstrip=picture.film if picture is not None else (),
        packets=picture.packets if picture is not None else 0,
        frames_decoded=picture.frames_decoded if picture is not None else 0,
    )


def beside_each_other(by_track: Sequence[Sequence[Finding]]) -> list[Finding]:
    """The findings of all tracks: a bad one beside a good one is no more than a warning.

    That the detector of voices is not there is told once.
    """
    unsure = [one for track in by_track for one in track if one.code is Code.VOICE_UNSURE]
    by_track = [[one for one in track if one.code is not Code.VOICE_UNSURE] for track in by_track]
    return _beside(by_track) + unsure[:1]


def _beside(by_track: Sequence[Sequence[Finding]]) -> list[Finding]:
    critical = [any(one.severity is Severity.CRITICAL for one in track) for track in by_track]
    if all(critical):
        return [one for track in by_track for one in track]
    return [
        replace(one, severity=Severity.WARNING) if one.severity is Severity.CRITICAL else one
        for track in by_track
        for one in track
    ]
