"""What happens in the place of what raised: an answer, so that nobody waits for ever, and the next turn."""

import logging
from collections.abc import Callable
from typing import TypeVar

from stagebox.engine.rules import ReducerRules
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command
from stagebox.model.effects import (
    ApplyRemedy,
    ChangeSettings,
    Effect,
    FindDevices,
    ObsForgetStream,
    ObsStartRecord,
    ObsStartStream,
    ObsStopRecord,
    ObsStopStream,
    ObsSwitchScene,
    ProbeStream,
    ProcessSession,
    RunDoctor,
    SealFiles,
    StreamCard,
)
from stagebox.model.messages import Message
from stagebox.model.observations import (
    CardEvent,
    EffectFailed,
    JobDone,
    Observation,
    RequestAnswered,
    SealAnswered,
    SetUpAnswered,
    StreamServerEvent,
)
from stagebox.model.remedies import RemedyTaken
from stagebox.model.said import said_of
from stagebox.model.state import State

log = logging.getLogger(__name__)

T = TypeVar("T")

OWN_FAULT = say("own_fault")


def answer_to(effect: Effect, error: Exception) -> Observation:
    """What is told of an effect that could not even be asked for."""
    match effect:
        case (
            ObsSwitchScene()
            | ObsStartRecord()
            | ObsStopRecord()
            | ObsStartStream()
            | ObsStopStream()
            | ObsForgetStream()
        ):
            # As when the link is lost: nothing is known, the wish stays, and a deadline asks again.
            return RequestAnswered(
                generation=effect.generation,
                effect_id=effect.effect_id,
                ok=False,
                comment=repr(error),
                fault="protocol",
            )
        case ChangeSettings() | FindDevices() | RunDoctor():
            return SetUpAnswered(effect_id=effect.effect_id, ok=False, words=OWN_FAULT)
        case ApplyRemedy(remedy=wanted):
            return RemedyTaken(remedy=wanted.remedy, role=wanted.role, ok=False, words=OWN_FAULT)
        case ProbeStream():
            return StreamServerEvent(effect_id=effect.effect_id, answer="silent")
        case ProcessSession():
            summary = say("not_processed")
            return JobDone(session_id=effect.session_id, verdict="failed", summary=summary)
        case StreamCard():
            return CardEvent(effect_id=effect.effect_id, state="ended")
        case SealFiles():
            return SealAnswered(session_id=effect.session_id, do=effect.do, ok=False, said=said_of(OWN_FAULT))
        case _:
            return EffectFailed(effect_id=effect.effect_id, what=OWN_FAULT)


def refused(state: State, message: Message, rules: ReducerRules) -> State:
    """The state with an answer to a command over which the reducer itself stumbled."""
    step = Step(state, message, rules)
    if isinstance(message.body, Command) and not step.known(message.body.id):
        step.answer(message.body, "refused", OWN_FAULT)
    return step.state


class FaultBarrier:
    """Does things so that a fault of ours ends no recording: it is logged, once until it works again."""

    def __init__(self) -> None:
        self.now: set[str] = set()
        """What failed last."""

    def safely(self, what: str, do: Callable[[], T], otherwise: T) -> T:
        """Do it and return what it gives; `otherwise` when it raises."""
        try:
            done = do()
        except Exception:
            if what not in self.now:
                log.exception("the engine stumbled: %s", what)
            self.now.add(what)
            return otherwise
        self.now.discard(what)
        return done
