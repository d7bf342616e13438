"""What the box says for each state of its roles, gone through one by one: the page docs/roles.md.

Everything here is made by the functions that make it live: facts → rules → health → screen, the checklist's
own results, and the report's findings from the alarms that were up.
"""

import itertools
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from stagebox import resources
from stagebox.doctor import backup_recorder, pictures, sound
from stagebox.doctor.result import CheckLevel, CheckResult, checked
from stagebox.engine.snapshots import snapshot_of
from stagebox.health.health_state import HealthRules, HealthState
from stagebox.health.view import health_view
from stagebox.media import live_findings
from stagebox.media.job import LiveAlarm
from stagebox.messages.code_catalogue import say_live
from stagebox.model.alarms import Alarm
from stagebox.model.commands import TalkDetails
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts, PictureRole
from stagebox.model.facts.proof import ProofReading, TailFacts
from stagebox.model.facts.sound import BackupRecorderReading, MetersReading, SoundFacts, SoundWanted
from stagebox.model.observations import ChecklistReading, ObsStatsReading
from stagebox.model.report import Code, verdict_of
from stagebox.model.said import sentences_in
from stagebox.model.set_up import CheckLine
from stagebox.model.settings import HealthSettings, VideoSource
from stagebox.model.state import LiveFacts, ObsFacts, Phase, Session, State
from stagebox.obs.pack import load_pack
from stagebox.rehearsal import imagined
from stagebox.rehearsal.imagined import MIC_DEVICE, TALK_S, ImaginedMoment
from stagebox.views.seen import Seen
from stagebox.views.values import View
from stagebox.views.view import view_of

RoleIs = Literal["live", "unset", "missing", "unknown"]
STATES: tuple[RoleIs, ...] = ("live", "unset", "missing", "unknown")
LIMITS = HealthSettings()
SETTLED_S = 30
"""After so long every alarm has had its patience."""
TALK_LENGTH_S = 600.0
PICTURES: tuple[PictureRole, ...] = ("slides", "camera")
SEVERITIES = ("none", "note", "warning", "critical")


@dataclass(frozen=True, slots=True)
class RoleCombination:
    """One combination."""

    slides: RoleIs
    camera: RoleIs
    mic: RoleIs

    @property
    def whole(self) -> bool:
        """Whether nothing is amiss: a box may do without a camera."""
        return self.slides == self.mic == "live" and self.camera in ("live", "unset")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """What is said of one combination. `before` is the screen before the talk, `during` while it is recorded.

    `alarm_before` and `alarm` are the worst level of all alarms. `lines` are the checklist's results.
    """

    before: View
    during: View
    alarm_before: str
    alarm: str
    alarms: tuple[Alarm, ...]
    lines: Mapping[str, CheckResult]
    check: str
    check_fine: bool
    verdict: str
    by_the_file: bool


def combinations() -> Iterator[RoleCombination]:
    """All of them."""
    for slides, camera, mic in itertools.product(STATES, repeat=3):
        yield RoleCombination(slides, camera, mic)


def said_of(roles: RoleCombination) -> RoleWords:
    """What the box says of a combination."""
    lines = _lines(roles)
    idle, before = _screen(roles, lines, recording=False)
    alarms, during = _screen(roles, lines, recording=True)
    told = [LiveAlarm(str(one.code), str(one.level), 0.0, TALK_LENGTH_S, one.message) for one in alarms]
    check = before.set_up.check
    return RoleWords(
        before=before,
        during=during,
        alarm_before=_worst(idle),
        alarm=_worst(alarms),
        alarms=alarms,
        lines={one.check: one for one in lines},
        check=check.words,
        check_fine=check.shape == "fine",
        verdict=str(verdict_of(live_findings.findings(told, TALK_LENGTH_S), usable=True)),
        by_the_file="unknown" in (roles.slides, roles.camera, roles.mic),
    )


def _worst(alarms: tuple[Alarm, ...]) -> str:
    """The worst of the alarms about the sources. That somebody speaks before the talk is none of them."""
    levels = (str(one.level) for one in alarms if one.code is not Code.SPEAKING_UNRECORDED)
    return max(levels, key=SEVERITIES.index, default="none")


