"""The reducer: (state, message) → (state, effects). Pure: no clock, thread, file or socket.

What is wanted and what was observed are kept apart. A wish becomes an effect; only OBS's word makes it a
fact; a deadline turns waiting into a named fault and asks OBS again. Whatever OBS records belongs to a
session: a recording that nobody asked stagebox for is adopted, so that it is processed like any other.
"""

from dataclasses import replace

from stagebox.engine import (
    crew_message,
    foreign,
    gapless,
    marks,
    moving,
    next_talk,
    notes,
    pausing,
    program,
    recording,
    recovery,
    scenes,
    scheduled,
    sealing,
    sessions,
    set_up,
    streaming,
    wishes,
    withdrawn,
)
from stagebox.engine.rules import ReducerRules
from stagebox.engine.step import Step
from stagebox.health.engine_alarms import alarms_of, is_hung
from stagebox.health.foreign import missing_due
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import (
    AcknowledgeAlarm,
    BuildScenes,
    Command,
    DiscardTalk,
    EditTalk,
    GiveTalk,
    KeepTalk,
    LearnButton,
    LookForDevices,
    MarkMoment,
    NextTalk,
    ResumeRecording,
    RunCheck,
    SetButton,
    SetEvent,
    SetFolder,
    SetSource,
    SetTalk,
    ShowMessage,
    StartRecording,
    StartStream,
    StartTrial,
    StopRecording,
    StopStream,
    SwitchScene,
    TakeBackDiscard,
    TakeBackEdit,
    TakeRemedy,
    UseSchedule,
)
from stagebox.model.effects import ApplyRemedy, Effect, LearnPress
from stagebox.model.facts.button_boxes import ButtonBoxesReading
from stagebox.model.facts.machine import HostReading
from stagebox.model.facts.pictures import PictureReading
from stagebox.model.facts.proof import ProofReading
from stagebox.model.facts.sound import BackupRecorderReading, MetersReading
from stagebox.model.file_names import STARTED_IN_OBS
from stagebox.model.messages import Message
from stagebox.model.observations import (
    AlarmsEvent,
    CardEvent,
    ChecklistReading,
    DevicesReading,
    EffectFailed,
    EngineStarted,
    FolderEvent,
    JobDone,
    JobProgress,
    ObsConnected,
    ObsDisconnected,
    ObsProcessEvent,
    ObsSetUpEvent,
    ObsStatsReading,
    ProgramSceneEvent,
    RecordFileEvent,
    RecordStateEvent,
    RemediesDue,
    RequestAnswered,
    SceneListEvent,
    ScenesBuilt,
    ScheduleChecked,
    ScheduleEvent,
    SealAnswered,
    SettingsEvent,
    SetUpAnswered,
    StreamQueueReading,
    StreamServerEvent,
    StreamSetUpEvent,
    StreamStateEvent,
    SuspendEvent,
    Tick,
)
from stagebox.model.remedies import RemedyTaken, RemedyWanted
from stagebox.model.report import Code
from stagebox.model.said import together
from stagebox.model.state import LiveFacts, State


def reduce(state: State, message: Message, rules: ReducerRules) -> tuple[State, tuple[Effect, ...]]:
    """The state after `message`, and what is to be done because of it, in order."""
    step = Step(state, message, rules)
    body = message.body
    if isinstance(body, Command):
        _intent(step, body)
    elif not _is_stale(state, body):
        _observation(step, body)
    scheduled.session_changed(step, state.session)
    withdrawn.settle(step)
    streaming.settle(step)
    gapless.settle(step)
    program.settle(step)
    marks.settle(step, alarms_of(step.state, message.utc, message.at, rules.down_s))
    return step.state, tuple(step.effects)


def next_deadline(state: State, rules: ReducerRules) -> float | None:
    """The monotonic second at which a Tick is due, or None when nothing is waited for."""
    down = state.obs.link != "up" and not is_hung(state.obs)
    down_unsaid = down and all(alarm.code != Code.OBS_DOWN for alarm in state.alarms)
    due = [
        state.wanted_scene.deadline if state.wanted_scene else None,
        state.session.deadline if state.session else None,
        state.session.ask_again_at if state.session else None,
        state.session.paused.deadline if state.session and state.session.paused else None,
        state.stream.deadline,
        state.wanted_open.deadline if state.wanted_open else None,
        missing_due(state),
        *(wish.deadline for wish in state.wanted_set_up),
        state.obs.since + rules.down_s if down_unsaid else None,
        state.schedule_due,
        state.message_due,
        state.sealed_due,
    ]
    return min((moment for moment in due if moment is not None), default=None)


def durable(state: State) -> State:
    """The part of a state that the journal rebuilds: all but the volatile facts."""
    return replace(state, live=LiveFacts())


