"""The record control: its light, its words and what a touch does, from facts alone. Pure."""

from typing import Literal

from stagebox.messages.code_catalogue import template
from stagebox.model.file_names import STARTED_IN_OBS
from stagebox.model.health_view import LOST
from stagebox.model.report import Code
from stagebox.model.schedule import Consent
from stagebox.model.snapshot import SessionView
from stagebox.views.asked import is_asked
from stagebox.views.now_and_next import end_of, following, forbidden, meant, minutes_left, shortened
from stagebox.views.rail import folder_trouble
from stagebox.views.seen import Seen, Translate
from stagebox.views.trial import running_trial
from stagebox.views.unset import missing_words
from stagebox.views.values import Deed, Record, TimeLevel
from stagebox.views.words import clock, disk_minutes_left, elapsed, since, time_left

Light = Literal["off", "busy", "proven", "unproven", "bad", "unknown"]
Action = Literal["start", "stop", "resume", "wait", "refuse"]


def record_of(seen: Seen, translate: Translate) -> Record:
    """The record control. It never says proven unless the proof of record does, and is fresh."""
    session = seen.snapshot.session
    talk = session or seen.snapshot.next_talk
    light, words = _light(seen, session, translate)
    action, label = _action(seen, session, translate)
    left, level = _left(seen, session, translate)
    return Record(
        light=light,
        words=words,
        elapsed=_elapsed(seen, session),
        action=action,
        label=label,
        detail=_detail(seen, session, action, translate),
        talk=session.id if session is not None else "",
        title=talk.title,
        speaker=talk.speaker,
        stopLabel=translate("Hold to stop"),
        left=left,
        planned=session is not None and end_of(session) is not None,
        level=level,
        next=_next(seen, session, action, translate),
        missing=_missing_before(seen, translate) if action == "start" else "",
        ask=translate("Name the talk") if action == "start" and not talk.title else "",
    )


def _next(seen: Seen, session: SessionView | None, action: Action, translate: Translate) -> Deed:
    """The talk that may follow this one without a stop. It has its place wherever a schedule names talks."""
    talk = following(seen)
    if session is None or action not in ("stop", "resume") or not (talk or seen.snapshot.schedule.talks):
        return Deed()
    if talk is None:
        label = translate("Hold for the next talk")
        return Deed(label=label, detail=translate("nothing follows"), enabled=False)
    if is_asked(seen.asked, "next_talk"):
        return Deed(label=translate("Starting…"), detail=talk.title, enabled=False)
    label = translate("Hold for the next talk")
    if talk.consent.record is Consent.NO:
        return Deed(label=label, detail=translate("do not record"), enabled=False)
    return Deed(label=label, detail=talk.title, enabled=action == "stop" and session.phase == "recording")


def _missing_before(seen: Seen, translate: Translate) -> str:
    """What a recording that began now would lack: all of it where nothing can be written."""
    trouble = folder_trouble(seen, translate)
    if trouble and seen.fresh:
        return f"{translate('Disk')}: {trouble}"
    return missing_words(seen, translate)


def _left(seen: Seen, session: SessionView | None, translate: Translate) -> tuple[str, TimeLevel]:
    """How long the talk goes on; without a plan, how long the disk lasts."""
    end = end_of(session) if session is not None else None
    if end is not None:
        return minutes_left(end, seen.utc_s, translate)
    minutes = disk_minutes_left(seen.snapshot) if _room(seen) else None
    return (time_left(minutes, translate) if minutes is not None else ""), ""


def _room(seen: Seen) -> bool:
    return seen.fresh and seen.snapshot.folder == "ok"


def _elapsed(seen: Seen, session: SessionView | None) -> str:
    if session is None:
        return elapsed(0.0)
    runs = session.phase == "recording" and not session.paused
    running = runs and seen.fresh and seen.snapshot.recording
    return elapsed(session.elapsed_s + (seen.age_s if running else 0.0))


