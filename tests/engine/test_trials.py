"""Test recordings leave no trace, change nothing, and give way to people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.engine.engine import replay, sessions_in
from stagebox.engine.reducer import durable, next_deadline, reduce
from stagebox.engine.rules import ReducerRules
from stagebox.engine.snapshots import snapshot_of
from stagebox.model.commands import (
    Command,
    SetTalk,
    StartRecording,
    StartTrial,
    StopRecording,
    TalkDetails,
)
from stagebox.model.effects import ObsStartRecord, ObsStopRecord, ProcessSession, RefreshCards
from stagebox.model.health_view import HealthView
from stagebox.model.messages import Message
from stagebox.model.observations import (
    EngineStarted,
    JobDone,
    ObsDisconnected,
    ObsProcessEvent,
    RecordStateEvent,
    RequestAnswered,
    Tick,
)
from stagebox.model.report import Severity
from stagebox.model.state import Phase, State
from stagebox.model.trial import TrialFinding, TrialResult, is_own
from tests.engine.messages import EPOCH, Box, obs_connected

pytestmark = pytest.mark.slow

TRIAL = StartTrial(seconds=10.0)
NEXT = TalkDetails(title="The next talk", speaker="Ada")


def box_with_trial(*, begun: bool = True) -> Box:
    box = Box()
    box.say(obs_connected())
    box.want(SetTalk(talk=NEXT))
    box.want(TRIAL)
    if begun:
        box.started(own_path(box))
    return box


def own_path(box: Box) -> str:
    stem = next(one.filename_stem for one in reversed(box.effects) if isinstance(one, ObsStartRecord))
    return f"/rec/{stem}.flv"


def jobs(box: Box) -> list[ProcessSession]:
    return [one for one in box.effects if isinstance(one, ProcessSession)]


def stops(box: Box) -> int:
    return sum(isinstance(one, ObsStopRecord) for one in box.effects)


def seen(box: Box) -> object:
    return snapshot_of(box.state, HealthView(), seq=1, at=box.now, utc=0.0, event="", room="")


def test_a_trial_ends_by_itself_and_is_no_session_anywhere() -> None:
    box = box_with_trial()
    path = own_path(box)
    snapshot = snapshot_of(box.state, HealthView(), seq=1, at=box.now, utc=0.0, event="", room="")
    assert (snapshot.session, snapshot.trial.phase if snapshot.trial else "") == (None, "recording")
    assert box.wait(9.0) == ()
    box.wait(1.0)
    assert stops(box) == 1
    box.stopped(path)
    (job,) = jobs(box)
    assert (job.trial, job.segments) == (True, (path,))
    assert sessions_in(box.state) == ()
    found = TrialFinding(code="silent", severity=Severity.WARNING, message="There is no sound.")
    told = TrialResult(
        id="", verdict="flagged", summary="There is no sound.", ended_utc=0.0, findings=(found,)
    )
    box.say(JobDone(session_id=job.session_id, verdict="flagged", trial=told))
    assert (box.state.jobs, box.state.finished, box.state.sessions_made) == ((), (), 0)
    assert box.state.trial is not None
    assert (box.state.trial.id, box.state.trial.findings) == (job.session_id, (found,))
    snapshot = snapshot_of(box.state, HealthView(), seq=1, at=box.now, utc=0.0, event="", room="")
    assert snapshot.trial is not None
    assert (snapshot.trial.phase, snapshot.finished) == ("done", ())


def test_the_talk_after_a_trial_bears_its_own_name() -> None:
    box = box_with_trial()
    assert box.state.next_talk == NEXT
    box.wait(10.0)
    box.stopped(own_path(box))
    box.want(StartRecording())
    assert box.state.session is not None
    assert (box.state.session.talk, box.state.session.number) == (NEXT, 1)
    assert "The-next-talk" in box.state.session.name
    assert not any(isinstance(one, RefreshCards) and one.talk.title == "test" for one in box.effects)


def test_a_name_set_while_a_trial_runs_is_the_next_talks() -> None:
    box = box_with_trial()
    box.want(SetTalk(talk=TalkDetails(title="Renamed")))
    assert box.state.next_talk.title == "Renamed"
    assert box.state.session is not None
    assert box.state.session.talk.title == "test"


def test_whoever_records_in_a_trial_records_at_once_and_is_not_ended() -> None:
    box = box_with_trial()
    box.now += 4.0
    answer = box.want(StartRecording())
    assert answer.status == "done"
    session = box.state.session
    assert session is not None
    assert (session.talk, session.trial, session.wanted, session.number) == (NEXT, False, True, 1)
    assert "The-next-talk" in session.name
    for _ in range(20):
        box.wait(10.0)
    assert stops(box) == 0
    box.stop()
    box.stopped(own_path(box))
    (job,) = jobs(box)
    assert not job.trial
    assert [one.talk.title for one in sessions_in(box.state)] == ["The next talk"]


def test_record_before_obs_has_begun_the_trial_begins_the_talk() -> None:
    box = box_with_trial(begun=False)
    assert box.want(StartRecording()).status == "pending"
    box.started(own_path(box))
    assert box.fate("i3").status == "done"
    box.wait(60.0)
    assert stops(box) == 0


def test_record_while_a_trial_is_just_ending_waits_for_that_and_begins() -> None:
    box = box_with_trial()
    path = own_path(box)
    box.wait(10.0)
    answer = box.want(StartRecording(talk=TalkDetails(title="Now")))
    assert answer.status == "pending"
    box.stopped(path)
    assert box.state.session is not None
    assert (box.state.session.talk.title, box.state.session.phase) == ("Now", Phase.STARTING)
    box.started(own_path(box))
    assert box.fate("i3").status == "done"
    assert own_path(box) != path
    assert jobs(box)[0].segments == (path,)


def test_a_persons_stop_ends_a_trial_and_a_talk_that_waits_for_it_is_taken_back() -> None:
    box = box_with_trial()
    box.wait(10.0)
    box.want(StartRecording())
    box.stop()
    assert box.fate("i3").status == "superseded"
    box.stopped(own_path(box))
    assert box.state.session is None


def test_a_recording_made_in_obs_itself_meanwhile_is_a_talk_and_is_kept() -> None:
    box = box_with_trial(begun=False)
    box.started("/rec/2026-11-28 12-00-00.flv")
    session = box.state.session
    assert session is not None
    assert (session.trial, session.talk) == (False, NEXT)
    box.wait(60.0)
    assert stops(box) == 0


def test_obs_that_records_already_when_the_trial_asks_is_left_alone() -> None:
    box = box_with_trial(begun=False)
    effect = next(one for one in box.effects if isinstance(one, ObsStartRecord))
    box.say(RequestAnswered(generation=1, effect_id=effect.effect_id, ok=False, code=500))
    assert box.state.session is not None
    assert not box.state.session.trial
    box.wait(60.0)
    assert stops(box) == 0


@pytest.mark.parametrize("phase", ["starting", "recording", "stopping"])
def test_a_crash_in_mid_trial_ends_it_and_its_file_is_judged_and_goes(phase: str) -> None:
    box = box_with_trial(begun=phase != "starting")
    path = own_path(box)
    if phase == "stopping":
        box.wait(10.0)
    again = Box(state=replay(State(), tuple(box.messages), ReducerRules()), now=box.now + 30.0)
    again.say(EngineStarted(boot_id="b", alive_utc=EPOCH + box.now))
    again.say(obs_connected(recording=True))
    again.started(path)
    assert stops(again) >= 1
    again.stopped(path)
    (job,) = jobs(again)
    assert (job.trial, job.segments) == (True, (path,))
    assert again.state.session is None


def test_a_crash_that_took_obs_along_leaves_nothing_running() -> None:
    box = box_with_trial()
    again = Box(state=replay(State(), tuple(box.messages), ReducerRules()), now=box.now + 30.0)
    again.say(EngineStarted(boot_id="other", alive_utc=EPOCH + box.now))
    again.say(ObsProcessEvent(phase="starting"))
    again.say(obs_connected())
    assert not any(isinstance(one, ObsStartRecord) for one in again.effects)
    assert again.state.session is None
    assert jobs(again)[0].trial


def test_obs_that_dies_in_a_trial_is_not_asked_to_go_on() -> None:
    box = box_with_trial()
    box.say(ObsProcessEvent(phase="exited", exit_code=-9))
    box.say(ObsDisconnected(generation=1, fault="lost"))
    starts = sum(isinstance(one, ObsStartRecord) for one in box.effects)
    box.say(obs_connected(2))
    assert sum(isinstance(one, ObsStartRecord) for one in box.effects) == starts
    assert box.state.session is None


def test_a_trial_that_obs_never_begins_is_given_up_and_said() -> None:
    box = box_with_trial(begun=False)
    for _ in range(12):
        due = next_deadline(box.state, box.rules)
        if due is None:
            break
        box.wait(max(0.0, due - box.now))
        effect = [one for one in box.effects if isinstance(one, ObsStopRecord)]
        if effect:
            box.say(RequestAnswered(generation=1, effect_id=effect[-1].effect_id, ok=False, code=501))
    assert box.fate("i2").status == "failed"
    assert box.state.session is None
    assert box.state.trial is not None
    assert box.state.trial.verdict == "failed"


def test_no_trial_begins_in_a_talk_or_beside_another() -> None:
    box = box_with_trial()
    assert box.want(TRIAL).status == "refused"
    box.want(StartRecording())
    assert box.want(TRIAL).status == "refused"


# --- whatever happens -------------------------------------------------------------------------------------

FOREIGN = "/rec/by hand.flv"


class World:
    """Drives the reducer as OBS and people would: what OBS writes bears the name that it was asked for."""

    def __init__(self) -> None:
        self.state, self.now, self.ids = State(), 100.0, 0
        self.asked: list[ObsStartRecord] = []
        self.growing = ""
        self.trials: set[str] = set()
        """Files that OBS began because a trial asked for them, and while nobody had taken its place."""
        self.persons: set[str] = set()
        """Files that a person's recording is in."""
        self.stops = 0

    def say(self, body: object) -> None:
        before = self.state
        message = Message(at=self.now, utc=EPOCH + self.now, body=body)  # type: ignore[arg-type]
        self.state, effects = reduce(self.state, message, ReducerRules())
        for effect in effects:
            if isinstance(effect, ObsStartRecord):
                self.asked.append(effect)
            if isinstance(effect, ObsStopRecord):
                asked = isinstance(body, Command) and isinstance(body.want, StopRecording)
                wished = before.session is not None and before.session.phase is Phase.STOPPING
                talk = before.session is not None and not before.session.trial
                assert asked or wished or not talk, "nobody asked for this talk's end"
            if isinstance(effect, ProcessSession) and effect.trial:
                for path in effect.segments:
                    assert is_own(path, effect.name)
                    assert path not in self.persons, "a person's recording would be removed"
        session = self.state.session
        if session is not None and not session.trial:
            self.persons |= {one.path for one in session.segments if one.path}

    def want(self, want: object) -> None:
        self.ids += 1
        self.say(Command(id=f"i{self.ids}", origin="touch", want=want))  # type: ignore[arg-type]

    def act(self, kind: str) -> None:
        match kind:
            case "trial":
                self.want(TRIAL)
            case "record":
                self.want(StartRecording())
            case "stop":
                self.want(StopRecording())
            case "name":
                self.want(SetTalk(talk=TalkDetails(title=f"Talk {self.ids}")))
            case "begins" if self.asked and not self.growing:
                self.growing = f"/rec/{self.asked[-1].filename_stem}.flv"
                self.say(RecordStateEvent(generation=1, phase="started", path=self.growing))
            case "by_hand" if not self.growing:
                self.growing = f"/rec/by hand {self.ids}.flv"
                self.persons.add(self.growing)
                self.say(RecordStateEvent(generation=1, phase="started", path=self.growing))
            case "ends" if self.growing:
                self.say(RecordStateEvent(generation=1, phase="stopping"))
                path, self.growing = self.growing, ""
                self.say(RecordStateEvent(generation=1, phase="stopped", path=path))
            case "crash":
                self.state = durable(self.state)
                self.say(EngineStarted(boot_id="b", alive_utc=EPOCH + self.now))
                self.say(obs_connected(recording=bool(self.growing)))
                if self.growing:
                    self.say(RecordStateEvent(generation=1, phase="started", path=self.growing))
            case "judged" if self.state.jobs:
                self.say(JobDone(session_id=self.state.jobs[0].id, verdict="ok"))
        self.say(Tick())