def _screen(
    roles: RoleCombination, lines: tuple[CheckResult, ...], *, recording: bool
) -> tuple[tuple[Alarm, ...], View]:
    state = _state(recording=recording, lines=lines)
    health_state = HealthState(facts=_known(roles))
    now = 1000.0
    for second in range(SETTLED_S):
        now = 1000.0 + second
        for reading in _readings(roles, second, recording=recording):
            health_state = health_state.see(reading, now)
        health_state, _ = health_state.judge(state, HealthRules(), now)
    alarms = health_state.alarms(now, now)
    snapshot = snapshot_of(
        replace(state, alarms=alarms),
        health_view(health_state, LIMITS, now),
        seq=1,
        at=now,
        utc=now,
        event="Event",
        room="Room",
        pack=load_pack("conference", resources.folder("scenes")).told,
    )
    snapshot = replace(snapshot, said=sentences_in(snapshot))
    seen = Seen(snapshot=snapshot, connected=True, utc_s=now)
    return alarms, view_of(seen)


def _known(roles: RoleCombination) -> HealthFacts:
    states: dict[str, RoleIs] = {"slides": roles.slides, "camera": roles.camera, "mic": roles.mic}
    heard = SoundWanted(mic=roles.mic != "unset", ear=roles.mic != "unset", device=MIC_DEVICE)
    return HealthFacts(
        pictures={role: PictureFacts() for role in PICTURES if states[role] != "unset"},
        sound=SoundFacts(wanted=heard),
        unset=frozenset(role for role, one in states.items() if one == "unset"),
    )


def _state(*, recording: bool, lines: tuple[CheckResult, ...]) -> State:
    session = Session(
        id="a",
        name="a",
        talk=TalkDetails(title="A talk"),
        phase=Phase.RECORDING,
        wanted=True,
        origin="touch",
        asked_utc=900.0,
        started_utc=900.0,
        running_since=900.0,
    )
    told = tuple(
        CheckLine(
            check=one.check,
            title=one.title,
            level=one.level.value,
            summary=one.summary,
            remedy=one.remedy,
            target=one.target,
        )
        for one in lines
    )
    return State(
        obs=ObsFacts(
            link="up",
            generation=1,
            scenes=("combo", "screen", "speaker"),
            program_scene="combo",
            recording=recording,
        ),
        folder="ok",
        session=session if recording else None,
        live=LiveFacts(checklist=ChecklistReading(utc=1000.0, running=False, lines=told)),
    )


def _readings(roles: RoleCombination, second: int, *, recording: bool) -> Iterator[Any]:
    moment = ImaginedMoment(talk=0, second=60 + second, length_s=TALK_S)
    yield ObsStatsReading(
        generation=1,
        recording=recording,
        record_bytes=700_000 * (second + 1) if recording else 0,
        active_fps=30.0,
        cpu_percent=5.0,
        free_disk_mb=500_000.0,
        render_skipped_frames=0,
        render_total_frames=30 * second,
        output_skipped_frames=0,
        output_total_frames=30 * second,
    )
    yield imagined.host(moment, second)
    for role, one in (("slides", roles.slides), ("camera", roles.camera)):
        if one in ("live", "missing"):
            seen = imagined.picture("slides" if role == "slides" else "camera", moment, second)
            yield replace(seen, device="present" if one == "live" else "absent")
    yield from _sound(roles.mic, moment, second)
    if recording:
        dark = {roles.slides, roles.camera} == {"unset"}
        yield ProofReading(
            path="/rec/a.flv", file_bytes=700_000 * (second + 1), tail=_tail(second, roles.mic, dark=dark)
        )


def _tail(second: int, mic: RoleIs, *, dark: bool) -> TailFacts:
    return TailFacts(
        end_s=100.0 + second,
        frames=5,
        moving=True,
        sound_packets=47,
        peak_dbfs=-120.0 if mic in ("unset", "missing") else -14.0,
        mean_level=0.0 if dark else 180.0,
        peak_level=0.0 if dark else 250.0,
    )


def _sound(
    mic: RoleIs, moment: ImaginedMoment, second: int
) -> Iterator[BackupRecorderReading | MetersReading]:
    if mic == "live":
        yield imagined.meters(moment, second, on_air=True)
        yield imagined.ear(moment, second)
    elif mic == "missing":
        whole = imagined.meters(moment, second, on_air=True)
        silence = tuple(replace(one, rms_dbfs=-120.0, peak_dbfs=-120.0) for one in whole.levels)
        yield replace(whole, levels=silence, input_peaks_dbfs=(-120.0, -120.0))
        yield _lost()


def _lost() -> BackupRecorderReading:
    detail, remedy = say_live(Code.EAR_DOWN, "pulled")
    return BackupRecorderReading(run=1, status="lost", detail=detail, remedy=remedy)


# --- the check ------------------------------------------------------------------------------------------


