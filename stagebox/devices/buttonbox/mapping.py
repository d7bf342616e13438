"""What a button means, and what a lamp shows, right now. Pure: settings and snapshot in, wants out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stagebox.devices.buttonbox.codec import ButtonDeed, Lamp
from stagebox.model.alarms import AlarmKey
from stagebox.model.button_words import ButtonAction, LampShows, action_of, for_box, lamp_of
from stagebox.model.commands import (
    AcknowledgeAlarm,
    CommandBody,
    MarkMoment,
    NextTalk,
    ResumeRecording,
    StartRecording,
    StartStream,
    StopRecording,
    StopStream,
    SwitchScene,
)
from stagebox.model.report import Code, Severity
from stagebox.model.settings import ButtonBoxSettings
from stagebox.model.snapshot import Snapshot
from stagebox.model.stream_state import TROUBLED, StreamPhase

SNAPSHOT_STALE_S = 2.0
"""An engine that published nothing for so long (it does so four times a second) is not to be trusted."""

OFF: Lamp = "0"
ON: Lamp = "1"
SLOW: Lamp = "s"
FAST: Lamp = "f"


@dataclass(frozen=True, slots=True)
class LackingPart:
    """A button or lamp that the settings name, by its number, on a box that has only so many."""

    part: Literal["button", "lamp"]
    number: int
    has: int


@dataclass(frozen=True, slots=True)
class BoxMapping:
    """What the settings say for one box."""

    buttons: Mapping[int, ButtonAction] = field(default_factory=dict)
    lamps: Mapping[int, LampShows] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: ButtonBoxSettings, box: str) -> "BoxMapping":
        """The part of the settings that is for the box with this id."""
        return cls(
            {number: action_of(words) for number, words in for_box(settings.buttons, box).items()},
            {number: lamp_of(words) for number, words in for_box(settings.lamps, box).items()},
        )

    def beyond(self, buttons: int, lamps: int) -> LackingPart | None:
        """The first button or lamp that a box with so many has not; None when it has all."""
        parts: tuple[tuple[Literal["button", "lamp"], Mapping[int, object], int], ...] = (
            ("button", self.buttons, buttons),
            ("lamp", self.lamps, lamps),
        )
        for part, wanted, has in parts:
            missing = sorted(number for number in wanted if number > has)
            if missing:
                return LackingPart(part, missing[0], has)
        return None


class OpenPresses:
    """Remembers, for one box, which presses are still going on and have done nothing yet.

    A hold counts only as the second half of such a press: the press that started a recording cannot end it.
    """

    def __init__(self) -> None:
        self._idle: set[int] = set()

    def want(self, mapped: BoxMapping, deed: ButtonDeed, snapshot: Snapshot) -> CommandBody | None:
        """What the deed asks for, if anything."""
        action = mapped.buttons.get(deed.button)
        if deed.deed == "release" or action is None:
            self._idle.discard(deed.button)
            return None
        if deed.deed == "press":
            want = _pressed(action, snapshot)
            (self._idle.add if want is None else self._idle.discard)(deed.button)
            return want
        if deed.button not in self._idle:
            return None
        self._idle.discard(deed.button)
        return _held(action, snapshot)

    def forget(self) -> None:
        """The box was away, or is not obeyed: no press goes on."""
        self._idle.clear()


def _pressed(action: ButtonAction, snapshot: Snapshot) -> CommandBody | None:
    wanted = snapshot.session is not None and snapshot.session.wanted
    match action.kind:
        case "scene":
            return SwitchScene(scene=action.scene)
        case "record_toggle" | "record_start":
            if wanted and snapshot.session is not None and snapshot.session.paused:
                return ResumeRecording()
            return None if wanted else StartRecording()
        case "stream_toggle":
            return None if snapshot.stream.wanted or snapshot.streaming else StartStream()
        case "next":
            return NextTalk()
        case "mark":
            return MarkMoment()
        case "acknowledge":
            unseen = (alarm for alarm in snapshot.alarms if not alarm.acknowledged)
            first = next(unseen, None)
            if first is None:
                return None
            return AcknowledgeAlarm(alarm=AlarmKey(code=Code(first.code), role=first.role))
        case _:
            return None


def _held(action: ButtonAction, snapshot: Snapshot) -> CommandBody | None:
    wanted = snapshot.session is not None and snapshot.session.wanted
    if action.kind in ("record_toggle", "record_stop") and wanted:
        return StopRecording()
    if action.kind in ("stream_toggle", "stream_stop") and (snapshot.stream.wanted or snapshot.streaming):
        return StopStream()
    return None


def lamps_of(mapped: BoxMapping, count: int, snapshot: Snapshot | None, now: float) -> str:
    """What the lamps of a box with `count` of them show, as in the protocol. Unknown: all blink slowly."""
    if snapshot is None or now - snapshot.at > SNAPSHOT_STALE_S:
        return SLOW * count
    return "".join(_lamp(mapped.lamps.get(number), snapshot) for number in range(1, count + 1))


def lamp_facts(snapshot: Snapshot) -> tuple[object, ...]:
    """All of a snapshot that a lamp may show: while this is equal, no lamp changes."""
    session = snapshot.session
    return (
        snapshot.program_scene,
        snapshot.obs.link,
        snapshot.recording,
        snapshot.streaming,
        snapshot.stream.phase,
        snapshot.health.proof.state,
        session is not None and session.wanted,
        tuple((alarm.code, alarm.role, alarm.level, alarm.acknowledged) for alarm in snapshot.alarms),
    )


def _lamp(shows: LampShows | None, snapshot: Snapshot) -> Lamp:
    if shows is None:
        return OFF
    match shows.kind:
        case "program":
            if snapshot.obs.link != "up" or not snapshot.program_scene:
                return SLOW
            return ON if snapshot.program_scene == shows.scene else OFF
        case "recording":
            return _recording(snapshot)
        case "stream":
            return _stream(snapshot)
        case "alarm":
            levels = [alarm.acknowledged for alarm in snapshot.alarms if alarm.level is not Severity.NOTE]
            return OFF if not levels else ON if all(levels) else FAST


def _stream(snapshot: Snapshot) -> Lamp:
    phase = snapshot.stream.phase
    if phase in TROUBLED:
        return FAST
    if snapshot.streaming is None or phase in (StreamPhase.CONNECTING, StreamPhase.STOPPING):
        return SLOW
    return ON if snapshot.streaming else OFF


def _recording(snapshot: Snapshot) -> Lamp:
    light = snapshot.health.proof.state
    if light == "red" or any(alarm.code is Code.NOT_RECORDING for alarm in snapshot.alarms):
        return FAST
    if snapshot.recording is None:
        return SLOW
    if snapshot.recording and light == "green":
        return ON
    wanted = snapshot.session is not None and snapshot.session.wanted
    return SLOW if wanted or snapshot.recording else OFF
