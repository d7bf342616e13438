"""The reducer's part for a talk that its speaker does not want streamed: a card takes the stream's place.

OBS has one program, for recording and stream alike. So for that talk's length OBS streams nothing, and a
process of ours streams the intermission card to the same place. The recording knows nothing of it.
"""

from dataclasses import replace

from stagebox.engine import scheduled
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.effects import ObsStopStream, StreamCard
from stagebox.model.observations import CardEvent
from stagebox.model.schedule import Consent, ScheduledTalk
from stagebox.model.state import State
from stagebox.model.stream_state import CardStage, StreamPhase

LOOK_S = 10.0
SHOWING = frozenset({CardStage.STARTING, CardStage.SHOWN, CardStage.DARK})
"""A process of ours has the stream's place, or is about to."""


def barred(state: State) -> ScheduledTalk | None:
    """The talk that is on and must not be streamed: the recorded one, else the one that the clock tells."""
    session, there = state.session, scheduled.talks(state)
    if session is not None and not session.trial:
        on = next((talk for talk in there if session.talk.key and talk.key == session.talk.key), None)
    else:
        on = state.talks_now.now
        if on is not None and on.key in scheduled.recorded(state, there):
            return None  # It ended before its time.
    return on if on is not None and on.consent.stream is Consent.NO else None


def settle(step: Step) -> bool:
    """Have the card take OBS's place where that must be; True when OBS is to stream again."""
    stream, talk = step.state.stream, barred(step.state)
    if talk is not None and stream.wanted and not stream.card_stage:
        step.settle("start_stream", "done", say("stream_card", title=talk.title))
        _change(
            step,
            phase=StreamPhase.LIVE,
            card=talk.title,
            trouble="",
            detail="",
            probe_id="",
            hurried=False,
            attempts=0,
            live_s=stream.live_s + _ran_s(step),
            live_since=None,
            deadline=None,
        )
        _to(step, CardStage.CLEARING)
        return _clear(step)
    if not stream.card_stage:
        return False
    if talk is not None and stream.card != talk.title:
        _change(step, card=talk.title)
    elif talk is None and stream.card_stage in SHOWING:
        _to(step, CardStage.RETURNING)
        _card(step, on=False)
    elif talk is None and stream.card_stage is CardStage.CLEARING:
        return step.state.obs.streaming is False
    return False


def obs_told(step: Step) -> bool:
    """OBS streams, or not, while the card has its place; True when OBS is to stream again."""
    if step.state.obs.streaming or step.state.stream.card_stage is CardStage.CLEARING:
        return _clear(step)
    return False


def seen(step: Step, body: CardEvent) -> bool:
    """What became of the card; True when it has ended and OBS may stream again."""
    stream = step.state.stream
    if not stream.card_stage or stream.card_effect != body.effect_id:
        return False
    if stream.card_stage is CardStage.RETURNING:
        if body.state != "ended":
            return False
        _to(step, CardStage.CLEARING)
        return _clear(step)
    match body.state:
        case "live":
            _to(step, CardStage.SHOWN)
            _change(
                step,
                phase=StreamPhase.LIVE,
                live_since=step.at,
                lost_at=None,
                trouble="",
                was_live=True,
                deadline=None,
            )
        case "lost":
            _change(
                step,
                phase=StreamPhase.RECONNECTING,
                trouble="unknown",
                live_since=None,
                live_s=stream.live_s + _ran_s(step),
                lost_at=step.at if stream.lost_at is None else stream.lost_at,
                deadline=step.at + LOOK_S,
            )
        case "dark":
            _to(step, CardStage.DARK)
        case "ended":
            _to(step, CardStage.CLEARING)
            return _clear(step)
    return False


def given_up(step: Step) -> None:
    """Nobody wants the stream any more, so no card either."""
    if step.state.stream.card_stage in SHOWING:
        _card(step, on=False)
    _change(step, card="", card_stage=CardStage.NONE, card_effect="")


def tick(step: Step) -> None:
    """OBS was asked to end its stream and has not, or the card is still lost: its process tries again."""
    if step.state.obs.streaming:
        _clear(step)
    else:
        lost = step.state.stream.phase is StreamPhase.RECONNECTING
        _change(step, deadline=step.at + LOOK_S if lost else None)


def again(step: Step) -> None:
    """Target or key were changed: the card goes there."""
    if step.state.stream.card_stage in SHOWING:
        _to(step, CardStage.STARTING)
        _card(step, on=True)


def engine_started(step: Step) -> None:
    """The process that streamed the card ended with the engine before."""
    _to(step, CardStage.CLEARING)
    _change(step, phase=StreamPhase.LIVE, live_since=None, deadline=None, card_effect="")


def _ran_s(step: Step) -> float:
    since = step.state.stream.live_since
    return 0.0 if since is None else max(0.0, step.at - since)


def _clear(step: Step) -> bool:
    """Have OBS stream nothing, then the card; True when the talk is over by then."""
    obs = step.state.obs
    if obs.streaming:
        _change(step, deadline=step.at + step.rules.stream_stop_s)
        _stop_obs(step)
    elif obs.streaming is False and barred(step.state) is None:
        return True
    elif obs.streaming is False:
        _change(step, deadline=None)
        _to(step, CardStage.STARTING)
        _card(step, on=True)
    return False


def _stop_obs(step: Step) -> None:
    obs = step.state.obs
    if obs.link == "up":
        effect_id = step.effect_id()
        _change(step, effect_id=effect_id)
        step.effect(ObsStopStream(effect_id=effect_id, generation=obs.generation))


def _card(step: Step, *, on: bool) -> None:
    effect_id = step.effect_id()
    _change(step, card_effect=effect_id)
    step.effect(StreamCard(effect_id=effect_id, on=on))


def _to(step: Step, stage: CardStage) -> None:
    _change(step, card_stage=stage)


def _change(step: Step, **changes: object) -> None:
    step.set(stream=replace(step.state.stream, **changes))  # type: ignore[arg-type]
