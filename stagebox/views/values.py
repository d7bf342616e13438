"""What the screen shows, as frozen values: made by `view.py`, handed to QML as plain maps.

A shape says a state without colour: fine is a tick, warn a diamond, bad a triangle, unknown a ring,
busy a ring with a gap, off an empty circle with a bar.
"""

from dataclasses import dataclass
from typing import Literal

from stagebox.model.commands import BareKind, SessionKind

Shape = Literal["fine", "warn", "bad", "unknown", "busy", "off"]
TimeLevel = Literal["", "amber", "red"]
"""How urgent a time is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One touch that helps: `kind` names what it does, `target` to what; an empty kind is no button.

    `hold`: it wants to be held, because viewers lose something by it. `asked`: it was touched, and what it
    does is under way: another touch would do nothing.
    """

    kind: Literal["", "switch_scene", "take_remedy", "screen", "record_repeat"] | BareKind | SessionKind = ""
    target: str = ""
    label: str = ""
    hold: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The top line. `clock` is the room's time of day.

    `left` is how long the talk goes on, how far it is over, or when it begins; `level` its colour. `old` says
    that the schedule is.
    """

    room: str
    event: str
    title: str
    subtitle: str
    clock: str
    left: str = ""
    level: TimeLevel = ""
    old: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Whether what is shown is true now. `face` other than "live" is said over a dimmed screen."""

    face: Literal["live", "starting", "gone", "stale"]
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One scene to touch. `picture` is the name of its live picture; `note` is said over the picture.

    `grave`: that loses what is being recorded; its colour is the banner's. `missing` names what is not chosen
    of what it shows; `empty`: that leaves it no picture.
    """

    scene: str
    label: str
    program: bool
    asked: bool
    enabled: bool
    picture: str
    note: str
    grave: bool = False
    missing: str = ""
    empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A button: what a touch, or a hold, does, and what follows from it. Without a label there is none."""

    label: str = ""
    detail: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The record control. `action` is what a touch or hold does now (resume: a touch,
    and beside it a hold still stops, as `stopLabel` says); `elapsed` is h:mm:ss, or empty.

    `missing` is what a recording that began now would lack. `ask` asks for the name of a talk that has none.
    `talk` is the id of the talk that is on, whose `title` and `speaker` are told; empty for the next one.
    `refuse`: the talk must not be recorded, as `label` and `detail` say. `left` is how long the disk lasts,
    or `planned`: how long the talk goes on by its schedule. `next` ends this talk and begins the one that its
    `detail` names, while OBS records on.
    """

    light: Literal["off", "busy", "proven", "unproven", "bad", "unknown"]
    words: str
    elapsed: str
    action: Literal["start", "stop", "resume", "wait", "refuse"]
    label: str
    detail: str
    title: str
    speaker: str
    left: str
    stopLabel: str  # noqa: N815
    missing: str = ""
    ask: str = ""
    talk: str = ""
    planned: bool = False
    level: TimeLevel = ""
    next: Deed = Deed()


@dataclass(frozen=True, slots=True, kw_only=True)
class RailItem:
    """One part of the appliance, its state as a shape and in words."""

    key: str
    name: str
    shape: Shape
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmBanner:
    """One alarm. `key` names it for "seen"; `seen` ones are shown small.

    `second` is the other answer where the alarm asks something, and the first is `button`.
    """

    key: str
    level: Literal["note", "warning", "critical"]
    title: str
    text: str
    button: Button
    seen: bool
    second: Button = Button()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Something a person may have forgotten, with the touch that mends it."""

    key: str
    text: str
    button: Button


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The live stream. `action` is what a touch, or a hold, does now; `problem` is why it cannot begin."""

    known: bool
    on: bool
    shape: Shape
    words: str
    action: Literal["start", "stop", "wait", "set_up"]
    label: str
    target: str
    hasKey: bool  # noqa: N815
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a talk's timeline, from 0 to 1."""

    start: float
    end: float
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A recorded talk. `share` is the progress of its processing, 0 to 1; `picture` its poster, if any.

    `running`: it is being recorded now.
    """

    id: str
    title: str
    subtitle: str
    shape: Shape
    verdict: str
    summary: str
    advice: str
    share: float
    marks: tuple[Mark, ...]
    picture: str
    running: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """The day's talks, newest first, and how many are good. `known` is False until the catalogue was read."""

    known: bool
    title: str
    summary: str
    rows: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """A picture of a talk's filmstrip; `words` is when it was taken."""

    picture: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that is known of a talk."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One thing that was found in a talk: `when` in the talk, what, and what to do now."""

    shape: Shape
    when: str
    title: str
    text: str
    advice: str


