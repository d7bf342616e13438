"""The day's talks: verdict, what to do now, and the findings on a timeline. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from stagebox.kiosk.finding_words import lacks
from stagebox.kiosk.seen import Seen, Translate, number, part, rows, text
from stagebox.kiosk.values import Mark, SessionRow, Sessions, Shape
from stagebox.kiosk.words import clock, elapsed, need_a_look, talk_title

STILL_HERE_S = 20 * 60.0
"""So long after a talk its speaker may still be in the room."""
MOST_ROWS = 60
INSTANT_S = 3.0
"""Nobody repeats less than a sentence."""
JUDGED = ("judged", "judged_summary")
APART_S = 2.0
"""Two stretches this near to each other are repeated as one."""


def sessions_of(seen: Seen, translate: Translate) -> Sessions:
    """The talks of the catalogue, with the snapshot's newer word where it has one."""
    newest = sorted(known_talks(seen).values(), key=lambda one: -(number(one, "asked_utc") or 0.0))
    made = tuple(row_of(seen, one, translate) for one in newest[:MOST_ROWS])
    good = sum(row.shape == "fine" for row in made)
    look, failed = (sum(row.shape == shape for row in made) for shape in ("warn", "bad"))
    work = sum(row.shape == "busy" for row in made)
    parts = [translate("{n} recorded").format(n=len(made))]
    if good:
        parts.append(translate("{n} good").format(n=good))
    if look:
        parts.append(need_a_look(look, translate))
    if failed:
        parts.append(translate("{n} failed").format(n=failed))
    if work:
        parts.append(translate("{n} in work").format(n=work))
    return Sessions(
        known=seen.catalogued or bool(made),
        title=text(seen.snapshot, "room"),
        summary=" · ".join(parts) if made else "",
        rows=made,
    )


def known_talks(seen: Seen) -> dict[str, Mapping[str, Any]]:
    """All talks by their ids: the catalogue's, with the snapshot's newer word where it has one."""
    known: dict[str, Mapping[str, Any]] = {text(one, "id"): one for one in seen.sessions}
    for one in rows(seen.snapshot, "finished"):
        listed = known.get(text(one, "id"), {})
        same = text(one, "report") and text(one, "report") == text(listed, "report")
        # What people left of it is told by the catalogue's list alone.
        known[text(one, "id")] = {**one, **{name: text(listed, name) for name in JUDGED}} if same else one
    current = seen.part("session")
    if current:
        known[text(current, "id")] = current
    return known


def verdict_of(session: Mapping[str, Any]) -> str:
    """What the talk comes to: its verdict as people left it, where that is known, else as it was found."""
    return text(session, "judged") or text(session, "verdict")