def _is_stale(state: State, body: object) -> bool:
    """True for news from an older connection than the present one."""
    generation = getattr(body, "generation", None)
    return generation is not None and generation < state.obs.generation


def _intent(step: Step, command: Command) -> None:
    if step.known(command.id):
        return
    match command.want:
        case SwitchScene(scene=scene):
            scenes.wanted(step, command, scene)
        case StartRecording(talk=talk):
            wishes.start(step, command, talk)
        case NextTalk(talk=talk):
            wishes.next_talk_wanted(step, command, talk)
        case StartTrial(seconds=seconds):
            wishes.trial(step, command, seconds)
        case StopRecording():
            wishes.stop(step, command)
        case ResumeRecording():
            pausing.wanted(step, command)
        case StartStream():
            streaming.start_wanted(step, command)
        case StopStream() | TakeRemedy(remedy="stop_stream"):
            streaming.stop_wanted(step, command)
        case AcknowledgeAlarm(alarm=key):
            marks.acknowledged(step, command, key)
        case TakeRemedy(remedy="open_collection" | "open_profile" as remedy):
            foreign.put_back(step, command, foreign.WHAT[remedy])
        case TakeRemedy(remedy="build_scenes"):
            set_up.wanted(step, command, BuildScenes())
        case TakeRemedy(remedy=remedy, role=role):
            _apply(step, RemedyWanted(remedy=remedy, role=role, asks=False, words=say("person_asked")))
            step.answer(command, "done")
        case MarkMoment(words=words):
            marks.moment(step, command, words)
        case ShowMessage(words=words, seconds=seconds):
            crew_message.show(step, command, words, seconds)
        case LearnButton(seconds=seconds):
            step.effect(LearnPress(effect_id=step.effect_id(), seconds=seconds))
            step.answer(command, "done")
        case SetTalk(talk=talk):
            session = step.state.session
            if session is not None and not session.trial:
                step.session(talk=talk)
            if session is not None and session.origin == STARTED_IN_OBS:
                # The next talk, and its cards, are another one.
                step.answer(command, "done")
                return
            scheduled.named(step, talk)
            next_talk.named(step, talk)
            step.answer(command, "done")
            scheduled.settle(step)
        case EditTalk():
            scheduled.edit(step, command, command.want)
        case TakeBackEdit(key=key):
            scheduled.take_back(step, command, key)
        case GiveTalk(session_id=session_id, key=key):
            scheduled.give(step, command, session_id, key)
        case KeepTalk(session_id=session_id):
            withdrawn.keep(step, command, session_id)
        case DiscardTalk(session_id=session_id):
            withdrawn.discard(step, command, session_id)
        case TakeBackDiscard(session_id=session_id):
            withdrawn.take_back(step, command, session_id)
        case (
            SetSource()
            | SetEvent()
            | SetFolder()
            | SetButton()
            | LookForDevices()
            | BuildScenes()
            | RunCheck()
            | UseSchedule()
        ):
            set_up.wanted(step, command, command.want)


