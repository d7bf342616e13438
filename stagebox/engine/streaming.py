"""The reducer's part for the stream: from the wish to go live, through trouble, to its end.

Stream and recording are independent: nothing here looks at the session but to choose the first scene, and
nothing here touches it. OBS is the authority on whether it streams; the streaming server itself is asked for
a sign of life when OBS does not get through, since OBS does not tell why.
"""

from collections.abc import Mapping
from dataclasses import replace

from stagebox.engine import stream_card
from stagebox.engine.output_machine import NOT_RUNNING, Output, Stage, doubted, overdue, refused
from stagebox.engine.step import Step, refusal
from stagebox.messages.code_catalogue import say
from stagebox.messages.stream_reasons import reason, version_problem
from stagebox.model.commands import Command
from stagebox.model.effects import (
    ObsForgetStream,
    ObsStartStream,
    ObsStopStream,
    ObsSwitchScene,
    ProbeStream,
)
from stagebox.model.observations import (
    CardEvent,
    EngineStarted,
    OutputPhase,
    RequestAnswered,
    StreamServerEvent,
    StreamSetUpEvent,
    StreamStateEvent,
)
from stagebox.model.said import together
from stagebox.model.stream_state import (
    TROUBLED,
    CardStage,
    StreamFigures,
    StreamPhase,
    StreamState,
    trouble_of,
)
from stagebox.system.backoff import Backoff

START = "start_stream"
STOP = "stop_stream"

PROBE_S = 5.0
"""The longest that the server's sign of life is waited for."""
AGAIN_S = 2.0
"""The pause until a server that gave none is asked again."""
REFUSED = Backoff(first_s=10.0, cap_s=120.0)
"""A server that refused is tried again ever more rarely: OBS opens a window for each refusal."""
SETTLED_S = 10.0
"""A stream that lived this long was no attempt in vain."""
HURRY_S = 3.0
"""OBS waits ever longer between its own tries: when the server has answered this long, it is hurried."""


def start_wanted(step: Step, command: Command) -> None:
    """A person wants to go live."""
    stream, obs = step.state.stream, step.state.obs
    if stream.phase is StreamPhase.STOPPING:
        step.answer(command, "refused", say("still_streaming"))
        return
    if stream.phase in (StreamPhase.LIVE, StreamPhase.RECONNECTING):
        step.answer(command, "done", say("streamed_already"))
        return
    problem = _problem(step)
    if problem is not None:
        step.answer(command, "refused", together(*problem))
        return
    step.settle(START, "superseded", say("asked_again"))
    step.answer(command, "pending")
    if stream.phase is StreamPhase.CONNECTING:
        return
    if step.state.session is None and obs.streaming is False and stream_card.barred(step.state) is None:
        # While a talk is being recorded, its picture belongs to the talk: the scene stays.
        _show_first_scene(step)
    step.set(
        stream=StreamState(
            phase=StreamPhase.CONNECTING,
            wanted=True,
            origin=command.origin,
            asked_utc=step.utc,
            deadline=step.at + step.rules.stream_start_s,
        )
    )
    _request_start(step)


def stop_wanted(step: Step, command: Command) -> None:
    """A person wants the stream to end."""
    if step.state.stream.phase is StreamPhase.OFF:
        step.answer(command, "refused", say("nothing_streamed"))
        return
    step.settle(STOP, "superseded", say("asked_again"))
    # A remedy is done when it was taken; who asked to stop waits for OBS.
    step.answer(command, "pending" if command.want.kind == STOP else "done")
    stream = step.state.stream
    if stream.phase is StreamPhase.STOPPING:
        return
    if stream.card_stage:
        stream_card.given_up(step)
    step.settle(START, "superseded", say("stream_stopped_early"))
    connecting = stream.phase is StreamPhase.CONNECTING and stream.attempts > 0
    if step.state.obs.streaming is False and not connecting:
        # OBS does not stream and is not about to, so there is nothing to wait for.
        _ended(step)
        return
    _change(
        step,
        phase=StreamPhase.STOPPING,
        wanted=False,
        trouble="",
        detail="",
        deadline=step.at + step.rules.stream_stop_s,
    )
    _request_stop(step)


