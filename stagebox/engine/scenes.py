"""The reducer's part for scenes: asked, confirmed by OBS, refused, or overdue."""

from dataclasses import replace

from stagebox.engine.step import Step, refusal
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command
from stagebox.model.effects import ObsSwitchScene
from stagebox.model.observations import RequestAnswered
from stagebox.model.state import WantedScene

KIND = "switch_scene"

RESTORE_WITHIN_S = 30.0
"""So long may a new OBS take to get its scenes; after that a sudden change would surprise people."""


def wanted(step: Step, command: Command, scene: str) -> None:
    """A person wants a scene on program."""
    obs = step.state.obs
    if obs.link != "up":
        step.answer(command, "failed", say("scene_not_connected"))
        return
    if scene not in obs.scenes:
        code = "no_scene" if obs.scenes else "no_scenes"
        step.answer(command, "refused", say(code, scene=scene, scenes=", ".join(obs.scenes)))
        return
    step.set(restore_scene="")
    if step.state.wanted_scene is not None:
        step.settle(KIND, "superseded", say("asked_another", scene=scene))
        step.set(wanted_scene=None)
    elif obs.program_scene == scene:
        step.answer(command, "done")
        return
    effect_id = step.effect_id()
    step.answer(command, "pending")
    step.set(
        wanted_scene=WantedScene(
            scene=scene, intent_id=command.id, effect_id=effect_id, deadline=step.at + step.rules.scene_s
        )
    )
    step.effect(ObsSwitchScene(effect_id=effect_id, generation=obs.generation, scene=scene))


def lost_with_obs(step: Step, scene: str) -> None:
    """A new OBS came up in place of one that had `scene` on program: viewers shall see it again."""
    step.set(restore_scene=step.state.restore_scene or scene)
    restore(step)


def restore(step: Step) -> None:
    """Ask for the scene that a new OBS shall show again, as soon as OBS has it, but not long afterwards."""
    obs, scene = step.state.obs, step.state.restore_scene
    if scene and (obs.program_scene == scene or step.at - obs.since > RESTORE_WITHIN_S):
        step.set(restore_scene="")
        return
    if not scene or obs.link != "up" or obs.program_scene == scene or scene not in obs.scenes:
        return
    if step.state.wanted_scene is not None:
        return
    effect_id = step.effect_id()
    due = step.at + step.rules.scene_s
    step.set(wanted_scene=WantedScene(scene=scene, intent_id="", effect_id=effect_id, deadline=due))
    step.effect(ObsSwitchScene(effect_id=effect_id, generation=obs.generation, scene=scene))


def confirmed(step: Step) -> None:
    """OBS told what is on program: if it is what was wanted, the wish is a fact."""
    if step.state.obs.program_scene == step.state.restore_scene:
        step.set(restore_scene="")
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
        _give_up(step, say("scene_refused", scene=want.scene, reason=refusal(body)))
    else:
        _give_up(step, say("scene_lost"))


def disconnected(step: Step) -> None:
    """The link is gone: nobody will confirm the wanted scene."""
    if step.state.wanted_scene is not None:
        _give_up(step, say("scene_lost"))


def tick(step: Step) -> None:
    """A scene that OBS did not confirm in time is a fault with a name."""
    want = step.state.wanted_scene
    if want is not None and step.at >= want.deadline:
        _give_up(step, say("scene_too_late", scene=want.scene, waited_s=step.rules.scene_s))
        step.set(faults=replace(step.state.faults, scene_overdue=want.scene))


def _give_up(step: Step, detail: str) -> None:
    step.settle(KIND, "failed", detail)
    step.set(wanted_scene=None)
