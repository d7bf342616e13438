"""The alarms as banners: what loses most first, with the one touch that helps. Pure."""

from stagebox.messages.code_catalogue import loss_rank, role_name, short
from stagebox.messages.common import TOLD_BY
from stagebox.model.alarms import Alarm
from stagebox.model.health_view import PICTURE_LOST
from stagebox.model.remedies import RemedyWanted
from stagebox.views.asked import is_asked
from stagebox.views.said import sentence
from stagebox.views.scenes import label_of, shown_in, without
from stagebox.views.seen import Seen, Translate
from stagebox.views.unset import choose_button
from stagebox.views.values import AlarmBanner, Button
from stagebox.views.words import since

NEEDS_A_HOLD = ("stop_stream", "replace_obs")
"""Remedies that end something which people may be watching: a touch by chance must not."""


def key_of(alarm: Alarm) -> str:
    """What names an alarm: a code and a role have at most one."""
    return f"{alarm.code}/{alarm.role}"


def alarms_of(seen: Seen, translate: Translate) -> tuple[AlarmBanner, ...]:
    """The banners; those that were seen come last, and are shown small. Notes are not shown."""
    loud = [one for one in seen.snapshot.alarms if one.level in ("critical", "warning")]
    up = {one.code for one in loud}
    loud = [one for one in loud if not (TOLD_BY.get(one.code, frozenset()) & up)]
    banners = [_banner(seen, one, translate) for one in sorted(loud, key=_rank)]
    return tuple(sorted(banners, key=lambda banner: banner.seen))


def _rank(alarm: Alarm) -> tuple[int, int, float]:
    worst, place = loss_rank(alarm.level, alarm.code, alarm.role)
    return worst, place, alarm.since_utc


def _banner(seen: Seen, alarm: Alarm, translate: Translate) -> AlarmBanner:
    code, role = alarm.code, alarm.role
    level = alarm.level
    raised = alarm.since_utc
    title = f"{translate(role_name(role))}: {translate(short(code))}"
    if raised and seen.fresh:
        lasting = since(seen.utc_s - raised, translate)
        title = translate("{what} for {time}").format(what=title, time=lasting)
    # Beside the button that goes there, where to go need not be said.
    told = (alarm.message, alarm.remedy if code != "source_unset" else "")
    words = " ".join(filter(None, (sentence(seen, one) for one in told)))
    key = key_of(alarm)
    return AlarmBanner(
        key=key,
        level="critical" if level == "critical" else "warning",
        title=title,
        text=words or translate("Wait a moment. If it stays so, tell the crew."),
        button=_button(seen, code, role, translate, critical=level == "critical"),
        seen=alarm.acknowledged or is_asked(seen.asked, "acknowledge", key),
        second=_discard(seen, code, translate),
    )


def _elsewhere(seen: Seen, translate: Translate) -> Button:
    """Where a talk, or the next one, can go on when the disk is no good."""
    going = bool(seen.snapshot.session)
    label = translate("Go on in another folder") if going else translate("Choose a folder")
    return Button(kind="screen", target="setup/room/folder", label=label)


def _button(seen: Seen, code: str, role: str, translate: Translate, *, critical: bool = False) -> Button:
    """The one touch that helps, where there is one."""
    if not seen.fresh:
        return Button()
    for offer in seen.snapshot.health.offers:
        if offer.role == role:
            target = f"{offer.remedy}/{role}"
            hold = offer.remedy in NEEDS_A_HOLD
            words = _offer_words(offer, translate)
            return Button(kind="take_remedy", target=target, label=words, hold=hold)
    if code in PICTURE_LOST:
        raised = seen.snapshot.alarms
        lost = {one.role for one in raised if one.code in PICTURE_LOST} | {role}
        other = without(seen.snapshot, lost)
        if other and role in shown_in(seen.snapshot, seen.snapshot.program_scene):
            return _show(seen, other, translate)
    if code in ("disk_full", "folder_gone") or (code == "disk_low" and critical):
        return _elsewhere(seen, translate)
    if code == "not_recording" and seen.snapshot.folder in ("full", "gone", "read_only"):
        return _elsewhere(seen, translate)
    if code == "paused":
        return Button(kind="resume_recording", label=translate("Go on recording"))
    if (
        code in ("not_recording", "talk_unrecorded")
        and not seen.snapshot.session
        and seen.snapshot.obs.link == "up"
    ):
        return Button(kind="start_recording", label=translate("Record"))
    question = seen.snapshot.question
    if code == "consent_withdrawn" and question is not None:
        return Button(kind="keep_talk", target=question.session, label=translate("Keep the recording"))
    if code == "source_unset":
        return choose_button(seen, role, translate)
    chooses = code == "missing" and role in ("slides", "camera", "mic") and not seen.snapshot.session
    if code in ("wrong_device", "obs_deaf") or chooses or (code, role) == ("missing", "mic"):
        return choose_button(seen, role, translate)
    return Button()


def _discard(seen: Seen, code: str, translate: Translate) -> Button:
    """The other answer to a speaker's no: it ends the recording, so it is held."""
    question = seen.snapshot.question
    if code != "consent_withdrawn" or question is None or not seen.fresh:
        return Button()
    words = translate("Hold to discard it")
    return Button(kind="discard_talk", target=question.session, label=words, hold=True)


def _offer_words(offer: RemedyWanted, translate: Translate) -> str:
    known = {
        "bring_back": translate("Bring it back"),
        "reset_source": translate("Restart the source"),
        "unmute": translate("Switch the sound on"),
        "stop_stream": translate("Hold to end the stream"),
        "open_collection": translate("Back to stagebox's scenes"),
        "open_profile": translate("Back to stagebox's profile"),
        "rename_aside": translate("Rename it"),
        "replace_obs": translate("Hold to restart OBS"),
        "build_scenes": translate("Build the scenes again"),
    }
    return known.get(offer.remedy, translate("Fix it"))


def _show(seen: Seen, scene: str, translate: Translate) -> Button:
    words = translate("Show {scene}").format(scene=label_of(seen, scene))
    return Button(kind="switch_scene", target=scene, label=words)