def state_seen(step: Step, body: StreamStateEvent) -> None:
    """OBS said how its stream is."""
    stream = step.state.stream
    if stream.card_stage:
        if body.phase not in ("starting", "stopping"):
            step.obs(streaming=body.phase != "stopped")
            if stream_card.obs_told(step):
                _resume(step)
        return
    match body.phase:
        case "started" | "reconnected":
            step.obs(streaming=True)
            _live(step)
        case "reconnecting":
            step.obs(streaming=True)
            if stream.phase in (StreamPhase.LIVE, StreamPhase.CONNECTING):
                _lost(step)
            elif stream.phase is StreamPhase.RECONNECTING:
                _probe(step)
        case "stopping":
            if stream.wanted and not stream.hurried:
                # Lost servers do not say so first: this is a hand in OBS itself.
                step.settle(START, "superseded", say("stream_stopped_early"))
                _change(
                    step,
                    phase=StreamPhase.STOPPING,
                    wanted=False,
                    deadline=step.at + step.rules.stream_stop_s,
                )
        case "stopped":
            step.obs(streaming=False)
            _stopped(step)
        case "starting":
            pass


def figures_seen(step: Step, figures: StreamFigures | None) -> None:
    """OBS's figures contradict its events: believed only when they keep doing so, since both race."""
    obs, stream = step.state.obs, step.state.stream
    if figures is None or obs.streaming is None:
        return
    contradict = figures.active != obs.streaming
    since, believed_now = doubted(stream.doubt_since, step.at, step.rules.doubt_s, contradict=contradict)
    if since != stream.doubt_since:
        _change(step, doubt_since=since)
    if believed_now:
        believed: OutputPhase = "started" if figures.active else "stopped"
        state_seen(step, StreamStateEvent(generation=obs.generation, phase=believed))


def server_seen(step: Step, body: StreamServerEvent) -> None:
    """The streaming server gave a sign of life, or none."""
    stream = step.state.stream
    if stream.probe_id != body.effect_id or stream.phase not in TROUBLED:
        return
    _change(step, probe_id="")
    answers = body.answer == "answers"
    idle = step.state.obs.streaming is False
    refused = answers and idle and stream.attempts > 0 and stream.phase is StreamPhase.FAILED
    trouble = "refused" if refused else trouble_of(body.answer)
    since = stream.answers_since if stream.answers_since is not None else step.at
    _change(
        step,
        trouble=trouble,
        detail="",
        answers_since=since if answers else None,
    )
    if step.state.obs.streaming:
        _hurry_obs(step)
    elif refused:
        _change(step, deadline=step.at + REFUSED.pause_s(stream.attempts - 1))
    elif idle and (body.answer == "not_known" or (answers and stream.attempts == 0)):
        _try_again(step)
    else:
        _change(step, deadline=step.at + AGAIN_S)
    step.settle(START, "failed", _keeps_trying(reason(trouble)))


def set_up_seen(step: Step, body: StreamSetUpEvent) -> None:
    """Target or key are known, or were changed: a stream that waits for that is tried at once."""
    before = step.state.stream_set_up
    step.set(stream_set_up=body.set_up)
    stream = step.state.stream
    changed = before.change != body.set_up.change
    if changed and stream.phase is StreamPhase.FAILED and step.state.obs.streaming is False:
        _change(step, attempts=0)
        _try_again(step)
    elif changed:
        stream_card.again(step)


def connected(step: Step, *, streaming: bool) -> None:
    """A new connection tells whether OBS streams: what is known is reconciled with it."""
    step.obs(streaming=streaming)
    stream = step.state.stream
    _change(step, doubt_since=None)
    if stream.card_stage:
        if stream_card.obs_told(step):
            _resume(step)
    elif streaming:
        _live(step)
    elif stream.phase is StreamPhase.STOPPING:
        _ended(step)
    elif stream.phase is StreamPhase.CONNECTING:
        _change(step, deadline=step.at + step.rules.stream_start_s)
        _request_start(step)
    elif stream.wanted:
        # OBS died under a wanted stream, or lost the server while nobody listened.
        if stream.phase is StreamPhase.LIVE:
            _lost(step, probe=False)
        _try_again(step)
    else:
        _forget(step)


def disconnected(step: Step) -> None:
    """The link is gone: whether OBS streams is not known."""
    step.obs(streaming=None)
    _change(step, doubt_since=None, probe_id="", hurried=False)


def answered(step: Step, body: RequestAnswered) -> None:
    """OBS refused to start or stop. (Its agreement proves nothing; the stream's event does.)"""
    stream = step.state.stream
    if not stream.effect_id or stream.effect_id != body.effect_id or body.ok or body.fault is not None:
        return
    if stream.card_stage:
        if body.code == NOT_RUNNING:
            step.obs(streaming=False)
            if stream_card.obs_told(step):
                _resume(step)
        return
    said = refusal(body)
    meaning = refused(_output(step), body.code)
    if stream.hurried:
        _change(step, hurried=False)
    elif meaning == "ended":
        step.obs(streaming=False)
        _ended(step)
    elif meaning == "on_its_way":
        _change(step, deadline=step.at + step.rules.stream_start_s)
    elif meaning == "no_stop":
        _change(step, detail=say("stream_stop_refused", reason=said))
    elif stream.wanted and meaning == "no_start":
        trouble = "set_up" if body.code == 0 else "obs"
        detail = said if body.code == 0 else say("stream_start_refused", reason=said)
        step.settle(START, "failed", _keeps_trying(detail))
        _change(
            step,
            phase=StreamPhase.FAILED if not stream.was_live else StreamPhase.RECONNECTING,
            trouble=trouble,
            detail=detail,
            deadline=step.at + REFUSED.first_s,
        )