def _lines(roles: RoleCombination) -> tuple[CheckResult, ...]:
    """The checklist's lines about the roles, as the doctor makes them."""
    found = [_of_picture(role, getattr(roles, role)) for role in PICTURES]
    return (*found, *_of_mic(roles.mic))


def _of_picture(role: str, one: RoleIs) -> CheckResult:
    match one:
        case "unset":
            return pictures.unset(role)
        case "missing":
            return pictures.gone(role, VideoSource(kind="v4l2", device="/dev/video0"))
        case "unknown":
            return checked(role, CheckLevel.LOOK, "not_known")
        case "live":
            return checked(role, CheckLevel.GOOD, "seen")


def _of_mic(one: RoleIs) -> tuple[CheckResult, ...]:
    match one:
        case "unset":
            return (sound.unset(),)
        case "missing":
            return sound.judge((-120.0, -120.0)), backup_recorder.judge(_lost(), None)
        case "unknown":
            return (sound.not_on_program(sound.judge(None), None),)
        case "live":
            return (sound.judge((-14.0, -14.0)),)


# --- the page -------------------------------------------------------------------------------------------

HEAD = """# Roles: what is set, unset, missing or unknown, and what the box says of it

Made by `python -m stagebox.rehearsal.roles > docs/roles.md` from the functions that decide it live; a test
holds the page to them. `live`: chosen and there. `unset`: nothing is chosen. `missing`: chosen, and its
device is not there. `unknown`: chosen, and nobody knows. Why:
[decision 0721](decisions/0721-what-is-not-chosen.md).

## One role

What the rail says, which alarms it raises before a talk and while one is recorded, and the check's line. The
other roles are live.

| role | is | rail | alarm before | alarm while recorded | check |
|---|---|---|---|---|---|
"""

MIDDLE = """
## All together, while a talk is recorded

The light is green only where it says “proven”. The verdict is that which follows from what was told live;
black and silence are found in the file besides. “the file's own” means that only the file can tell.

| microphone | slides | camera | light | alarm | check | verdict |
|---|---|---|---|---|---|---|
"""


def as_markdown(told: Mapping[RoleCombination, RoleWords]) -> str:
    """The page, of what is said of each combination."""
    return HEAD + "".join(_role_rows(told)) + MIDDLE + "".join(_all_rows(told))


def _role_rows(told: Mapping[RoleCombination, RoleWords]) -> Iterator[str]:
    names = {"slides": "Slides", "camera": "Camera", "mic": "Microphone"}
    for role, name in names.items():
        for state in STATES:
            said = told[replace(RoleCombination("live", "live", "live"), **{role: state})]
            rail = next(item for item in said.during.rail if item.key == role)
            line = said.lines[role]
            cells = (
                name,
                state,
                f"{rail.words} ({rail.shape})",
                said.alarm_before,
                said.alarm,
                f"{line.level}: {line.summary}",
            )
            yield _row(cells)


def _all_rows(told: Mapping[RoleCombination, RoleWords]) -> Iterator[str]:
    grouped: list[tuple[tuple[str, ...], list[frozenset[str]]]] = []
    for roles, said in told.items():
        verdict = "the file's own" if said.by_the_file and said.verdict == "ok" else said.verdict
        check = said.check if said.check_fine else "not good: names each"
        axes = [frozenset[str]({one}) for one in (roles.mic, roles.slides, roles.camera)]
        outcome: tuple[str, ...] = (said.during.record.words, said.alarm, check, verdict)
        grouped.append((outcome, axes))
    while (joined := _joined(grouped)) is not None:
        grouped = joined
    for said_alike, axes in grouped:
        yield _row((*(_names(axis) for axis in axes), *said_alike))


def _joined(
    rows: list[tuple[tuple[str, ...], list[frozenset[str]]]],
) -> list[tuple[tuple[str, ...], list[frozenset[str]]]] | None:
    """The rows with two made one, which say the same and differ in one role alone; None for no such two."""
    for (a, one), (b, other) in itertools.combinations(enumerate(rows), 2):
        if one[0] != other[0]:
            continue
        differing = [axis for axis in range(3) if one[1][axis] != other[1][axis]]
        if len(differing) == 1:
            axes = list(one[1])
            axes[differing[0]] = one[1][differing[0]] | other[1][differing[0]]
            return [*rows[:a], (one[0], axes), *rows[a + 1 : b], *rows[b + 1 :]]
    return None


def _names(axis: frozenset[str]) -> str:
    return "any" if len(axis) == len(STATES) else ", ".join(one for one in STATES if one in axis)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(as_markdown({one: said_of(one) for one in combinations()}))
