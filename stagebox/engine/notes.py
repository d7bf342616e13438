"""Notes: what is said in passing. They go by themselves, and sooner when they are no longer true. Pure."""

from collections.abc import Collection

from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.alarms import Alarm
from stagebox.model.remedies import RemedyTaken
from stagebox.model.report import Severity
from stagebox.model.said import Sentence

DONE: dict[tuple[str, str], str] = {
    ("unmute", "mic"): "mic_on",
    ("bring_back", "slides"): "slides_back",
    ("bring_back", "camera"): "camera_back",
    ("reset_source", "slides"): "slides_restarted",
    ("reset_source", "camera"): "camera_restarted",
    ("replace_obs", "obs"): "obs_replaced",
    ("replace_obs", "recording"): "obs_replaced",
}
"""What a remedy that was taken is called, by remedy and role."""


def remedy_taken(step: Step, body: RemedyTaken) -> None:
    """Say what was done, or that it did not work."""
    code = DONE.get((body.remedy, body.role), "") if body.ok else "remedy_refused"
    words: str | Sentence = say(code) if code else body.words
    step.notice(words, role=body.role if body.role in ("mic", "slides", "camera") else "", done=body.ok)


def no_longer_true(step: Step, raised: Collection[Alarm]) -> None:
    """An alarm that comes about the same part takes back what was said of it."""
    before = {(one.code, one.role) for one in step.state.alarms}
    new = {
        one.role for one in raised if one.level is not Severity.NOTE and (one.code, one.role) not in before
    }
    if any(note.role in new for note in step.state.notes):
        step.set(notes=tuple(note for note in step.state.notes if note.role not in new))
