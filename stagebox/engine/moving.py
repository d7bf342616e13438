"""The reducer's part for a recording whose disk fails: it moves to the other folder, or waits for one.

When OBS ends a recording as if a person had, the disk may tell that none did.
"""

from stagebox.engine import asking, folders, recovery, sessions
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.effects import ApplyRemedy
from stagebox.model.remedies import RemedyWanted
from stagebox.model.state import Phase, Session


def folders_seen(step: Step) -> None:
    """What is known of the folders changed: a recording moves, or goes on where it had to wait."""
    session, state = step.state.session, step.state
    if session is None or not session.wanted or session.trial:
        return
    if session.phase is Phase.STARTING:
        if session.overdue and folders.next_place(state, session.place) is not None:
            asking.start(step)
    elif session.unasked_end_at is not None:
        explain_end(step)
    elif session.paused is None and not session.moving and folders.must_move(state, session.place):
        step.session(moving=True, attempts=0, deadline=asking.stop_due(step))
        asking.stop(step)


def explain_end(step: Step) -> None:
    """If the disk explains why OBS ended the recording, no person did: it goes on where there is a disk."""
    session = step.state.session
    assert session is not None
    ended_at = session.unasked_end_at
    if ended_at is None or not folders.obs_ends_there(step.state, session.place):
        return
    recovery.go_on(step, ended_at)
    step.session(unasked_end_at=None)
    asking.start(step)


def settle_unasked(step: Step) -> None:
    """Nothing explained why OBS ended the recording: a person did, in OBS itself."""
    session = step.state.session
    if session is not None and session.unasked_end_at is not None:
        sessions.stopped(step, "")


def overdue(step: Step, session: Session) -> None:
    """OBS does not end its file on a folder that fails: it is asked again, and then replaced."""
    waited = say("not_moved", waited_s=step.rules.stop_s)
    step.session(deadline=asking.stop_due(step), detail=waited)
    if session.attempts > 1:
        wanted = RemedyWanted(remedy="replace_obs", role="recording", asks=False, words=waited)
        step.effect(ApplyRemedy(effect_id=step.effect_id(), remedy=wanted))
    asking.stop(step)


def folder_chosen(step: Step, before: str) -> None:
    """Another folder is in force. A talk that is being recorded goes on there: a person chose it knowing."""
    chosen = step.state.settings.folder if step.state.settings is not None else ""
    if not before or not chosen or before == chosen:
        return
    # What was known of the folder was known of the other one.
    stops = tuple(place for place in step.state.obs_stops_in if place != "main")
    step.set(folder="unknown", folder_detail="", folder_remedy="", obs_stops_in=stops)
    session = step.state.session
    if session is None or session.trial or not session.wanted:
        return
    if session.phase is Phase.STARTING:
        step.session(place="main", overdue=False, detail="")
        asking.start(step)
    elif session.unasked_end_at is not None:
        recovery.go_on(step, session.unasked_end_at)
        step.session(unasked_end_at=None, place="main")
        asking.start(step)
    elif session.phase is Phase.RECORDING and not session.moving:
        step.session(place="main", moving=True, attempts=0, deadline=asking.stop_due(step))
        asking.stop(step)