KINDS = ["trial", "record", "stop", "name", "begins", "by_hand", "ends", "crash", "judged", "waits"]
stories = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from([0.0, 0.5, 3.0, 11.0])), max_size=40)


@given(stories)
@settings(max_examples=600, deadline=None)
def test_whatever_happens_no_talk_is_ended_or_removed_by_a_trial_and_no_trial_is_told_as_a_talk(
    story: list[tuple[str, float]],
) -> None:
    world = World()
    world.say(obs_connected())
    named = TalkDetails()
    for kind, pause_s in story:
        world.now += pause_s
        world.act(kind)
        if kind == "name":
            named = world.state.next_talk
        if world.state.next_talk != named:
            active = world.state.session
            stopping = (active,) if active is not None and active.phase is Phase.STOPPING else ()
            talks = (*world.state.jobs, *world.state.finished, *stopping)
            over = [one.talk for one in talks if not one.trial]
            assert (world.state.next_talk, named in over) == (TalkDetails(), True), (
                "a trial renamed the next talk"
            )
            named = TalkDetails()
        assert not any(one.trial for one in (*world.state.finished, *sessions_in(world.state)))
        assert not (world.state.idle and world.state.obs.recording)
    known = [one.path for job in (*sessions_in(world.state),) for one in job.segments]
    lost = {path for path in world.persons if path not in known}
    assert len(world.state.finished) >= 20 or not lost, "a person's recording is in no session"


@given(stories)
@settings(max_examples=300, deadline=None)
def test_a_trial_is_over_soon_whatever_happened_before(story: list[tuple[str, float]]) -> None:
    world = World()
    world.say(obs_connected())
    for kind, pause_s in story:
        world.now += pause_s
        world.act(kind)
    for _ in range(12):
        if world.state.session is None or not world.state.session.trial:
            return
        world.now = max(world.now, next_deadline(world.state, ReducerRules()) or world.now)
        world.say(Tick())
        world.act("ends" if world.growing else "waits")
        if world.state.session is not None and not world.growing:
            effect = world.state.session.effect_id
            world.say(RequestAnswered(generation=1, effect_id=effect, ok=False, code=501))
    raise AssertionError("the trial does not end")
