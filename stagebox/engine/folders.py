"""The reducer's part for folders: where the next segment goes, and when a recording must move."""

from pathlib import PurePath

from stagebox.engine.step import Step
from stagebox.model.said import together
from stagebox.model.state import FolderHealth, Place, State

USED_MOST = 4
USABLE: frozenset[FolderHealth] = frozenset({"ok", "unknown"})
"""Unknown: nobody has looked yet, or OBS records elsewhere. Then OBS is asked, and says if it cannot."""


def health_of(state: State, place: Place) -> FolderHealth:
    """How the folder at this place is."""
    return state.folder if place == "main" else state.second_folder


def other(place: Place) -> Place:
    """The other one of the two."""
    return "second" if place == "main" else "main"


def next_place(state: State, present: Place) -> Place | None:
    """Where the next segment of a talk goes; None when there is nowhere.

    A folder that is full is better than none, as long as OBS can record there: the reserve is there for
    talks that have begun.
    """
    if health_of(state, present) in USABLE:
        return present
    if health_of(state, other(present)) == "ok":
        return other(present)
    last = [place for place in (present, other(present)) if health_of(state, place) == "full"]
    return next((place for place in last if place not in state.obs_stops_in), None)


def must_move(state: State, present: Place) -> bool:
    """Whether a recording is better off in the other folder: its own is gone, read-only or at the reserve."""
    return health_of(state, present) not in USABLE and health_of(state, other(present)) == "ok"


def obs_ends_there(state: State, present: Place) -> bool:
    """Whether OBS itself ends a recording in this folder, without anybody asking it to."""
    health = health_of(state, present)
    return health in ("gone", "read_only") or (health == "full" and present in state.obs_stops_in)


def why_not(step: Step) -> str:
    """Why nothing can be recorded into the chosen folder, in a sentence."""
    # The alarm's own sentence: one thing is said in one way.
    return together(step.state.folder_detail, step.state.folder_remedy)


def path_of(step: Step, place: Place) -> str:
    """The folder's path for OBS; empty where OBS keeps its own."""
    if not step.rules.folder:
        return ""
    if place == "second":
        return step.rules.second_folder
    chosen = step.state.settings  # Somebody may have chosen another folder since the start.
    return chosen.folder if chosen is not None and chosen.folder else step.rules.folder


def used(state: State) -> tuple[str, ...]:
    """The folders that talks were recorded into, the newest first."""
    active = (state.session,) if state.session is not None else ()
    paths = [
        PurePath(segment.path).parent.as_posix()
        for session in reversed((*state.finished, *state.jobs, *active))
        for segment in reversed(session.segments)
        if segment.path and not session.trial
    ]
    return tuple(dict.fromkeys(paths))[:USED_MOST]
