"""One step of the reducer: the state as it is being replaced, and the effects it asks for so far."""

from dataclasses import replace
from typing import Any

from stagebox.engine.rules import ReducerRules
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command
from stagebox.model.effects import Effect
from stagebox.model.messages import Message
from stagebox.model.observations import RequestAnswered
from stagebox.model.said import Note, said_of
from stagebox.model.state import CommandResult, CommandStatus, State

ANSWERS_KEPT = 128
NOTICES_JOIN_S = 10.0
"""A second notice within so many seconds is said beside the first: after a start there may be several."""
NOTES_MOST = 4
DONE_S, TOLD_S = 10.0, 60.0
"""So long are notes told: of what was done, and of what a talk lacks or the crew should know."""


def refusal(body: RequestAnswered) -> str:
    """Why OBS refused: its own words, or the number that it gave."""
    return body.comment or say("error_number", number=body.code)


class Step:
    """Collects the changes that one message makes. Lives only while `reduce` runs.

    `at` is the message's monotonic time, `utc` its wall time.
    """

    def __init__(self, state: State, message: Message, rules: ReducerRules) -> None:
        self.state = state
        self.at = message.at
        self.utc = message.utc
        self.rules = rules
        self.effects: list[Effect] = []

    @property
    def room(self) -> str:
        """The room's name, as it was when this message came: a replayed journal gives the same names."""
        return self.state.settings.room if self.state.settings is not None else self.rules.room

    def set(self, **changes: Any) -> None:
        """Replace fields of the state."""
        self.state = replace(self.state, **changes)

    def obs(self, **changes: Any) -> None:
        """Replace fields of what is known of OBS."""
        self.set(obs=replace(self.state.obs, **changes))

    def notice(self, words: str, *, role: str = "", done: bool = False) -> None:
        """Say something once to people. What was said just before is kept beside it.

        `role` is what it is about. What was done is soon no news; what is lacking is told for longer.
        """
        session = self.state.session.id if self.state.session is not None else ""
        note = Note(
            said=said_of(words),
            utc=self.utc,
            lasts_s=DONE_S if done else TOLD_S,
            role=role,
            session=session,
        )
        lasting = [
            one
            for one in self.state.notes
            if one.said != note.said and 0 <= self.utc - one.utc < NOTICES_JOIN_S
        ]
        self.set(notes=(*lasting, note)[-NOTES_MOST:])

    def session(self, **changes: Any) -> None:
        """Replace fields of the active session, which must exist."""
        if self.state.session is None:
            raise LookupError("there is no active session")
        self.set(session=replace(self.state.session, **changes))

    def effect_id(self) -> str:
        """A new effect id: a count, so that a replayed journal gives the same ids."""
        self.set(effects_made=self.state.effects_made + 1)
        return f"e{self.state.effects_made}"

    def effect(self, effect: Effect) -> None:
        """Ask for an effect."""
        self.effects.append(effect)

    def known(self, intent_id: str) -> bool:
        """True when a command with this id was seen already."""
        return any(answer.intent_id == intent_id for answer in self.state.answers)

    def answer(self, command: Command, status: CommandStatus, detail: str = "") -> None:
        """Say what became of a new command.

        The oldest settled answer is forgotten when there are too many; a pending one never is.
        """
        answers = self.state.answers
        if len(answers) >= ANSWERS_KEPT:
            oldest = next((answer for answer in answers if answer.status != "pending"), None)
            answers = tuple(answer for answer in answers if answer is not oldest)
        new = CommandResult(
            intent_id=command.id,
            kind=command.want.kind,
            status=status,
            detail=str(detail),
            said=said_of(detail),
        )
        self.set(answers=(*answers, new))

    def settle(self, kind: str, status: CommandStatus, detail: str = "", intent_id: str = "") -> None:
        """Settle the pending answers of a kind, or the one of `intent_id`; an empty kind is any."""
        self.set(
            answers=tuple(
                replace(answer, status=status, detail=str(detail), said=said_of(detail))
                if answer.status == "pending"
                and kind in ("", answer.kind)
                and intent_id in ("", answer.intent_id)
                else answer
                for answer in self.state.answers
            )
        )