def _light(seen: Seen, session: SessionView | None, translate: Translate) -> tuple[Light, str]:
    phase = session.phase if session is not None else ""
    if not seen.fresh:
        return "unknown", (
            translate("Not known: it was recording")
            if phase in ("starting", "recording")
            else translate("Not known")
        )
    if is_asked(seen.asked, "stop_recording") or phase == "stopping":
        return "busy", translate("Stopping…")
    if session is None:
        if is_asked(seen.asked, "start_recording"):
            return "busy", translate("Starting…")
        if seen.snapshot.obs.link != "up":
            return "unknown", translate("OBS is not there")
        if running_trial(seen):
            return "busy", translate("Test recording")
        return "off", translate("Not recording")
    if seen.snapshot.obs.link != "up":
        down_s = _alarm_age(seen, "obs_down")
        waited = "" if down_s is None else f", {since(down_s, translate)}"
        return "bad", translate("OBS is coming back") + waited
    if session.paused:
        return "unproven", translate("Paused: nothing is recorded")
    if phase == "starting":
        if session.overdue:
            return "bad", translate("NOT recording yet")
        return "busy", translate("Starting…")
    return _proof(seen, translate)


def _proof(seen: Seen, translate: Translate) -> tuple[Light, str]:
    recording = translate("Recording")
    missing = _missing_source(seen, translate)
    proof = seen.snapshot.health.proof
    state = proof.state
    told: dict[str, tuple[Light, str]] = {
        "red": ("bad", translate("nothing arrives on the disk")),
        "green": ("proven", translate("proven")),
    }
    light, words = told.get(state, ("unproven", translate("not proven yet")))
    lack = lack_words(proof.lack, translate)
    if lack:
        return "unproven", f"{recording} · {lack}"
    if missing and light != "bad":
        light, words = "unproven", missing
    return light, f"{recording} · {words}"


def lack_words(lack: str, translate: Translate) -> str:
    """What keeps a recording that is written from being whole, in a few words; empty for nothing."""
    if not lack:
        return ""
    return translate(template(f"{Code.NOT_RECORDING}.{lack}") or "not proven yet")


def _missing_source(seen: Seen, translate: Translate) -> str:
    """The loss that the first banner names, for a moment in which the light does not say it yet."""
    lost = {
        (alarm.role, alarm.code) for alarm in seen.snapshot.alarms if alarm.level in ("warning", "critical")
    }
    return lack_words(next((lack for key, lack in LOST.items() if key in lost), ""), translate)


def _alarm_age(seen: Seen, code: str) -> float | None:
    for alarm in seen.snapshot.alarms:
        if alarm.code == code:
            return max(0.0, seen.utc_s - alarm.since_utc)
    return None


def _action(seen: Seen, session: SessionView | None, translate: Translate) -> tuple[Action, str]:
    if not seen.fresh:
        return "wait", translate("Please wait")
    if is_asked(seen.asked, "start_recording") and not session:
        return "wait", translate("Starting…")
    if is_asked(seen.asked, "stop_recording") or (session is not None and session.phase == "stopping"):
        return "wait", translate("Stopping…")
    if session is not None and session.paused and seen.snapshot.obs.link == "up":
        if is_asked(seen.asked, "resume_recording"):
            return "wait", translate("Going on…")
        return "resume", translate("Go on recording")
    if session:
        return "stop", translate("Hold to stop")
    if seen.snapshot.obs.link != "up":
        return "wait", translate("Waiting for OBS")
    if forbidden(seen):
        return "refuse", translate("Do not record")
    due = seen.snapshot.schedule.due
    if due is not None and due == meant(seen):
        return "start", translate("Record “{title}”").format(title=shortened(due.title))
    return "start", translate("Record")


def _detail(seen: Seen, session: SessionView | None, action: Action, translate: Translate) -> str:
    if action == "refuse":
        return translate("The speaker said no to recording.")
    if action == "start":
        soon = meant(seen)
        if soon is not None and soon != seen.snapshot.schedule.due:
            return translate("as “{title}”").format(title=shortened(soon.title, 30))
        return translate("touch to start")
    started = (session.started_utc or session.asked_utc) if session is not None else 0.0
    if session is None or action != "stop" or not started:
        return ""
    by = {
        "touch": translate("started {time} by touch"),
        "button": translate("started {time} by button"),
        STARTED_IN_OBS: translate("started {time} in OBS"),
    }
    words = by.get(session.origin, translate("started {time}"))
    return words.format(time=clock(started))
