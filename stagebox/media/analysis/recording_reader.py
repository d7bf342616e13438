"""One pass over a recording: finds its packets once and hands them to picture and sound readers."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image

from stagebox.media.analysis import flv_index
from stagebox.media.analysis.frame_classifier import Signature, YuvFrame, signature
from stagebox.media.analysis.frames import BAD_DATA
from stagebox.media.analysis.picture_findings import VideoTrackFacts
from stagebox.media.analysis.picture_reader import MOST_BYTES, MOST_PACKETS, PictureReader, SizesMisleadError
from stagebox.media.analysis.scene_boxes import SceneBoxJudge
from stagebox.media.analysis.sound_meter import AudioTrackFacts, SoundMeter
from stagebox.media.analysis.sound_reader import HEARD_IN_FULL_S, SoundReader
from stagebox.media.probe import Probe
from stagebox.media.runner import shown
from stagebox.model.errors import MediaError
from stagebox.model.program import OnProgram, SceneLayout
from stagebox.model.settings import VerifySettings

SHORTEST_S = 0.5
"""A picture that was gone for less than this inside one group of pictures need not be found."""
PACKETS_A_LOOK = 512
"""Deadline, cancellation and progress are looked at once in so many packets."""
OPTIONS = {"protocol_whitelist": "file"}
FOUND_SHARE, PICTURE_SHARE, SOUND_SHARE = 0.1, 0.45, 0.45
"""About how the time is shared between finding the packets and what is made of them."""


@dataclass(frozen=True, slots=True)
class ReadingControl:
    """What can end the reading early, and who is told how far it is (0 to 1)."""

    deadline_s: float
    cancel: Callable[[], bool] | None = None
    progress: Callable[[float], None] | None = None


def read(
    path: Path,
    probe: Probe,
    limits: VerifySettings,
    watch: ReadingControl,
    *,
    length_s: float,
    stills: bool,
    index: flv_index.FlvIndex | None = None,
    layouts: Sequence[SceneLayout] = (),
    program: Sequence[OnProgram] = (),
) -> tuple[VideoTrackFacts | None, list[AudioTrackFacts]]:
    """Return what picture and sound of the recording showed; None and [] where there is none.

    Damaged packets are left out; where the file ends early, so do the facts. An FLV is asked for its
    `index`, unless that is known.

    Raises MediaError when the file cannot be opened, the deadline passes, or the reading is cancelled.
    """
    until = time.monotonic() + watch.deadline_s
    cards = tuple(_card(card) for card in limits.no_signal_cards)
    try:
        staged = SceneBoxJudge(layouts, program)
        return _read_once(
            path, probe, limits, watch, until, length_s, cards, index, staged, stills=stills, trust=True
        )
    except SizesMisleadError:
        staged = SceneBoxJudge(layouts, program)
        return _read_once(
            path, probe, limits, watch, until, length_s, cards, index, staged, stills=stills, trust=False
        )


def _read_once(
    path: Path,
    probe: Probe,
    limits: VerifySettings,
    watch: ReadingControl,
    until: float,
    length_s: float,
    cards: tuple[Signature, ...],
    index: flv_index.FlvIndex | None,
    staged: SceneBoxJudge,
    *,
    stills: bool,
    trust: bool,
) -> tuple[VideoTrackFacts | None, list[AudioTrackFacts]]:
    picture: PictureReader | None = None
    sounds: list[SoundReader] = []
    readers: dict[int, PictureReader | SoundReader] = {}
    covers = {stream.index for stream in probe.streams if stream.attached_picture}
    try:
        container = av.open(f"file:{path}", options=OPTIONS)
    except (*BAD_DATA, OSError) as error:
        raise MediaError(
            f"{shown(path.name)} cannot be opened: {error}.", "Check that it is a recording."
        ) from error
    with container, path.open("rb", buffering=0) as file:
        origin_s = _origin_s(container, covers)
        for stream in container.streams.video:
            if stream.index in covers or picture is not None:
                continue
            try:
                picture = PictureReader(
                    stream,
                    origin_s=origin_s,
                    shortest_s=min(limits.black_note_s, limits.no_signal_note_s, SHORTEST_S),
                    length_s=length_s,
                    cards=cards,
                    stills=stills,
                    trust_sizes=trust,
                    staged=staged,
                )
            except BAD_DATA:
                continue  # a codec without a decoder: nothing can be said of its picture
            readers[stream.index] = picture
        for track in container.streams.audio:
            try:
                sound = SoundReader(
                    track,
                    origin_s=origin_s,
                    length_s=length_s,
                    meter=SoundMeter(limits.silence_dbfs, brief=length_s > HEARD_IN_FULL_S),
                    shortest_silence_s=limits.silence_warning_s,
                )
            except BAD_DATA:
                continue
            sounds.append(sound)
            readers[track.index] = sound
        wanted = [stream for stream in container.streams if stream.index in readers]

        def look_up(share: float) -> None:
            _look_up(watch, until, probe, share)

        if picture is not None and not picture.trusts_sizes:
            index = None
        elif index is None and _may_be_ordinary(container):
            index = flv_index.index_of(file.fileno(), lambda share: look_up(share * FOUND_SHARE))
        first_sound = sounds[0] if sounds else None
        if index is None or not _feed_by_index(index, file.fileno(), picture, first_sound, origin_s, look_up):
            _pump(container, wanted, readers, look_up, probe.size_bytes)
        return (
            picture.finish() if picture is not None else None,
            [sound.finish() for sound in sounds],
        )


def _origin_s(container: av.container.InputContainer, covers: set[int]) -> float:
    """What the file's clock says when the first picture or sample is shown, in seconds."""
    if container.format.name.startswith("mov"):
        return (container.start_time or 0) / 1_000_000  # what lies before it is hidden by an edit list
    starts_s = [
        float(stream.start_time * stream.time_base)
        for stream in (*container.streams.video, *container.streams.audio)
        if stream.index not in covers and stream.start_time is not None and stream.time_base is not None
    ]
    return min(starts_s, default=(container.start_time or 0) / 1_000_000)


