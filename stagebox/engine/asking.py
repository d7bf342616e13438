"""The reducer's part that asks OBS to record and to stop. What it answers is no proof: what it does is."""

from stagebox.engine import folders
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.effects import ObsStartRecord, ObsStopRecord
from stagebox.model.state import CommandStatus

START = "start_recording"
NEXT = "next_talk"
STOP = "stop_recording"
TRIAL = "start_trial"
"""The wishes that are settled by what OBS does."""


def start(step: Step) -> None:
    """Ask OBS to record, if it can be asked. If not, the next connection does."""
    obs, session = step.state.obs, step.state.session
    if session is None or obs.link != "up" or obs.recording:
        return
    place = folders.next_place(step.state, session.place)
    if place is None:
        # No folder can be written: the wish stays, and is tried again when one comes back.
        step.session(overdue=True, detail=step.state.folder_detail)
        return
    if place != session.place:
        step.notice(say("goes_on_in", folder=folders.path_of(step, place) or "…"))
    effect_id = step.effect_id()
    step.obs(beginning=False)
    step.session(
        attempts=session.attempts + 1, effect_id=effect_id, place=place, moving=False, ask_again_at=None
    )
    part = f"-part-{len(session.segments) + 1}" if session.segments else ""
    step.effect(
        ObsStartRecord(
            effect_id=effect_id,
            generation=obs.generation,
            filename_stem=f"{session.name}{part}",
            folder=folders.path_of(step, place),
        )
    )


def stop(step: Step) -> None:
    """Ask OBS to stop, if it can be asked. If not, the next connection does."""
    obs, session = step.state.obs, step.state.session
    if session is None or obs.link != "up":
        return
    effect_id = step.effect_id()
    step.session(attempts=session.attempts + 1, effect_id=effect_id)
    step.effect(ObsStopRecord(effect_id=effect_id, generation=obs.generation))


def begun(step: Step, status: CommandStatus, detail: str = "") -> None:
    """Settle the wishes that a talk begins."""
    for kind in (START, NEXT):
        step.settle(kind, status, detail)


def stop_due(step: Step) -> float:
    """Until when OBS has time to stop, in monotonic seconds."""
    return step.at + step.rules.stop_s