def tick(step: Step) -> None:
    """A deadline of the stream may have passed."""
    stream = step.state.stream
    if stream.deadline is None or step.at < stream.deadline:
        return
    if stream.card_stage:
        stream_card.tick(step)
        return
    meaning = overdue(_output(step))
    if meaning == "no_start":
        waited = say("stream_too_late", waited_s=step.rules.stream_start_s)
        step.settle(START, "failed", _keeps_trying(waited))
        _change(step, phase=StreamPhase.FAILED, trouble="unknown", detail=waited)
        _probe(step)
    elif meaning == "ended":
        _ended(step)
    elif meaning == "no_stop":
        waited = say("stream_no_end", waited_s=step.rules.stream_stop_s)
        step.settle(STOP, "failed", together(waited, say("keeps_trying_beside")))
        _change(step, detail=waited, deadline=step.at + step.rules.stream_stop_s)
        _request_stop(step)
    elif meaning == "lost":
        step.settle(START, "failed", _keeps_trying(reason(stream.trouble, stream.detail)))
        if stream.trouble in ("refused", "set_up", "obs") and step.state.obs.streaming is False:
            _try_again(step)
        else:
            _change(step, attempts=0 if step.state.obs.streaming is False else stream.attempts)
            _probe(step)
    else:
        _change(step, deadline=None)


def engine_started(step: Step, body: EngineStarted) -> None:
    """The engine came back: waits begin anew, and after a reboot the monotonic clock did too."""
    stream = step.state.stream
    if stream.phase is StreamPhase.OFF:
        return
    away_s = max(0.0, step.utc - body.alive_utc) if body.alive_utc else 0.0
    if away_s > step.rules.resume_within_s:
        # Nobody expects to be on air again hours later. If OBS still streams, it says so in a moment.
        step.settle(START, "failed", say("stream_away"))
        step.settle(STOP, "done")
        step.set(stream=StreamState())
        return
    if stream.card_stage:
        stream_card.engine_started(step)
        return
    rebooted = body.boot_id != step.state.boot_id
    waits = {
        StreamPhase.CONNECTING: step.rules.stream_start_s,
        StreamPhase.STOPPING: step.rules.stream_stop_s,
    }
    _change(
        step,
        live_since=None if rebooted else stream.live_since,
        lost_at=step.at if rebooted and stream.lost_at is not None else stream.lost_at,
        answers_since=None,
        probe_id="",
        hurried=False,
        doubt_since=None,
        deadline=None if stream.phase is StreamPhase.LIVE else step.at + waits.get(stream.phase, PROBE_S),
    )


def card_seen(step: Step, body: CardEvent) -> None:
    """What became of the card in OBS's place."""
    if stream_card.seen(step, body):
        _resume(step)


def settle(step: Step) -> None:
    """Have the card take OBS's place while a talk is on that must not be streamed, and OBS its own after."""
    if stream_card.settle(step):
        _resume(step)


def _resume(step: Step) -> None:
    """The talk is over: OBS streams again."""
    _change(
        step,
        card="",
        card_stage=CardStage.NONE,
        card_effect="",
        phase=StreamPhase.CONNECTING,
        attempts=0,
        live_since=None,
        trouble="",
        deadline=step.at + step.rules.stream_start_s,
    )
    _request_start(step)


# --- what the above share -------------------------------------------------------------------------


_STAGES: Mapping[StreamPhase, Stage] = {
    StreamPhase.OFF: "off",
    StreamPhase.CONNECTING: "starting",
    StreamPhase.LIVE: "active",
    StreamPhase.RECONNECTING: "lost",
    StreamPhase.FAILED: "lost",
    StreamPhase.STOPPING: "stopping",
}


def _output(step: Step) -> Output:
    stream = step.state.stream
    return Output(_STAGES[stream.phase], step.state.obs.streaming, stream.was_live)


def _change(step: Step, **changes: object) -> None:
    step.set(stream=replace(step.state.stream, **changes))  # type: ignore[arg-type]


def _keeps_trying(why: str) -> str:
    return together(why, say("keeps_trying"))


def _problem(step: Step) -> tuple[str, str] | None:
    """Why this target cannot be streamed to, and what to do."""
    set_up = step.state.stream_set_up
    if set_up.problem:
        return set_up.problem, set_up.remedy
    return version_problem(set_up, step.state.obs.version)


