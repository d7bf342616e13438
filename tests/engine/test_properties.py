"""What must hold after any sequence of messages whatever."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.engine import scheduled, stream_card
from stagebox.engine.engine import replay
from stagebox.engine.reducer import durable, next_deadline, reduce
from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import (
    Command,
    DiscardTalk,
    EditTalk,
    KeepTalk,
    LookForDevices,
    NextTalk,
    ResumeRecording,
    RunCheck,
    SetEvent,
    SetFolder,
    SetSource,
    SetTalk,
    StartRecording,
    StartStream,
    StopRecording,
    StopStream,
    SwitchScene,
    TakeBackDiscard,
    TakeBackEdit,
    TakeRemedy,
    TalkDetails,
    UseSchedule,
)
from stagebox.model.effects import (
    ObsStartRecord,
    ObsStartStream,
    ObsStopRecord,
    ObsSwitchScene,
    ProcessSession,
    SealFiles,
    StreamCard,
)
from stagebox.model.messages import Message
from stagebox.model.obs_set_up import ObsSetUp
from stagebox.model.observations import (
    CardEvent,
    EngineStarted,
    FolderEvent,
    JobDone,
    ObsConnected,
    ObsDisconnected,
    ObsProcessEvent,
    ObsSetUpEvent,
    ProgramSceneEvent,
    RecordFileEvent,
    RecordStateEvent,
    RequestAnswered,
    SceneListEvent,
    ScenesBuilt,
    ScheduleChecked,
    ScheduleEvent,
    SealAnswered,
    SettingsEvent,
    SetUpAnswered,
    StreamServerEvent,
    StreamSetUpEvent,
    StreamStateEvent,
    SuspendEvent,
    Tick,
)
from stagebox.model.said import Said
from stagebox.model.schedule import Consent, RoomSchedule, ScheduledTalk, TalkConsent
from stagebox.model.set_up import ActiveSettings
from stagebox.model.state import Phase, Segment, State, recorded_s
from stagebox.model.stream_state import StreamPhase, StreamSetUp
from tests.engine.messages import EPOCH, PACK, SCENES, obs_connected
from tests.engine.test_recording import stats

pytestmark = pytest.mark.slow

GOOD_TARGET = StreamSetUp(target="A server", protocol="rtmp", private=True, problem="", remedy="", change=1)
WHIP_TARGET = StreamSetUp(target="A newer one", protocol="whip", problem="", remedy="", change=2)

generations = st.integers(1, 4)
paths = st.sampled_from(["", "/rec/a.flv", "/rec/b.flv"])
scenes = st.sampled_from([*SCENES, "Nonsense"])
talks = st.builds(TalkDetails, title=st.sampled_from(["", "One", "Two"]), do_not_record=st.booleans())

wants = st.one_of(
    st.builds(SwitchScene, scene=scenes),
    st.builds(StartRecording, talk=st.none() | talks),
    st.builds(NextTalk, talk=st.none() | talks),
    st.just(StopRecording()),
    st.just(ResumeRecording()),
    st.builds(
        TakeRemedy, remedy=st.sampled_from(["open_collection", "open_profile"]), role=st.just("scenes")
    ),
    st.builds(SetTalk, talk=talks),
    st.just(StartStream()),
    st.just(StopStream()),
    st.just(TakeRemedy(remedy="stop_stream", role="stream")),
    st.builds(
        SetSource,
        role=st.sampled_from(["slides", "mic"]),
        device_kind=st.sampled_from(["v4l2", "pulse", "none"]),
        on_air=st.booleans(),
    ),
    st.builds(SetEvent, title=st.just("Conf"), room=st.sampled_from(["One", "Two"])),
    st.builds(SetFolder, folder=st.sampled_from(["/a", "b"])),
    st.just(LookForDevices()),
    st.just(RunCheck()),
    st.builds(UseSchedule, source=st.just("talks.csv"), auto_start=st.booleans()),
    st.builds(
        EditTalk,
        key=st.sampled_from(["a", "b", "gone"]),
        title=st.none() | st.just("Other"),
        record=st.none() | st.sampled_from(Consent),
        start_utc=st.none() | st.sampled_from([EPOCH + 110.0, EPOCH + 900.0]),
    ),
    st.builds(TakeBackEdit, key=st.sampled_from(["a", "b"])),
    st.sampled_from([kind(session_id="asked") for kind in (KeepTalk, DiscardTalk, TakeBackDiscard)]),
)


def _talk(key: str, start: float, length: float, record: Consent) -> ScheduledTalk:
    return ScheduledTalk(
        key=key,
        title=f"Talk {key}",
        start_utc=EPOCH + start,
        end_utc=EPOCH + start + length,
        consent=TalkConsent(record=record),
    )


planned = st.builds(
    _talk,
    key=st.sampled_from(["a", "b", "c"]),
    start=st.sampled_from([50.0, 130.0, 160.0, 400.0]),
    length=st.sampled_from([20.0, 60.0]),
    record=st.sampled_from(Consent),
)
schedules = st.lists(planned, max_size=3, unique_by=lambda talk: talk.key).map(
    lambda talks: RoomSchedule(source="talks.csv", room="Hall", talks=tuple(talks), fetched_utc=EPOCH)
)
commands = st.builds(Command, id=st.uuids().map(str), origin=st.just("touch"), want=wants)
observations = st.one_of(
    st.builds(
        obs_connected,
        generations,
        recording=st.booleans(),
        streaming=st.booleans(),
        program=st.sampled_from(SCENES),
        paused=st.booleans(),
        recorded_s=st.sampled_from([None, 0.0, 5.0, 500.0]),
    ),
    st.builds(
        RecordFileEvent,
        path=paths,
        began_utc=st.sampled_from([0.0, EPOCH + 150.0]),
        after=paths,
    ),
    st.builds(
        ObsSetUpEvent,
        generation=generations,
        set_up=st.builds(
            ObsSetUp,
            collection=st.sampled_from(["Ours", "Theirs"]),
            profile=st.sampled_from(["Ours", "Theirs"]),
            folder=st.sampled_from(["/main", "/elsewhere"]),
            container=st.sampled_from(["flv", "mp4"]),
        ),
    ),
    st.builds(SceneListEvent, generation=generations, scenes=st.sampled_from([SCENES, ("Church",)])),
    st.builds(ScenesBuilt, names_taken=st.sampled_from(["", "A name is taken."]), asides=st.booleans()),
    st.builds(
        StreamStateEvent,
        generation=generations,
        phase=st.sampled_from(["starting", "started", "stopping", "stopped", "reconnecting", "reconnected"]),
    ),
    st.builds(
        StreamServerEvent,
        effect_id=st.integers(1, 12).map(lambda n: f"e{n}"),
        answer=st.sampled_from(["answers", "closed", "silent", "hung", "no_network", "not_known"]),
    ),
    st.builds(StreamSetUpEvent, set_up=st.sampled_from([StreamSetUp(), GOOD_TARGET, WHIP_TARGET])),
    st.builds(ObsDisconnected, generation=generations, fault=st.sampled_from(["lost", "timeout", "absent"])),
    st.builds(ProgramSceneEvent, generation=generations, scene=scenes),
    st.builds(
        RecordStateEvent,
        generation=generations,
        phase=st.sampled_from(["starting", "started", "paused", "resumed", "stopping", "stopped"]),
        path=paths,
    ),
    st.builds(
        stats,
        st.booleans(),
        generations,
        paused=st.booleans(),
        recorded_s=st.sampled_from([None, 0.0, 5.0, 500.0]),
    ),
    st.builds(
        RequestAnswered,
        generation=generations,
        effect_id=st.integers(1, 12).map(lambda n: f"e{n}"),
        ok=st.booleans(),
        code=st.sampled_from([100, 500, 501, 503, 600]),
        fault=st.none() | st.just("timeout"),
    ),
    st.builds(
        ObsProcessEvent,
        phase=st.sampled_from(["starting", "running", "exited"]),
        exit_code=st.sampled_from([None, 0, -9]),
    ),
    st.builds(
        FolderEvent,
        health=st.sampled_from(["ok", "full", "gone"]),
        detail=st.just("The disk is full."),
        second=st.sampled_from(["unknown", "ok", "full"]),
        obs_stops_in=st.sampled_from([(), ("main",)]),
    ),
    st.builds(SetUpAnswered, effect_id=st.integers(1, 12).map(lambda n: f"e{n}"), ok=st.booleans()),
    st.builds(
        SettingsEvent,
        in_force=st.builds(
            ActiveSettings,
            title=st.just("Conf"),
            room=st.sampled_from(["One", "Two"]),
            folder=st.just("/a"),
            auto_start=st.booleans(),
        ),
    ),
    st.builds(ScheduleEvent, schedule=schedules),
    st.builds(ScheduleChecked, utc=st.just(EPOCH + 100.0)),
    st.builds(
        SealAnswered,
        session_id=st.just("asked"),
        do=st.sampled_from(["seal", "take_back", "delete"]),
        ok=st.booleans(),
        said=st.just(Said(words="The disk is gone.")),
    ),
    st.builds(
        CardEvent,
        effect_id=st.just("card"),
        state=st.sampled_from(["live", "lost", "dark", "ended"]),
    ),
    st.builds(JobDone, session_id=st.just("nobody"), verdict=st.just("ok")),
    st.builds(
        EngineStarted,
        boot_id=st.sampled_from(["", "b"]),
        alive_utc=st.sampled_from([0.0, EPOCH, EPOCH + 1000.0]),
    ),
    st.builds(
        SuspendEvent,
        slept_s=st.sampled_from([0.0, 40.0]),
        still_s=st.sampled_from([0.0, 9.0]),
        woke_at=st.sampled_from([0.0, 120.0]),
        obs_too=st.booleans(),
    ),
    st.just(Tick()),
)
steps = st.lists(st.tuples(st.floats(0.0, 20.0), st.one_of(commands, observations)), max_size=40)

RULES = ReducerRules(folder="/main", second_folder="/second", go_live_scene="Intro", scenes=PACK)


def aimed(state: State, body: object) -> object:
    """What is said of "asked" is said of the recording that is asked about, or that was discarded."""
    active = (state.session,) if state.session is not None else ()
    known = [one for one in (*active, *state.jobs) if one.consent]
    known += [one.session for one in state.sealed]
    if isinstance(body, CardEvent):
        return replace(body, effect_id=state.stream.card_effect)
    if not known:
        return body
    if isinstance(body, SealAnswered):
        return replace(body, session_id=known[-1].id)
    if isinstance(body, Command) and isinstance(body.want, KeepTalk | DiscardTalk | TakeBackDiscard):
        return replace(body, want=replace(body.want, session_id=known[0].id))
    return body


def run(script: list[tuple[float, object]]) -> list[tuple[State, Message, tuple[object, ...]]]:
    """Every state on the way, with the message that led to it and the effects it asked for."""
    state, now, passed = State(), 100.0, []
    for pause, body in script:
        now += pause
        message = Message(at=now, utc=EPOCH + now, body=aimed(state, body))  # type: ignore[arg-type]
        state, effects = reduce(state, message, RULES)
        passed.append((state, message, effects))
    return passed


@given(steps)
@settings(max_examples=400, deadline=None)
def test_nothing_is_idle_while_obs_records(script: list[tuple[float, object]]) -> None:
    for state, _, _ in run(script):
        assert not (state.idle and state.obs.recording), "OBS records, and no session knows"


@given(steps)
@settings(max_examples=400, deadline=None)
def test_no_command_is_lost(script: list[tuple[float, object]]) -> None:
    seen: set[str] = set()
    for state, message, _ in run(script):
        if isinstance(message.body, Command):
            seen.add(message.body.id)
        assert {answer.intent_id for answer in state.answers} == seen


@given(steps)
@settings(max_examples=400, deadline=None)
def test_a_replayed_journal_gives_the_same_state(script: list[tuple[float, object]]) -> None:
    journal: list[Message] = []
    before = State()
    for state, message, effects in run(script):
        if effects or durable(state) != durable(before):
            journal.append(message)
        before = state
    assert replay(State(), tuple(journal), RULES) == durable(before)


@given(steps)
@settings(max_examples=400, deadline=None)
def test_whatever_waits_has_a_deadline_after_which_it_is_settled(script: list[tuple[float, object]]) -> None:
    passed = run(script)
    if not passed:
        return
    state, last, _ = passed[-1]
    if state.session is not None and state.session.phase in (Phase.STARTING, Phase.STOPPING):
        assert state.session.deadline is not None
    if state.stream.phase not in (StreamPhase.OFF, StreamPhase.LIVE):
        assert state.stream.deadline is not None
    now = last.at
    for _ in range(20):
        due = next_deadline(state, RULES)
        if due is None or all(answer.status != "pending" for answer in state.answers):
            break
        now = max(now, due)
        state, _ = reduce(state, Message(at=now, utc=EPOCH + now, body=Tick()), RULES)
    assert [answer for answer in state.answers if answer.status == "pending"] == []


@given(steps)
@settings(max_examples=200, deadline=None)
def test_ticks_without_end_do_not_spin(script: list[tuple[float, object]]) -> None:
    """Each Tick at a due deadline moves that deadline, or ends it."""
    passed = run(script)
    state, now = (passed[-1][0], passed[-1][1].at) if passed else (State(), 0.0)
    for _ in range(30):
        due = next_deadline(state, RULES)
        if due is None:
            return
        now = max(now, due)
        state, _ = reduce(state, Message(at=now, utc=EPOCH + now, body=Tick()), RULES)
        after = next_deadline(state, RULES)
        assert after is None or after > now


@given(steps)
@settings(max_examples=400, deadline=None)
def test_a_pause_is_no_recorded_time_and_ends_with_the_file(script: list[tuple[float, object]]) -> None:
    before_s = 0.0
    before = None
    for state, message, _ in run(script):
        session = state.session
        if session is None:
            before = None
        else:
            now_s = recorded_s(session, message.at)
            if before == session.id and not isinstance(message.body, EngineStarted):
                assert now_s >= before_s - 1e-6, "recorded time ran backwards"
            if session.paused is not None:
                assert session.running_since is not None
                assert recorded_s(session, message.at + 1000.0) == recorded_s(session, session.paused.at)
            before, before_s = session.id, now_s
        for job in state.jobs:
            assert job.paused is None
            assert all(one.length_s >= 0.0 and one.at_s >= 0.0 for one in job.pauses)


@given(steps)
@settings(max_examples=200, deadline=None)
def test_every_recorded_file_ends_in_exactly_one_session(script: list[tuple[float, object]]) -> None:
    for state, _, _ in run(script):
        active = (state.session,) if state.session else ()
        sessions = (*state.finished, *state.jobs, *active)
        assert len({session.id for session in sessions}) == len(sessions)
        for session in state.jobs:
            assert session.phase is Phase.PROCESSING
            assert any(segment.path for segment in session.segments)


@given(steps)
@settings(max_examples=200, deadline=None)
def test_obs_is_only_asked_on_the_connection_that_is_up(script: list[tuple[float, object]]) -> None:
    for state, _, effects in run(script):
        for effect in effects:
            generation = getattr(effect, "generation", None)
            if generation is not None:
                assert state.obs.link == "up"
                assert generation == state.obs.generation
            if isinstance(effect, ObsSwitchScene):
                assert effect.scene in state.obs.scenes


@given(steps)
@settings(max_examples=300, deadline=None)
def test_the_stream_is_wanted_exactly_while_it_is_neither_off_nor_stopping(
    script: list[tuple[float, object]],
) -> None:
    for state, _, _ in run(script):
        ending = state.stream.phase in (StreamPhase.OFF, StreamPhase.STOPPING)
        assert state.stream.wanted is not ending


@given(steps)
@settings(max_examples=300, deadline=None)
def test_whatever_happens_to_the_stream_the_recording_is_as_without_it(
    script: list[tuple[float, object]],
) -> None:
    """The same script without anything of the stream gives the same sessions at every step."""
    streams = ("start_stream", "stop_stream", "take_remedy")

    def of_the_stream(body: object) -> bool:
        if isinstance(body, Command):
            return body.want.kind in streams
        return isinstance(body, StreamStateEvent | StreamServerEvent | StreamSetUpEvent)

    def rounded(part: Segment) -> object:
        # Pauses are added up in another order, so the last digits may differ.
        return part.path, round(part.started_utc, 3), round(part.ended_utc, 3), round(part.start_s or 0.0, 6)

    def told(state: State) -> object:
        active = (state.session,) if state.session else ()
        return [
            (
                one.id,
                one.phase,
                one.wanted,
                [rounded(part) for part in one.segments],
                round(one.recorded_s, 6),
            )
            for one in (*state.finished, *state.jobs, *active)
        ]

    # Effects are counted, so an answer in the script would meet another effect in the shorter one.
    script = [entry for entry in script if not isinstance(entry[1], RequestAnswered)]
    whole = run(script)
    kept: list[tuple[float, object]] = []
    pause_s = 0.0
    for pause, body in script:
        pause_s += pause
        if not of_the_stream(body):
            kept.append((pause_s, body))
            pause_s = 0.0
    without = run(kept)
    by_number = [entry for entry in whole if not of_the_stream(entry[1].body)]
    for (state, _, _), (other, _, _) in zip(by_number, without, strict=True):
        assert told(state) == told(other)


def test_the_strategies_reach_a_finished_recording() -> None:
    """The properties would hold of nothing if the scripts never recorded: one that does, for certain."""
    script: list[tuple[float, object]] = [
        (1.0, obs_connected()),
        (1.0, Command(id="a", origin="touch", want=StartRecording())),
        (1.0, RecordStateEvent(generation=1, phase="started", path="/rec/a.flv")),
        (9.0, Command(id="b", origin="touch", want=StopRecording())),
        (1.0, RecordStateEvent(generation=1, phase="stopped", path="/rec/a.flv")),
    ]
    assert run(script)[-1][0].jobs[0].recorded_s == 10.0
    assert isinstance(script[0][1], ObsConnected)


@given(steps)
@settings(max_examples=400, deadline=None)
def test_neither_the_clock_nor_a_schedule_ends_a_recording(script: list[tuple[float, object]]) -> None:
    passed = run(script)
    for (before, _, _), (_, message, effects) in itertools.pairwise(passed):
        if isinstance(message.body, ScheduleEvent | ScheduleChecked | SettingsEvent):
            assert not any(isinstance(effect, ObsStopRecord) for effect in effects)
        session = before.session
        if isinstance(message.body, Tick) and session is not None and session.phase is Phase.RECORDING:
            asked = session.moving or session.unasked_end_at is not None or session.trial
            assert asked or not any(isinstance(effect, ObsStopRecord) for effect in effects)


@given(steps)
@settings(max_examples=400, deadline=None)
def test_no_talk_begins_against_its_speakers_will(script: list[tuple[float, object]]) -> None:
    before = State()
    for state, _, effects in run(script):
        session = state.session
        if any(isinstance(effect, ObsStartRecord) for effect in effects) and before.session is None:
            assert session is not None
            assert not session.talk.do_not_record
            planned = {talk.key: talk for talk in scheduled.talks(state)}
            if session.talk.key in planned:
                assert planned[session.talk.key].consent.record is not Consent.NO
        before = state


def _said(want: object) -> Command:
    return Command(id=f"first-{type(want).__name__}", origin="touch", want=want)  # type: ignore[arg-type]


WITHDRAWN: list[tuple[float, object]] = [
    (0.0, obs_connected()),
    (0.0, FolderEvent(health="ok", detail="", second="unknown")),
    (
        0.0,
        ScheduleEvent(
            schedule=RoomSchedule(
                source="talks.csv",
                room="Hall",
                talks=(_talk("a", 100.0, 60.0, Consent.YES), _talk("b", 400.0, 60.0, Consent.UNKNOWN)),
            )
        ),
    ),
    (1.0, _said(StartRecording())),
    (0.1, RecordStateEvent(generation=1, phase="started", path="/rec/a.flv")),
    (5.0, _said(EditTalk(key="a", record=Consent.NO))),
]
"""Talk a is recorded, and its speaker says no."""

days = st.lists(
    st.tuples(
        st.sampled_from([0.0, 1.0, 61.0, 50_000.0]),
        st.one_of(
            commands,
            observations,
            st.sampled_from([Tick(), SealAnswered(session_id="asked", do="seal", ok=True)]),
        ),
    ),
    max_size=30,
)


@given(days)
@settings(max_examples=400, deadline=None)
def test_only_a_persons_word_discards_and_only_its_day_deletes(script: list[tuple[float, object]]) -> None:
    discarded: dict[str, float] = {}
    passed = run([*WITHDRAWN, *script])
    assert passed[len(WITHDRAWN) - 1][0].session is not None
    assert passed[len(WITHDRAWN) - 1][0].session.consent == "asked"  # type: ignore[union-attr]
    for state, message, effects in passed:
        body = message.body
        if isinstance(body, Command) and isinstance(body.want, DiscardTalk):
            fate = next(one.status for one in state.answers if one.intent_id == body.id)
            if fate == "done":
                discarded[body.want.session_id] = message.at
        for effect in effects:
            if isinstance(effect, SealFiles):
                assert effect.session_id in discarded
                if effect.do == "delete":
                    assert message.at - discarded[effect.session_id] >= 86_400.0 - 120.0
            if isinstance(effect, ProcessSession):
                known = next(one for one in state.jobs if one.id == effect.session_id)
                assert known.consent not in ("asked", "discarded")
        sessions = [*state.jobs, *([state.session] if state.session is not None else [])]
        for one in sessions:
            assert one.consent != "discarded" or one.id in discarded


@given(days)
@settings(max_examples=400, deadline=None)
def test_what_is_said_of_a_talk_ends_no_recording_but_a_discard(script: list[tuple[float, object]]) -> None:
    for _, message, effects in run([*WITHDRAWN, *script]):
        body = message.body
        said = body.want if isinstance(body, Command) else body
        if isinstance(said, EditTalk | TakeBackEdit | KeepTalk | TakeBackDiscard | SealAnswered):
            assert not any(isinstance(effect, ObsStopRecord) for effect in effects)


@given(days)
@settings(max_examples=300, deadline=None)
def test_obs_is_not_asked_to_stream_a_talk_against_its_speakers_will(
    script: list[tuple[float, object]],
) -> None:
    on_air: list[tuple[float, object]] = [
        (0.0, StreamSetUpEvent(set_up=GOOD_TARGET)),
        (0.0, _said(StartStream())),
        (0.0, StreamStateEvent(generation=1, phase="started")),
        (1.0, _said(EditTalk(key="a", stream=Consent.NO))),
    ]
    for state, _, effects in run([*WITHDRAWN[:-1], *on_air, *script]):
        if any(isinstance(effect, ObsStartStream) for effect in effects):
            assert stream_card.barred(state) is None
        if any(isinstance(effect, StreamCard) and effect.on for effect in effects):
            assert state.obs.streaming is False
