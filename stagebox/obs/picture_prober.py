"""The picture prober: looks at the slides and the camera through OBS, on a connection of its own."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from stagebox.model.errors import ObsError, StageboxError
from stagebox.model.facts.pictures import DevicePresence, PictureFeatures, PictureReading, PictureRole
from stagebox.model.remedies import RemedyTaken, RemedyWanted
from stagebox.model.settings import SourcesSettings
from stagebox.obs.connection import ObsConnection, ObsLinkError, ObsTarget
from stagebox.obs.device_watch import DeviceWatch
from stagebox.obs.pack import ScenePack
from stagebox.obs.remedy_requests import WatchedSource, take_remedy
from stagebox.obs.source_inspection import (
    NotReadyError,
    Pixels,
    SceneItem,
    close_picture,
    find_item,
    jpeg,
    on_program,
    program_scene,
    size_of,
    small_picture,
)

LOOK_EVERY_S = 0.45
LOOK_EVERY_WRONG_S = 0.25
LOOK_EVERY_BUSY_S = 0.9
BUSY_LOOK_S = 0.3
"""A look that takes longer than this shows an OBS with too much to do."""
PLACE_EVERY_S = 0.8
CLOSE_EVERY_S = 1.0
CLOSE_AGAIN_S = 5.0
JPEG_WIDTH = 480
JPEG_EVERY_S = 1.0
JPEG_WANTED_S = 10.0
RETRY_S = 1.0
QUEUE_LIMIT = 16

_log = logging.getLogger(__name__)

Post = Callable[[PictureReading | RemedyTaken], None]
PresenceOf = Callable[[str, str], DevicePresence]


class PictureAnalyser(Protocol):
    """Makes figures of a picture; knows the cards taught for the role."""

    def __call__(self, role: PictureRole, pixels: Pixels) -> PictureFeatures:
        """The figures of the picture. Raises ValueError when it is too small."""


def watched_sources(pack: ScenePack, sources: SourcesSettings) -> tuple[WatchedSource, ...]:
    """The roles with a picture, as the scene pack and the settings say."""
    watched = []
    for role, name, source in (
        ("slides", pack.inputs.slides, sources.slides),
        ("camera", pack.inputs.camera, sources.camera),
    ):
        if source.kind != "none":
            scenes = tuple(s.name for s in pack.scenes if any(item.show == role for item in s.items))
            watched.append(
                WatchedSource(
                    role=role,  # type: ignore[arg-type]  # The two literals above.
                    input_name=name,
                    kind=source.kind,
                    device=source.device,
                    scenes=scenes,
                )
            )
    return tuple(watched)


@dataclass(slots=True)
class _SourceWatch:
    """What the thread remembers of one source."""

    source: WatchedSource
    due: float = 0.0
    device: DeviceWatch = field(default_factory=DeviceWatch)
    item: SceneItem | None = None
    placed_at: float = float("-inf")
    active: bool | None = None
    size: tuple[int, int] = (0, 0)
    wrong: bool = False
    fingerprint: str = ""
    repeats: int = 0
    close: PictureFeatures | None = None
    close_at: float = 0.0


@dataclass(slots=True)
class _LargeStill:
    """The newest larger JPEG of a role, and until when somebody wants it."""

    data: bytes | None = None
    taken_at: float = float("-inf")
    wanted_until: float = float("-inf")


class PictureProber:
    """Looks at each source at least twice a second, more often when something looks wrong.

    Args:
        target: where OBS is.
        sources: what is watched (see `watched_sources`).
        post: takes each PictureReading and RemedyTaken; it must only enqueue.
        analyse: figures of a picture, for example `health.picture_features.features_of` with cards.
        presence: whether a device is there, for example `devices.presence.presence_of`.
        mic_input: the microphone's input, for the remedy that unmutes it.
        request_timeout_s: how long OBS may take for one answer.
    """

    def __init__(
        self,
        target: ObsTarget,
        sources: Iterable[WatchedSource],
        post: Post,
        *,
        analyse: PictureAnalyser,
        presence: PresenceOf,
        mic_input: str = "",
        request_timeout_s: float = 3.0,
    ) -> None:
        self._target = target
        self._post = post
        self._analyse = analyse
        self._presence = presence
        self._mic_input = mic_input
        self._timeout_s = request_timeout_s
        self._watches = {source.role: _SourceWatch(source) for source in sources}
        self._chosen: tuple[WatchedSource, ...] | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._remedies: deque[RemedyWanted] = deque()
        self._stills: dict[str, _LargeStill] = {}
        self._thread = threading.Thread(target=self._run, name="picture-prober", daemon=True)
        self._said = ""

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> bool:
        """End the thread; return whether it ended in time."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(self._timeout_s * 2 + 1.0)
        return not self._thread.is_alive()

    def watch(self, sources: Iterable[WatchedSource]) -> None:
        """Watch these from now on. One that is as it was is watched on as if nothing had been said."""
        with self._changed:
            self._chosen = tuple(sources)
            self._changed.notify_all()

    def submit(self, wanted: RemedyWanted) -> bool:
        """Hand over a remedy; a RemedyTaken follows. Return False when there is no room for it."""
        with self._changed:
            if self._closing or len(self._remedies) >= QUEUE_LIMIT:
                return False
            self._remedies.append(wanted)
            self._changed.notify_all()
        return True

    def latest_jpeg(self, role: str, timeout_s: float = 3.0) -> bytes:
        """The newest JPEG (480 pixels wide) of slides, camera or program, at most about a second old.

        They are taken once a second for all who look, and only while somebody does. Raises ObsError when
        none could be had in time.
        """
        if role != "program" and role not in self._watches:
            raise ObsError(f"No source is set for {role}.", f"Set sources.{role} in stagebox.toml.")
        deadline = time.monotonic() + timeout_s
        with self._changed:
            still = self._stills.setdefault(role, _LargeStill())
            still.wanted_until = time.monotonic() + JPEG_WANTED_S
            self._changed.notify_all()
            while time.monotonic() - still.taken_at > 2 * JPEG_EVERY_S or still.data is None:
                left_s = deadline - time.monotonic()
                if self._closing or left_s <= 0:
                    raise ObsError(f"OBS gave no picture of {role}.", "Look whether OBS is running.")
                self._changed.wait(left_s)
                # Another device may have been chosen meanwhile: its picture is another.
                still = self._stills.setdefault(role, still)
            return still.data

    # --- the thread -------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._closing:
            try:
                with ObsConnection(self._target, timeout_s=self._timeout_s) as obs:
                    self._say("")
                    self._serve(obs)
            except StageboxError as error:
                self._say(error.what)
            except Exception as error:
                # OBS said something that nobody foresaw, or the fault is ours: the prober outlives both.
                if self._say(repr(error)):
                    _log.exception("The picture prober stumbled and starts anew")
            with self._changed:
                self._changed.wait_for(lambda: self._closing, RETRY_S)

    def _say(self, fault: str) -> bool:
        """Log a fault once, and once that it is over; return whether it is a new one."""
        new = fault != self._said
        if new:
            _log.warning("Pictures are not seen: %s", fault) if fault else _log.info(
                "Pictures are seen again"
            )
            self._said = fault
        return new

    def _serve(self, obs: ObsConnection) -> None:
        for watch in self._watches.values():
            watch.item, watch.due, watch.placed_at = None, 0.0, float("-inf")
        while True:
            with self._changed:
                self._changed.wait_for(self._something_to_do, self._idle_s())
                if self._closing:
                    return
                self._take_up_chosen()
                remedy = self._remedies.popleft() if self._remedies else None
            if remedy is not None:
                self._take(obs, remedy)
            for watch in self._watches.values():
                if watch.due <= time.monotonic():
                    self._visit(obs, watch)
            for role in self._stills_due():
                self._take_still(obs, role)

    def _something_to_do(self) -> bool:
        waits = self._closing or bool(self._remedies) or self._chosen is not None
        return waits or self._idle_s() <= 0

    def _take_up_chosen(self) -> None:
        """Watch what was chosen meanwhile, and forget pictures of what was not."""
        if self._chosen is None:
            return
        before = {watch.source: watch for watch in self._watches.values()}
        self._watches = {one.role: before.get(one) or _SourceWatch(one) for one in self._chosen}
        for source in before:
            if source not in self._chosen:
                self._stills.pop(source.role, None)
        self._chosen = None

    def _idle_s(self) -> float:
        """How long there is nothing to do, in seconds."""
        now = time.monotonic()
        dues = [watch.due for watch in self._watches.values()]
        dues += [still.taken_at + JPEG_EVERY_S for still in self._stills.values() if still.wanted_until > now]
        return max(0.0, min(dues, default=now + RETRY_S) - now)

    def _take(self, obs: ObsConnection, wanted: RemedyWanted) -> None:
        watch = self._watches.get(wanted.role)  # type: ignore[call-overload]  # Any text may be asked for.
        try:
            taken = take_remedy(obs, wanted, watch.source if watch else None, self._mic_input)
        except ObsLinkError as error:
            self._post(RemedyTaken(remedy=wanted.remedy, role=wanted.role, ok=False, words=error.what))
            raise
        if watch is not None and taken.ok and wanted.remedy != "unmute":
            watch.device = watch.device.restarted()
            watch.due = time.monotonic() + LOOK_EVERY_WRONG_S
        self._post(taken)

    def _visit(self, obs: ObsConnection, watch: _SourceWatch) -> None:
        began = time.monotonic()
        try:
            seen = self._look(obs, watch)
        except NotReadyError:
            watch.due = began + LOOK_EVERY_S
            return
        took_s = time.monotonic() - began
        watch.wrong = _looks_wrong(seen, watch.repeats)
        if watch.wrong:
            pause_s = max(LOOK_EVERY_WRONG_S, 2 * took_s)
        else:
            pause_s = LOOK_EVERY_BUSY_S if took_s > BUSY_LOOK_S else LOOK_EVERY_S
        watch.due = began + min(pause_s, LOOK_EVERY_BUSY_S)
        self._post(seen)

    def _look(self, obs: ObsConnection, watch: _SourceWatch) -> PictureReading:
        source = watch.source
        device = self._presence(source.kind, source.device)
        watch.device = watch.device.device_seen(device)
        seen = PictureReading(
            role=source.role,
            input_name=source.input_name,
            exists=False,
            device=device.state,
        )
        if watch.wrong or time.monotonic() - watch.placed_at >= PLACE_EVERY_S:
            self._ask_place(obs, watch)
        if watch.active is None:
            watch.fingerprint, watch.repeats = "", 0
            return seen
        features = self._features(obs, watch)
        if features is not None:
            watch.device = watch.device.picture_seen(features.fingerprint)
        width, height = watch.size
        return replace(
            seen,
            exists=True,
            stale_source=watch.device.stale,
            width=width,
            height=height,
            on_program=watch.active,
            picture=features,
        )

    def _ask_place(self, obs: ObsConnection, watch: _SourceWatch) -> None:
        """Ask what changes seldom: whether the input exists and is on program, and how large it is."""
        watch.placed_at = time.monotonic()
        watch.size = (0, 0)
        watch.active = on_program(obs, watch.source)
        if watch.active is None:
            watch.item = None
            return
        if watch.item is None:
            watch.item = find_item(obs, watch.source)
        size = size_of(obs, watch.item) if watch.item is not None else None
        if size is None:
            watch.item = None
        else:
            watch.size = size

    def _features(self, obs: ObsConnection, watch: _SourceWatch) -> PictureFeatures | None:
        source = watch.source
        pixels = small_picture(obs, source.input_name)
        if pixels is None:
            watch.fingerprint, watch.repeats, watch.close = "", 0, None
            return None
        small = self._analyse(source.role, pixels)
        same = small.fingerprint == watch.fingerprint
        watch.fingerprint, watch.repeats = small.fingerprint, watch.repeats + 1 if same else 0
        if not _needs_a_close_look(small):
            watch.close = None
            return small
        now = time.monotonic()
        if watch.close is None or now - watch.close_at > (CLOSE_AGAIN_S if same else CLOSE_EVERY_S):
            close = close_picture(obs, source.input_name)
            watch.close_at = now
            watch.close = None if close is None else self._analyse(source.role, close)
        if watch.close is None:
            return small
        return replace(watch.close, fingerprint=small.fingerprint)

    def _stills_due(self) -> list[str]:
        now = time.monotonic()
        with self._changed:
            return [
                role
                for role, still in self._stills.items()
                if still.wanted_until > now and now - still.taken_at >= JPEG_EVERY_S
            ]

    def _take_still(self, obs: ObsConnection, role: str) -> None:
        try:
            watch = self._watches.get(role)  # type: ignore[call-overload]  # Program is no role.
            if role == "program":
                name = program_scene(obs)
            else:
                name = watch.source.input_name if watch is not None else ""
            data = jpeg(obs, name, JPEG_WIDTH) if name else None
        except NotReadyError:
            data = None
        with self._changed:
            still = self._stills.setdefault(role, _LargeStill())
            still.data, still.taken_at = data, time.monotonic()
            self._changed.notify_all()


def _needs_a_close_look(small: PictureFeatures) -> bool:
    """Whether the small picture could be black or even, where a little text may have been missed."""
    dark = small.mean_level < 32 and small.peak_level < 64
    return dark or small.spread < 10


def _looks_wrong(seen: PictureReading, repeats: int) -> bool:
    if not seen.exists or seen.device == "absent" or seen.stale_source or seen.picture is None:
        return True
    return _needs_a_close_look(seen.picture) or (seen.role == "camera" and repeats >= 2)
