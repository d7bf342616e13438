"""The reducer's part for Set-up: devices, names, folder, checklist. Asked, then answered or overdue."""

from typing import get_args

from stagebox.engine import folders
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model import button_words
from stagebox.model.commands import (
    BuildScenes,
    Command,
    LookForDevices,
    RunCheck,
    SetButton,
    SetEvent,
    SetFolder,
    SetSource,
    UseSchedule,
)
from stagebox.model.effects import ChangeSettings, FindDevices, RebuildScenes, RunDoctor
from stagebox.model.observations import SetUpAnswered
from stagebox.model.said import together
from stagebox.model.settings import AudioKind, VideoKind
from stagebox.model.state import CommandStatus, WantedSetUp

CHANGE_S = 30.0
LOOK_S = 20.0
CHECK_S = 300.0
"""How long each may take until it is said to have failed."""
WISHES_MOST = 32
"""So many wishes are under way at most: nobody's two hands have more, and each keeps an answer pending."""

SetUpWant = (
    SetSource | SetEvent | SetFolder | SetButton | LookForDevices | BuildScenes | RunCheck | UseSchedule
)


def wanted(step: Step, command: Command, want: SetUpWant) -> None:
    """A person wants something set up. Of each kind and target one wish is under way at most.

    `want` is the command's own, or what it comes to: a remedy's touch may be a wish of Set-up.
    """
    refusal = _refusal(step, want) or _too_many(step, want)
    if refusal:
        step.answer(command, "refused", refusal)
        return
    match want:
        case SetSource(role=role, device_kind=kind, device=device):
            keys = ((f"sources.{role}.kind", str(kind)), (f"sources.{role}.device", device))
            _ask(step, command, want, CHANGE_S, role)
            step.effect(ChangeSettings(effect_id=_effect(step), changes=keys, role=role))
        case SetEvent(title=title, room=room):
            _ask(step, command, want, CHANGE_S)
            keys = (("event.title", title), ("event.room", room))
            step.effect(ChangeSettings(effect_id=_effect(step), changes=keys))
        case SetFolder(folder=folder):
            _ask(step, command, want, CHANGE_S)
            step.effect(ChangeSettings(effect_id=_effect(step), changes=(("recording.folder", folder),)))
        case SetButton(place=place, words=words):
            _ask(step, command, want, CHANGE_S, place)
            # The lamp in a button shows what the button does.
            keys = (
                (f"button_box.buttons.{place}", words),
                (f"button_box.lamps.{place}", button_words.lamp_beside(words)),
            )
            step.effect(ChangeSettings(effect_id=_effect(step), changes=keys))
        case LookForDevices():
            _ask(step, command, want, LOOK_S)
            step.effect(FindDevices(effect_id=_effect(step), folders=folders.used(step.state)))
        case BuildScenes():
            _ask(step, command, want, CHANGE_S)
            step.effect(RebuildScenes(effect_id=_effect(step)))
        case UseSchedule():
            _ask(step, command, want, CHANGE_S)
            told: tuple[tuple[str, str | bool | None], ...] = (
                ("schedule.source", want.source),
                ("schedule.room", want.room),
                ("schedule.auto_start", want.auto_start),
            )
            changes = tuple((key, value) for key, value in told if value is not None)
            step.effect(ChangeSettings(effect_id=_effect(step), changes=changes, talks=want.text))
        case RunCheck():
            _ask(step, command, want, CHECK_S)
            step.effect(RunDoctor(effect_id=_effect(step)))


def answered(step: Step, body: SetUpAnswered) -> None:
    """What was asked for is done, or was refused. A wish that was given up meanwhile has no answer left."""
    wish = next((one for one in step.state.wanted_set_up if one.effect_id == body.effect_id), None)
    if wish is not None:
        _settle(step, wish, "done" if body.ok else "refused", body.words)


def tick(step: Step) -> None:
    """What took too long failed, and says so."""
    for wish in step.state.wanted_set_up:
        if step.at >= wish.deadline:
            _settle(step, wish, "failed", say("took_too_long"))


def engine_started(step: Step) -> None:
    """Whoever worked on these wishes is gone; what they changed by then is in the settings."""
    for wish in step.state.wanted_set_up:
        _settle(step, wish, "failed", say("restarted_meanwhile"))


def _refusal(step: Step, want: SetUpWant) -> str:
    """Why this cannot be now, in a sentence; empty when it can."""
    obs = step.state.obs
    recording = step.state.session is not None or bool(obs.recording)
    match want:
        case SetSource(role=role, device_kind=kind, device=device):
            if kind not in get_args(AudioKind if role == "mic" else VideoKind):
                return say("no_such_device", kind=kind, role=role)
            if kind == "media" and not device:
                return say("name_the_file")
            if (recording or obs.streaming) and not want.on_air:
                return say("on_air")
        case SetFolder(folder=folder):
            session = step.state.session
            if session is not None and session.paused is not None:
                return say("folder_paused")
            if recording and not want.on_air:
                return say("folder_on_air")
            if not folder.startswith("/") and folder[1:3] not in (":\\", ":/"):
                return say("no_full_path", folder=folder)
        case RunCheck() if recording:
            return say("check_waits")
        case RunCheck() if obs.link != "up":
            # The doctor would start an OBS of its own beside the one that is being started again.
            return say("check_waits_for_obs")
        case BuildScenes() if obs.link != "up":
            return say("try_when_obs")
        case BuildScenes() if step.state.foreign.collection:
            name = step.state.foreign.collection
            return together(say("other_collection", name=name), say("back_to_scenes"))
        case RunCheck() | LookForDevices() | BuildScenes():
            if any(one.kind == want.kind for one in step.state.wanted_set_up):
                return say("done_already")
        case SetEvent() | SetButton() | UseSchedule():
            pass
    return ""


def _too_many(step: Step, want: SetUpWant) -> str:
    """Too much is under way; a wish that overtakes another of its kind and target takes its place."""
    target = want.role if isinstance(want, SetSource) else want.place if isinstance(want, SetButton) else ""
    others = [one for one in step.state.wanted_set_up if (one.kind, one.target) != (want.kind, target)]
    return say("too_much") if len(others) >= WISHES_MOST else ""


def _ask(step: Step, command: Command, want: SetUpWant, patience_s: float, target: str = "") -> None:
    """Note the wish; an older one for the same thing is overtaken."""
    kind = want.kind
    for wish in step.state.wanted_set_up:
        if (wish.kind, wish.target) == (kind, target):
            _settle(step, wish, "superseded", say("chosen_otherwise"))
    step.answer(command, "pending")
    wish = WantedSetUp(
        kind=kind,
        target=target,
        intent_id=command.id,
        effect_id=step.effect_id(),
        deadline=step.at + patience_s,
    )
    step.set(wanted_set_up=(*step.state.wanted_set_up, wish))


def _effect(step: Step) -> str:
    """The effect of the wish that was just noted."""
    return step.state.wanted_set_up[-1].effect_id


def _settle(step: Step, wish: WantedSetUp, status: CommandStatus, words: str = "") -> None:
    step.settle("", status, words, wish.intent_id)
    step.set(wanted_set_up=tuple(one for one in step.state.wanted_set_up if one is not wish))