ReportFace = Literal["ready", "loading", "busy", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report that is open; without an id none is. What `words` say stands in its place until it is ready.

    `wave` holds half heights from 0 to 1, evenly over the talk; `axis` the times under it.
    """

    id: str = ""
    face: ReportFace = "loading"
    words: str = ""
    title: str = ""
    subtitle: str = ""
    shape: Shape = "unknown"
    verdict: str = ""
    summary: str = ""
    advice: str = ""
    share: float = 0.0
    repeat: Button = Button()
    stills: tuple[Still, ...] = ()
    wave: tuple[float, ...] = ()
    marks: tuple[Mark, ...] = ()
    axis: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[FindingRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The test recording: whether one can begin, how the last one was, `share` of the one that runs."""

    ready: bool
    shape: Shape
    words: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose: a device, `kind` and `target` as in the settings, or a folder.

    `asked` is from the touch until it is in force.
    """

    kind: str
    target: str
    name: str
    note: str
    chosen: bool
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source role: the device in force, and the others. `none_words` says that OBS sees none."""

    key: str
    name: str
    asked: bool
    none_words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One line of the checklist, with the touch that goes to where it is mended."""

    shape: Shape
    title: str
    words: str
    remedy: str
    button: Button = Button()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The doctor's checklist. `speak`: somebody should speak into the microphone now."""

    ready: bool
    running: bool
    speak: bool
    shape: Shape
    words: str
    rows: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """The Set-up screen. `face` names what stands in for the devices' lists, empty when they are told.

    `on_air`: a change would be seen or heard, so it is asked for twice; `folder_on_air`: a talk is recorded,
    and would go on in the other folder.
    """

    ready: bool
    face: str
    face_words: str
    on_air: bool
    title: str
    room: str
    names_asked: bool
    folder: str
    folder_words: str
    folder_locked: bool
    folder_on_air: bool
    places: tuple[Choice, ...]
    sources: tuple[SourceRow, ...]
    check: Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One step in the row of steps: its state as a shape and in words."""

    key: str
    title: str
    shape: Shape
    words: str
    current: bool


GuideFace = Literal[
    "",
    "offline",
    "obs",
    "looking",
    "trouble",
    "unknown",
    "none",
    "unset",
    "asked",
    "gone",
    "on_air",
    "seen",
    "ready",
    "running",
    "done",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The step on show. `face` names its state; `picture` is its live picture, empty for none."""

    step: str = ""
    face: GuideFace = ""
    shape: Shape = "unknown"
    question: str = ""
    words: str = ""
    picture: str = ""
    next: Deed = Deed()
    skip: Deed = Deed()
    steps: tuple[GuideStep, ...] = ()


ButtonBoxFace = Literal[
    "unknown", "none", "gone", "choose", "asking", "waiting", "silent", "learned", "saving", "refused", "done"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonBox:
    """Set-up's page of the button box. `deeds` are what a button can do, and which button does it now."""

    face: ButtonBoxFace
    shape: Shape
    title: str
    words: str
    deeds: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a speaker may have said to a question; `asked` from the touch until it is in force."""

    value: str
    label: str
    chosen: bool
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a speaker allows or does not, and the three answers: yes, no, not known."""

    key: str
    name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTalk:
    """A talk of today's schedule and what became of it. `why` says why it has no file; `grave`: in red.

    `session` is the id of its newest recording, or empty.
    """

    key: str
    title: str
    speaker: str
    subtitle: str
    shape: Shape
    state: str
    why: str
    grave: bool
    session: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Today's talks by the schedule; `used`: there is one. `words` stand where there are none.

    `recordings` are today's of no talk, newest first: any of them can be given to one.
    """

    used: bool
    summary: str
    words: str
    rows: tuple[PlannedTalk, ...]
    recordings: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTalk:
    """A line of the list that is being typed; `why` is why it is no talk yet, or empty."""

    words: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePage:
    """Set-up's page of the schedule: what is used, and what could be.

    `shape` and `words` say how it is; `source` is its file or address, as people know it. `files` are those
    on plugged-in disks. `typed` is the list that is being typed, `typed_ready` whether it can be used.
    """

    ready: bool
    used: bool
    shape: Shape
    title: str
    words: str
    source: str
    room: str
    asked: bool
    auto_start: bool
    rooms: tuple[Choice, ...]
    files: tuple[Choice, ...]
    typed: tuple[TypedTalk, ...]
    typed_ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerScreen:
    """What the speaker sees: `time` in figures, `words` what it is, `level` how urgent.

    Without a planned end it is the time of day, which `clock` tells else. `message` is the crew's.
    """

    time: str
    words: str
    title: str
    message: str
    level: TimeLevel = ""
    clock: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that the screen shows, but pictures and meters."""

    stage: Stage
    header: Header
    tiles: tuple[Tile, ...]
    record: Record
    rail: tuple[RailItem, ...]
    alarms: tuple[AlarmBanner, ...]
    hints: tuple[Hint, ...]
    stream: Stream
    sessions: Sessions
    report: Report
    trial: Trial
    set_up: SetUp
    guide: Guide
    button_box: ButtonBox
    schedule: SchedulePage
    planned: Planned
    speaker: SpeakerScreen
    notice: str
