"""The reducer's part for scenes: asked, confirmed by OBS, refused, or overdue."""

from dataclasses import replace

from stagebox.engine.step import Step
from stagebox.model.effects import ObsSwitchScene
from stagebox.model.intents import Intent
from stagebox.model.observations import RequestAnswered
from stagebox.model.state import WantedScene

KIND = "switch_scene"


def wanted(step: Step, intent: Intent, scene: str) -> None:
    """A person wants a scene on program."""
    obs = step.state.obs
    if obs.link != "up":
        step.answer(intent, "failed", "OBS is not connected, so the scene was not changed.")
        return
    if scene not in obs.scenes:
        names = ", ".join(obs.scenes) or "none"
        step.answer(intent, "refused", f"There is no scene “{scene}”. OBS has: {names}.")
        return
    if step.state.wanted_scene is not None:
        step.settle(KIND, "superseded", f"“{scene}” was asked for meanwhile.")
        step.set(wanted_scene=None)
    elif obs.program_scene == scene:
        step.answer(intent, "done")
        return
    effect_id = step.effect_id()
    step.answer(intent, "pending")
    step.set(
        wanted_scene=WantedScene(
            scene=scene, intent_id=intent.id, effect_id=effect_id, deadline=step.at + step.rules.scene_s
        )
    )
    step.effect(ObsSwitchScene(effect_id=effect_id, generation=obs.generation, scene=scene))


def confirmed(step: Step) -> None:
    """OBS told what is on program: if it is what was wanted, the wish is a fact."""
    want = step.state.wanted_scene
    if want is None or step.state.obs.program_scene != want.scene:
        return
    step.settle(KIND, "done")
    step.set(wanted_scene=None, faults=replace(step.state.faults, scene_overdue=""))


def answered(step: Step, body: RequestAnswered) -> None:
    """OBS took or refused the request. Taking is no proof: the program event is."""
    want = step.state.wanted_scene
    if want is None or want.effect_id != body.effect_id:
        return
    if body.ok:
        confirmed(step)
    elif body.fault is None:
        _give_up(step, f"OBS refused the scene “{want.scene}”: {body.comment or body.code}.")
    else:
        _give_up(step, "The connection to OBS was lost while the scene was being changed.")


def disconnected(step: Step) -> None:
    """The link is gone: nobody will confirm the wanted scene."""
    if step.state.wanted_scene is not None:
        _give_up(step, "The connection to OBS was lost while the scene was being changed.")


def tick(step: Step) -> None:
    """A scene that OBS did not confirm in time is a fault with a name."""
    want = step.state.wanted_scene
    if want is not None and step.at >= want.deadline:
        _give_up(step, f"OBS did not confirm the scene “{want.scene}” within {step.rules.scene_s:g} s.")
        step.set(faults=replace(step.state.faults, scene_overdue=want.scene))


def _give_up(step: Step, detail: str) -> None:
    step.settle(KIND, "failed", detail)
    step.set(wanted_scene=None)
