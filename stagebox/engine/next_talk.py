"""The reducer's part for the name of the next talk, and for the title cards that show it.

A talk that has ended takes its name along: the next one bears none until somebody gives it one. A name
that the next talk had, and that made way for another (a repeat, a title on the command line), comes back.
"""

from stagebox.engine.step import Step
from stagebox.model.commands import TalkDetails
from stagebox.model.effects import RefreshCards
from stagebox.model.scenes import card_of
from stagebox.model.state import Session

THANKS = "outro"
"""The card that names the talk which ends: it keeps its words while it is on program."""


def taken(step: Step, talk: TalkDetails) -> TalkDetails | None:
    """The talk that begins now; returns the next one's own name, which is put back after it."""
    before = step.state.next_talk
    step.set(next_talk=talk)
    refresh(step, talk)
    return before if before.title and before != talk else None


def over(step: Step, ending: Session) -> None:
    """A talk ended as people wanted. What is named otherwise meanwhile is the next talk already."""
    step.set(next_talk=following(step, ending))


def following(step: Step, ending: Session) -> TalkDetails:
    """The talk after this one, as far as it has been named."""
    named_next = step.state.next_talk
    return (
        (ending.put_back or TalkDetails(room=ending.talk.room)) if named_next == ending.talk else named_next
    )


def named(step: Step, talk: TalkDetails) -> None:
    """Somebody named the talk that is on, or the next one."""
    step.set(next_talk=talk)
    refresh(step, talk)


def refresh(step: Step, talk: TalkDetails) -> None:
    """Have the title cards drawn for a talk, if they show another one."""
    if step.state.cards != talk:
        step.set(cards=talk)
        step.effect(RefreshCards(effect_id=step.effect_id(), talk=talk))


def cards_due(step: Step, *, drawn: bool = False) -> None:
    """Between two talks the cards show the next one; the words of thanks stay until they were shown.

    Cards of which nobody knows what they show are left alone, unless they are to be `drawn` in any case.
    """
    state = step.state
    on_program = card_of(step.rules.scenes, state.obs.program_scene) == THANKS
    if state.session is None and (drawn or state.cards is not None) and not on_program:
        refresh(step, state.next_talk)
