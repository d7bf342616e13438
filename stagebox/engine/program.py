"""The reducer's part for what is on program while a talk is recorded: its looks are judged by that later."""

from stagebox.engine.step import Step
from stagebox.model.program import OnProgram
from stagebox.model.state import Phase, recorded_s

CHANGES_KEPT = 2000
"""More changes of scene in one talk are a test of the buttons; what follows them counts as not known."""


def settle(step: Step) -> None:
    """Note on the talk that is recorded which scene is on program, when that is another one than before."""
    session = step.state.session
    if session is None or session.phase not in (Phase.RECORDING, Phase.STOPPING):
        return
    known = session.program
    scene = step.state.obs.program_scene if step.state.obs.link == "up" else ""
    if len(known) >= CHANGES_KEPT:
        scene = ""
    if known and known[-1].scene == scene:
        return
    step.session(program=(*known, OnProgram(scene=scene, start_s=recorded_s(session, step.at))))