def _may_be_ordinary(container: av.container.InputContainer) -> bool:
    """Whether these are the streams of an ordinary FLV."""
    streams = (*container.streams.video, *container.streams.audio)
    kinds = [stream.codec_context.codec.canonical_name for stream in streams]
    return container.format.name == "flv" and kinds in (["h264", "aac"], ["h264"], ["aac"])


def _feed_by_index(
    index: flv_index.FlvIndex,
    file: int,
    picture: PictureReader | None,
    sound: SoundReader | None,
    origin_s: float,
    look_up: Callable[[float], None],
) -> bool:
    """Feed the readers whole groups and tracks; False, and nothing is fed, when they take single packets."""
    if (index.picture is None) != (picture is None) or (index.sound is None) != (sound is None):
        return False
    if index.picture is not None and picture is not None:
        bounds = [*index.keys.tolist(), len(index.picture)]
        pictures = flv_index.StoredPackets(file, index.picture)
        groups = [pictures[start:end] for start, end in itertools.pairwise(bounds)]
        if bounds[0] != 0 or any(len(one) > MOST_PACKETS or one.bytes > MOST_BYTES for one in groups):
            return False
        for group, start in zip(groups, bounds, strict=False):
            sizes = index.sizes[start : start + len(group)]
            picture.feed_group(group, (group.pts * flv_index.TICK_S - origin_s).tolist(), sizes.tolist())
            look_up(FOUND_SHARE + PICTURE_SHARE * start / bounds[-1])
    if index.sound is not None and sound is not None:
        times_s = np.asarray(index.sound.pts * flv_index.TICK_S - origin_s, dtype=np.float64)
        for at_s in sound.feed_all(flv_index.StoredPackets(file, index.sound), times_s):
            look_up(1 - SOUND_SHARE * (1 - at_s / max(float(times_s[-1]), 1.0)))
    return True


def _pump(
    container: av.container.InputContainer,
    wanted: list[av.stream.Stream],
    readers: dict[int, PictureReader | SoundReader],
    look_up: Callable[[float], None],
    size_bytes: int,
) -> None:
    if not wanted:
        return
    packets = container.demux(wanted)
    count = 0
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except BAD_DATA:
            return  # the file is damaged here; what follows cannot be reached
        readers[packet.stream_index].feed(packet)
        count += 1
        if count % PACKETS_A_LOOK == 0:
            look_up((packet.pos or 0) / max(1, size_bytes))


def _look_up(watch: ReadingControl, until: float, probe: Probe, share: float) -> None:
    if time.monotonic() > until:
        raise MediaError(
            f"Checking {shown(probe.path.name)} took longer than {watch.deadline_s:.0f} s and was stopped.",
            "Check it again when the machine is less busy.",
        )
    if watch.cancel is not None and watch.cancel():
        raise MediaError(f"Checking {shown(probe.path.name)} was cancelled.", "Start it again when you like.")
    if watch.progress is not None:
        watch.progress(min(1.0, share))


def _card(path: Path) -> Signature:
    try:
        with Image.open(path.expanduser()) as image:
            y, cb, cr = (np.asarray(band) for band in image.convert("YCbCr").split())
    except OSError as error:
        raise MediaError(
            f"The “no signal” card {path} cannot be read: {error}.", "Mend verify.no_signal_cards."
        ) from error
    return signature(YuvFrame(y, cb, cr, full_range=True))