def _show_first_scene(step: Step) -> None:
    obs, scene = step.state.obs, step.rules.go_live_scene
    if obs.link != "up" or scene not in obs.scenes or obs.program_scene == scene:
        return
    step.effect(ObsSwitchScene(effect_id=step.effect_id(), generation=obs.generation, scene=scene))


def _request_start(step: Step) -> None:
    """Ask OBS to stream, if it can be asked. If not, the next connection does."""
    obs, stream = step.state.obs, step.state.stream
    if obs.link != "up" or obs.streaming is not False or stream_card.barred(step.state) is not None:
        return
    effect_id = step.effect_id()
    _change(step, attempts=stream.attempts + 1, effect_id=effect_id)
    step.effect(ObsStartStream(effect_id=effect_id, generation=obs.generation))


def _request_stop(step: Step) -> None:
    obs = step.state.obs
    if obs.link != "up":
        return
    effect_id = step.effect_id()
    _change(step, effect_id=effect_id)
    step.effect(ObsStopStream(effect_id=effect_id, generation=obs.generation))


def _try_again(step: Step) -> None:
    """Ask OBS once more for the stream that is wanted."""
    stream = step.state.stream
    problem = _problem(step)
    if problem is not None:
        _change(step, trouble="set_up", detail=problem[0], deadline=step.at + REFUSED.first_s)
        return
    _change(step, deadline=step.at + step.rules.stream_start_s)
    _request_start(step)
    if stream.phase is StreamPhase.FAILED and not stream.was_live:
        _change(step, phase=StreamPhase.CONNECTING)


def _probe(step: Step) -> None:
    """Ask the server for a sign of life."""
    effect_id = step.effect_id()
    _change(step, probe_id=effect_id, deadline=step.at + PROBE_S)
    step.effect(ProbeStream(effect_id=effect_id))


def _hurry_obs(step: Step) -> None:
    """OBS waits before its own next try, and the server has been there for a while: end that wait."""
    stream = step.state.stream
    since = stream.answers_since
    _change(step, deadline=step.at + 1.0)
    if since is None or step.at - since < HURRY_S or stream.hurried:
        return
    _change(step, hurried=True, trouble=stream.trouble)
    _request_stop(step)


def _live(step: Step) -> None:
    """OBS streams: the wish is a fact. A stream that somebody began in OBS itself is a wish too."""
    stream = step.state.stream
    if stream.phase is StreamPhase.STOPPING:
        # The start had been on its way when the stop was asked for.
        _request_stop(step)
        return
    step.settle(START, "done")
    if stream.phase is StreamPhase.LIVE:
        if stream.live_since is None:
            _change(step, live_since=step.at)
        return
    _change(
        step,
        phase=StreamPhase.LIVE,
        wanted=True,
        origin=stream.origin or "obs",
        asked_utc=stream.asked_utc or step.utc,
        trouble="",
        detail="",
        probe_id="",
        deadline=None,
        was_live=True,
        live_since=step.at,
        lost_at=None,
        answers_since=None,
    )


def _lost(step: Step, *, probe: bool = True) -> None:
    """A live stream lost its server."""
    stream = step.state.stream
    ran_s = 0.0 if stream.live_since is None else max(0.0, step.at - stream.live_since)
    _change(
        step,
        phase=StreamPhase.RECONNECTING,
        trouble="unknown",
        detail="",
        attempts=0 if ran_s >= SETTLED_S else stream.attempts,
        live_since=None,
        live_s=stream.live_s + ran_s,
        lost_at=step.at,
        answers_since=None,
    )
    if probe:
        _probe(step)


def _stopped(step: Step) -> None:
    """OBS does not stream any more."""
    stream = step.state.stream
    if stream.phase is StreamPhase.STOPPING:
        _ended(step)
    elif not stream.wanted:
        return
    elif stream.hurried:
        _change(step, hurried=False, attempts=0)
        _try_again(step)
    elif stream.phase is StreamPhase.LIVE:
        _lost(step)
    elif stream.phase is StreamPhase.RECONNECTING and stream.attempts == 0:
        _probe(step)
    else:
        _change(step, phase=StreamPhase.FAILED, trouble="unknown", detail="")
        _probe(step)


def _ended(step: Step) -> None:
    """The stream is over, as it was wanted: OBS need not know the key any more."""
    step.settle(STOP, "done")
    step.settle(START, "superseded", say("stream_stopped_early"))
    step.set(stream=StreamState())
    _forget(step)


def _forget(step: Step) -> None:
    obs = step.state.obs
    if obs.link == "up" and step.state.stream_set_up.private:
        step.effect(ObsForgetStream(effect_id=step.effect_id(), generation=obs.generation))