def counting(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The findings that nobody accepted; none once a person said what became of the talk."""
    if part(part(report, "after_acceptance"), "fate"):
        return []
    return [one for one in rows(report, "findings") if not accepted(report, one)]


def accepted(report: Mapping[str, Any], finding: Mapping[str, Any]) -> Mapping[str, Any]:
    """The word with which a person accepted this finding; empty when nobody did."""
    names = ("code", "start_s", "end_s")
    wanted = tuple(finding.get(name) for name in names)
    words = (one for one in rows(report, "accepted") if tuple(one.get(name) for name in names) == wanted)
    return next(words, {})


def row_of(seen: Seen, session: Mapping[str, Any], translate: Translate) -> SessionRow:
    """One talk in the list."""
    ident = text(session, "id")
    job = next((one for one in rows(seen.snapshot, "jobs") if text(one, "session_id") == ident), None)
    report = seen.reports.get(ident, {})
    findings = counting(report)
    shape, verdict = _verdict(session, job, translate)
    length_s = number(session, "elapsed_s") or 0.0
    return SessionRow(
        id=ident,
        title=talk_title(session, translate),
        subtitle=_subtitle(session, length_s),
        shape=shape,
        verdict=verdict,
        summary=_summary(seen, session, job, translate),
        advice=_advice(seen, session, report, translate),
        # Full is finished: what is being recorded, or waits to be checked, is not.
        share=(number(job, "share") or 0.0) if job else float(shape != "busy"),
        marks=marks_of(findings, number(report, "duration_s") or length_s),
        picture=f"poster/{ident}" if report.get("pictures") else "",
        running=text(session, "phase") in ("starting", "recording", "stopping"),
    )


def still_here(seen: Seen, session: Mapping[str, Any]) -> bool:
    """Whether the speaker may still be in the room: not once another talk began, of another speaker."""
    ended = number(session, "ended_utc") or 0.0
    if not 0 < seen.utc_s - ended < STILL_HERE_S:
        return False
    others = (one for one in known_talks(seen).values() if text(one, "id") != text(session, "id"))
    return not any((number(one, "asked_utc") or 0.0) >= ended for one in others)


def to_repeat(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The findings that a repeat would mend: no instant, and no sound that the rescue output holds."""
    rescued = bool(text(part(report, "rescue"), "output"))
    return [
        one
        for one in counting(report)
        if text(one, "severity") in ("critical", "warning")
        and lacks(text(one, "code"))
        and not (rescued and lacks(text(one, "code")) == "sound")
        and (number(one, "end_s") or 0.0) - (number(one, "start_s") or 0.0) >= INSTANT_S
    ]


def _subtitle(session: Mapping[str, Any], length_s: float) -> str:
    began = number(session, "started_utc") or number(session, "asked_utc") or 0.0
    words = [text(session, "speaker"), _day_and_time(began) if began else "", elapsed(length_s)]
    return " · ".join(word for word in words if word)


def _day_and_time(utc_s: float) -> str:
    then = datetime.fromtimestamp(utc_s, UTC).astimezone()
    return clock(utc_s) if then.date() == datetime.now().astimezone().date() else f"{then:%Y-%m-%d %H:%M}"


def _verdict(
    session: Mapping[str, Any], job: Mapping[str, Any] | None, translate: Translate
) -> tuple[Shape, str]:
    phase, verdict = text(session, "phase"), verdict_of(session)
    if phase in ("starting", "recording", "stopping"):
        return "busy", translate("Recording")
    if job is not None or phase == "processing":
        share = (number(job, "share") or 0.0) if job else 0.0
        return "busy", f"{share * 100:.0f} %"
    known: dict[str, tuple[Shape, str]] = {
        "ok": ("fine", translate("Good")),
        "flagged": ("warn", translate("Needs a look")),
        "failed": ("bad", translate("Failed")),
        "lost": ("off", translate("Lost")),
        "elsewhere": ("off", translate("In another file")),
    }
    return known.get(verdict, ("unknown", translate("Not checked")))


def _summary(
    seen: Seen, session: Mapping[str, Any], job: Mapping[str, Any] | None, translate: Translate
) -> str:
    if text(session, "phase") in ("starting", "recording", "stopping"):
        return translate("Is being recorded now")
    if job is not None:
        steps = {
            "waiting": translate("Waits for its turn"),
            "copy": translate("Making the MP4"),
            "prove": translate("Proving that nothing was lost"),
            "look": translate("Checking picture and sound"),
        }
        return steps.get(text(job, "step"), translate("Being processed"))
    own = text(session, "judged_summary") or text(session, "summary")
    if own and seen.language == "en":
        return own
    if text(session, "judged") == "ok" and text(session, "verdict") != "ok":
        return translate("What was found is accepted.")
    known = {
        "lost": translate("A person said that this talk is lost."),
        "elsewhere": translate("A person said that this talk is in another file."),
        "ok": translate("The MP4 is made and proven."),
        "flagged": translate("The MP4 is made. Something in it needs a look."),
        "failed": translate("No usable MP4 could be made. The recording itself is kept."),
    }
    return known.get(verdict_of(session), own)


def _advice(
    seen: Seen,
    session: Mapping[str, Any],
    report: Mapping[str, Any],
    translate: Translate,
) -> str:
    """What to do now about a talk that is not good."""
    if verdict_of(session) not in ("flagged", "failed"):
        return ""
    if verdict_of(session) == "failed":
        return translate("Tell the crew, and leave the recording as it is.")
    here = still_here(seen, session)
    spans = [f"{elapsed(start)} – {elapsed(end)}" for start, end in stretches(to_repeat(report))[:2]]
    if here and spans:
        words = translate("The speaker is still here: ask to repeat {spans}.")
        return words.format(spans=", ".join(spans))
    return translate("Look at the report before you publish it.")


def stretches(findings: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    """Where something was found, in seconds: what overlaps, or is less than a moment apart, is one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(
        (number(one, "start_s") or 0.0, number(one, "end_s") or 0.0) for one in findings
    ):
        if merged and start - merged[-1][1] <= APART_S:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, max(start, end)))
    return merged


def marks_of(findings: Sequence[Mapping[str, Any]], length_s: float) -> tuple[Mark, ...]:
    """Where the findings are in a talk of this length."""
    if length_s <= 0:
        return ()
    made = []
    for one in findings:
        start = max(0.0, min(1.0, (number(one, "start_s") or 0.0) / length_s))
        end = max(start, min(1.0, (number(one, "end_s") or 0.0) / length_s))
        made.append(Mark(start=start, end=end, level=text(one, "severity")))
    return tuple(made[:40])
