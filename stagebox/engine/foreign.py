"""The reducer's part for what somebody opened or changed in OBS itself: another scene collection or profile.

Which ones are stagebox's: in the private OBS those of its own name. In somebody's own OBS the collection is
that in which all of stagebox's scenes were seen last, and the profile the one that was open with it (decision
0902).
"""

from dataclasses import replace
from pathlib import PurePath

from stagebox.engine.step import Step, refusal
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command
from stagebox.model.effects import ObsOpen
from stagebox.model.obs_set_up import ForeignInObs, ObsSetUp, OpenedWhat, OwnObsNames, WantedOpen
from stagebox.model.observations import ObsSetUpEvent, RequestAnswered, ScenesBuilt

KIND = "take_remedy"
WHAT: dict[str, OpenedWhat] = {"open_collection": "collection", "open_profile": "profile"}


def seen(step: Step, body: ObsSetUpEvent) -> None:
    """OBS told what is open, and how it records."""
    step.obs(set_up=body.set_up)
    look(step)


def built(step: Step, body: ScenesBuilt) -> None:
    """Scenes were built, or could not be because names are taken."""
    foreign = replace(
        step.state.foreign, names_taken=body.names_taken, names_remedy=body.remedy, asides=body.asides
    )
    step.set(foreign=foreign)


def look(step: Step) -> None:
    """Compare what is open with what is stagebox's. Called whenever scenes or set-up were told."""
    state, rules = step.state, step.rules
    open_now, known = state.obs.set_up, state.home
    missing = tuple(one.name for one in rules.scenes if one.name not in state.obs.scenes)
    if rules.own_name:
        known = OwnObsNames(collection=rules.own_name, profile=rules.own_name)
    elif open_now is not None and rules.scenes and not missing:
        # A profile that records elsewhere, or was opened in mid-talk, is not taken for ours.
        keeps = known.profile and (_records(step, open_now) or state.session is not None)
        profile = known.profile if keeps else open_now.profile
        known = OwnObsNames(collection=open_now.collection, profile=profile)
    before = state.foreign
    since = before.missing_at if before.missing_at is not None else step.at
    foreign = ForeignInObs(
        missing=missing,
        missing_at=since if missing else None,
        names_taken=before.names_taken if missing else "",
        names_remedy=before.names_remedy if missing else "",
        asides=before.asides and bool(missing),
    )
    if open_now is not None:
        away = missing and known.collection and open_now.collection != known.collection
        # Of somebody's own OBS the profile is that person's business, as long as it records as it should.
        records = _records(step, open_now)
        other = known.profile and open_now.profile != known.profile and (rules.own_name or records)
        foreign = replace(
            foreign,
            collection=open_now.collection if away else "",
            profile=open_now.profile if other else "",
            records=records,
        )
    if (foreign, known) != (before, state.home):
        step.set(foreign=foreign, home=known)
    _settle(step)


def disconnected(step: Step) -> None:
    """Nobody knows what is open. What was known of it is no fault of now."""
    step.obs(set_up=None)
    step.set(foreign=ForeignInObs())


def put_back(step: Step, command: Command, what: OpenedWhat) -> None:
    """A person wants stagebox's own collection, or profile, opened again."""
    state = step.state
    name = getattr(state.home, what)
    open_now = getattr(state.obs.set_up, what, "")
    if state.obs.link != "up" or state.obs.set_up is None:
        step.answer(command, "failed", say("not_connected"))
    elif not name:
        step.answer(command, "refused", say("own_not_known"))
    elif open_now == name:
        step.answer(command, "done")
    elif what == "profile" and (state.session is not None or state.obs.recording or state.obs.streaming):
        step.answer(command, "refused", say("profile_waits"))
    else:
        if state.wanted_open is not None:
            step.settle(KIND, "superseded", say("asked_again"), state.wanted_open.intent_id)
        effect_id = step.effect_id()
        step.answer(command, "pending")
        wish = WantedOpen(
            what=what,
            name=name,
            intent_id=command.id,
            effect_id=effect_id,
            deadline=step.at + step.rules.open_s,
        )
        step.set(wanted_open=wish)
        step.effect(ObsOpen(effect_id=effect_id, generation=state.obs.generation, what=what, name=name))


def answered(step: Step, body: RequestAnswered) -> None:
    """OBS answered. Its agreement proves nothing: what is open does."""
    wish = step.state.wanted_open
    if wish is None or wish.effect_id != body.effect_id or body.ok or body.fault is not None:
        return
    _end(step, wish, "failed", say("not_opened", name=wish.name, reason=refusal(body)))


def tick(step: Step) -> None:
    """OBS may have been asked too long ago, and an alarm may be due."""
    wish = step.state.wanted_open
    if wish is not None and step.at >= wish.deadline:
        _end(step, wish, "failed", say("opened_too_late", name=wish.name))


def _settle(step: Step) -> None:
    wish, open_now = step.state.wanted_open, step.state.obs.set_up
    if wish is not None and open_now is not None and getattr(open_now, wish.what) == wish.name:
        _end(step, wish, "done", "")


def _end(step: Step, wish: WantedOpen, status: str, words: str) -> None:
    step.set(wanted_open=None)
    step.settle(KIND, "done" if status == "done" else "failed", words, wish.intent_id)


def _records(step: Step, open_now: ObsSetUp) -> str:
    """What is wrong with where and how OBS would record, as a sentence; empty for nothing."""
    if open_now.container and open_now.container != "flv":
        code = "records_fragile" if open_now.container in ("mp4", "mov") else "records_unseen"
        return say(code, container=open_now.container.upper())
    folder = step.rules.watched_folder
    chosen = step.state.settings
    if folder and chosen is not None and chosen.folder:
        folder = chosen.folder
    if folder and open_now.folder and PurePath(open_now.folder) != PurePath(folder):
        return say("records_elsewhere", elsewhere=open_now.folder, folder=folder)
    return ""
