"""The reducer's part for what the crew shows the speaker, for a while or until it is taken back."""

from stagebox.engine.step import Step
from stagebox.model.commands import Command


def show(step: Step, command: Command, words: str, seconds: float) -> None:
    """Show these words; none take back what is shown."""
    told = " ".join(words.split())
    step.set(message=told, message_due=step.at + seconds if told and seconds else None)
    step.answer(command, "done")


def tick(step: Step) -> None:
    """What was to be shown for a while was."""
    due = step.state.message_due
    if due is not None and step.at >= due:
        step.set(message="", message_due=None)


def engine_started(step: Step) -> None:
    """How long ago it was is not known: what was to be shown for a while is not shown any more."""
    if step.state.message_due is not None:
        step.set(message="", message_due=None)