def _observation(step: Step, body: object) -> None:
    match body:
        case Tick():
            scenes.tick(step)
            recording.tick(step)
            pausing.tick(step)
            foreign.tick(step)
            streaming.tick(step)
            set_up.tick(step)
            scheduled.tick(step)
            crew_message.tick(step)
            sealing.tick(step)
        case ObsStatsReading():
            step.set(live=replace(step.state.live, stats=body, stats_at=step.at))
            recording.figures_seen(step, body)
            streaming.figures_seen(step, body.stream)
        case JobProgress():
            others = tuple(p for p in step.state.live.progress if p.session_id != body.session_id)
            step.set(live=replace(step.state.live, progress=(*others, body)))
        case ProgramSceneEvent(scene=scene):
            step.obs(program_scene=scene)
            scenes.confirmed(step)
            next_talk.cards_due(step)
        case SceneListEvent(scenes=names):
            step.obs(scenes=names)
            scenes.restore(step)
            foreign.look(step)
        case ObsSetUpEvent():
            foreign.seen(step, body)
        case ScenesBuilt():
            foreign.built(step, body)
        case RecordStateEvent():
            recording.state_seen(step, body)
        case RecordFileEvent():
            recording.file_seen(step, body)
        case StreamStateEvent():
            streaming.state_seen(step, body)
        case StreamServerEvent():
            streaming.server_seen(step, body)
        case StreamSetUpEvent():
            streaming.set_up_seen(step, body)
        case RequestAnswered():
            scenes.answered(step, body)
            recording.answered(step, body)
            pausing.answered(step, body)
            foreign.answered(step, body)
            streaming.answered(step, body)
        case ObsConnected():
            _connected(step, body)
        case ObsDisconnected():
            _disconnected(step, body)
        case ObsProcessEvent():
            step.obs(process=body.phase, process_detail=body.detail)
            if body.phase != "running":
                # Also "starting": what answers next is a new process, whoever saw the old one end.
                step.obs(restarted=True)
            if body.phase == "exited" and body.exit_code == 0:
                step.obs(closed=True)
        case FolderEvent():
            step.set(
                folder=body.health,
                folder_detail=body.detail,
                folder_remedy=body.remedy,
                second_folder=body.second,
                obs_stops_in=body.obs_stops_in,
            )
            moving.folders_seen(step)
        case AlarmsEvent(alarms=alarms):
            marks.seen(step, alarms)
        case RemediesDue(remedies=remedies):
            for wanted in remedies:
                _apply(step, wanted)
        case RemedyTaken():
            notes.remedy_taken(step, body)
        case (
            MetersReading()
            | BackupRecorderReading()
            | PictureReading()
            | ProofReading()
            | HostReading()
            | ButtonBoxesReading()
            | StreamQueueReading()
        ):
            pass  # The engine folds these into its facts; the rules tell what follows from them.
        case SettingsEvent(in_force=in_force):
            before = step.state.settings.folder if step.state.settings is not None else ""
            step.set(settings=in_force)
            moving.folder_chosen(step, before)
            scheduled.settle(step)
        case SetUpAnswered():
            set_up.answered(step, body)
        case DevicesReading():
            step.set(live=replace(step.state.live, devices=body))
        case ChecklistReading():
            step.set(live=replace(step.state.live, checklist=body))
        case JobDone():
            sessions.job_done(step, body)
        case ScheduleEvent():
            scheduled.seen(step, body)
        case ScheduleChecked():
            scheduled.checked(step, body)
        case CardEvent():
            streaming.card_seen(step, body)
        case SealAnswered():
            withdrawn.seal_answered(step, body)
        case EffectFailed():
            _effect_failed(step, body)
        case EngineStarted():
            _engine_started(step, body)
        case SuspendEvent():
            recovery.stood_still(step, body)
        case _:
            raise TypeError(f"the reducer does not know {type(body).__name__}")


def _apply(step: Step, wanted: RemedyWanted) -> None:
    step.effect(ApplyRemedy(effect_id=step.effect_id(), remedy=wanted))


def _connected(step: Step, body: ObsConnected) -> None:
    before = step.state.obs
    step.obs(
        link="up",
        generation=body.generation,
        since=step.at,
        fault=None,
        detail="",
        version=body.obs_version,
        websocket_version=body.websocket_version,
        scenes=body.scenes,
        program_scene=body.program_scene,
        restarted=False,
        closed=False,
        beginning=False,
        ending_at=None,
        doubt_since=None,
    )
    if before.restarted and before.program_scene:
        scenes.lost_with_obs(step, before.program_scene)
    scenes.confirmed(step)
    foreign.look(step)
    recording.connected(step, body, before)
    streaming.connected(step, streaming=body.streaming)


def _disconnected(step: Step, body: ObsDisconnected) -> None:
    # `since` stays: each failed attempt to reconnect is the same outage.
    since = step.at if step.state.obs.link == "up" else step.state.obs.since
    step.obs(
        link="down",
        generation=body.generation,
        since=since,
        fault=body.fault,
        detail=body.detail,
        recording=None,
        doubt_since=None,
        closed=step.state.obs.closed or body.closed,
    )
    step.set(live=replace(step.state.live, stats=None))
    scenes.disconnected(step)
    foreign.disconnected(step)
    streaming.disconnected(step)


def _effect_failed(step: Step, body: EffectFailed) -> None:
    step.notice(together(body.what, body.remedy))


def _engine_started(step: Step, body: EngineStarted) -> None:
    """What survived a restart of the engine is taken up again; all waits begin anew."""
    state = step.state
    step.set(folder="unknown", folder_detail="", folder_remedy="", second_folder="unknown", obs_stops_in=())
    # The new engine's link counts its generations from 1 again. What happened to OBS since the last
    # connection (another process, closed, ending) stays true until the next one.
    step.obs(
        link="connecting",
        generation=0,
        since=step.at,
        fault=None,
        detail="",
        recording=None,
        streaming=None,
        doubt_since=None,
    )
    scenes.disconnected(step)
    foreign.disconnected(step)
    recovery.engine_started(step, body)
    streaming.engine_started(step, body)
    set_up.engine_started(step)
    crew_message.engine_started(step)
    scheduled.settle(step)
    sealing.engine_started(step, rebooted=body.boot_id != state.boot_id)
    step.set(boot_id=body.boot_id)
    for job in state.jobs:
        sessions.process(step, job)
