"""The day's talks: verdict, what to do now, and the findings on a timeline. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from stagebox.model.snapshot import JobView, SessionView
from stagebox.views.finding_words import finding_told, lacks
from stagebox.views.said import said_words
from stagebox.views.seen import Seen, Translate
from stagebox.views.talk_report import AcceptedFinding, ReportFinding, TalkReport
from stagebox.views.values import Mark, SessionRow, Sessions, Shape
from stagebox.views.words import clock, elapsed, need_a_look, talk_title

STILL_HERE_S = 20 * 60.0
"""So long after a talk its speaker may still be in the room."""
MOST_ROWS = 60
INSTANT_S = 3.0
"""Nobody repeats less than a sentence."""
APART_S = 2.0
"""Two stretches this near to each other are repeated as one."""


def sessions_of(seen: Seen, translate: Translate) -> Sessions:
    """The talks of the catalogue, with the snapshot's newer word where it has one."""
    newest = sorted(known_talks(seen).values(), key=lambda one: -one.asked_utc)
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
        parts.append(translate("{n} being processed").format(n=work))
    return Sessions(
        known=seen.catalogued or bool(made),
        title=seen.snapshot.room,
        summary=" · ".join(parts) if made else "",
        rows=made,
    )


def known_talks(seen: Seen) -> dict[str, SessionView]:
    """All talks by their ids: the catalogue's, with the snapshot's newer word where it has one."""
    known = {one.id: one for one in seen.sessions}
    for one in seen.snapshot.finished:
        listed = known.get(one.id)
        # What people left of it is told by the catalogue's list alone.
        if listed is not None and one.report and one.report == listed.report:
            one = replace(one, judged=listed.judged, judged_summary=listed.judged_summary)
        known[one.id] = one
    if seen.snapshot.session is not None:
        known[seen.snapshot.session.id] = seen.snapshot.session
    return known


def verdict_of(session: SessionView) -> str:
    """What the talk comes to: its verdict as people left it, where that is known, else as it was found."""
    return session.judged or session.verdict


def counting(report: TalkReport) -> list[ReportFinding]:
    """The findings that nobody accepted; none once a person said what became of the talk."""
    if report.after_acceptance is not None and report.after_acceptance.fate:
        return []
    return [one for one in report.findings if accepted(report, one) is None]


def accepted(report: TalkReport, finding: ReportFinding) -> AcceptedFinding | None:
    """The word with which a person accepted this finding; None when nobody did."""
    wanted = (finding.code, finding.start_s, finding.end_s)
    return next((one for one in report.accepted if (one.code, one.start_s, one.end_s) == wanted), None)


def row_of(seen: Seen, session: SessionView, translate: Translate) -> SessionRow:
    """One talk in the list."""
    ident = session.id
    job = next((one for one in seen.snapshot.jobs if one.session_id == ident), None)
    report = seen.reports.get(ident, TalkReport())
    findings = counting(report)
    shape, verdict = _verdict(session, job, translate)
    length_s = session.elapsed_s or 0.0
    return SessionRow(
        id=ident,
        title=talk_title(session, translate),
        subtitle=_subtitle(session, length_s),
        shape=shape,
        verdict=verdict,
        summary=_summary(seen, session, job, report, translate),
        advice=_advice(seen, session, report, translate),
        # Full is finished: what is being recorded, or waits to be checked, is not.
        share=(job.share or 0.0) if job else float(shape != "busy"),
        marks=marks_of(findings, report.duration_s or length_s),
        picture=f"poster/{ident}" if report.pictures else "",
        running=session.phase in ("starting", "recording", "stopping"),
    )


def still_here(seen: Seen, session: SessionView) -> bool:
    """Whether the speaker may still be in the room: not once another talk began, of another speaker."""
    ended = session.ended_utc or 0.0
    if not 0 < seen.utc_s - ended < STILL_HERE_S:
        return False
    others = (one for one in known_talks(seen).values() if one.id != session.id)
    return not any(one.asked_utc >= ended for one in others)


def to_repeat(report: TalkReport) -> list[ReportFinding]:
    """The findings that a repeat would mend: no instant, and no sound that the rescue output holds."""
    rescued = report.rescue is not None and bool(report.rescue.output)
    return [
        one
        for one in counting(report)
        if one.severity in ("critical", "warning")
        and lacks(one.code)
        and not (rescued and lacks(one.code) == "sound")
        and one.end_s - one.start_s >= INSTANT_S
    ]


def _subtitle(session: SessionView, length_s: float) -> str:
    began = session.started_utc or session.asked_utc or 0.0
    words = [session.speaker, _day_and_time(began) if began else "", elapsed(length_s)]
    return " · ".join(word for word in words if word)


def _day_and_time(utc_s: float) -> str:
    then = datetime.fromtimestamp(utc_s, UTC).astimezone()
    return clock(utc_s) if then.date() == datetime.now().astimezone().date() else f"{then:%Y-%m-%d %H:%M}"


def _verdict(session: SessionView, job: JobView | None, translate: Translate) -> tuple[Shape, str]:
    phase, verdict = session.phase, verdict_of(session)
    if phase in ("starting", "recording", "stopping"):
        return "busy", translate("Recording")
    if session.consent == "discarded":
        return "off", translate("Discarded")
    if job is not None or phase == "processing":
        share = (job.share or 0.0) if job else 0.0
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
    seen: Seen, session: SessionView, job: JobView | None, report: TalkReport, translate: Translate
) -> str:
    if session.phase in ("starting", "recording", "stopping"):
        return translate("Is being recorded now")
    if session.consent == "discarded" and session.delete_utc:
        when = clock(session.delete_utc)
        return translate(
            "Its speaker does not want it recorded. It is deleted at {time} after a day."
        ).format(time=when)
    if session.consent == "discarded":
        return translate("Its speaker does not want it recorded, and it is deleted.")
    if job is not None:
        steps = {
            "waiting": translate("Waits for its turn"),
            "copy": translate("Making the MP4"),
            "prove": translate("Proving that nothing was lost"),
            "look": translate("Checking picture and sound"),
        }
        return steps.get(job.step, translate("Being processed"))
    own = session.judged_summary or session.summary
    if (known := session.said.get(own) or seen.snapshot.said.get(own)) is not None:
        return said_words(known, seen.language)
    worst = _worst(report) if verdict_of(session) == "flagged" else None
    if worst is not None and (told := finding_told(worst, seen.language)):
        return told
    if session.judged == "ok" and session.verdict != "ok":
        return translate("What was found is accepted.")
    words = {
        "lost": translate("Somebody said that this talk is lost."),
        "elsewhere": translate("Somebody said that this talk is in another file."),
        "ok": translate("The MP4 is made and proven."),
        "flagged": translate("The MP4 is made. Something in it needs a look."),
        "failed": translate("No usable MP4 could be made. The recording itself is kept."),
    }
    return words.get(verdict_of(session), "")


def _worst(report: TalkReport) -> ReportFinding | None:
    """The gravest finding that counts, the first of those; None where none is more than a note."""
    order = ("critical", "warning")
    bad = (one for one in counting(report) if one.severity in order)
    return min(bad, key=lambda one: (order.index(one.severity), one.start_s), default=None)


def _advice(
    seen: Seen,
    session: SessionView,
    report: TalkReport,
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
        words = translate("The speaker is still here: ask for a repeat of {spans}.")
        return words.format(spans=", ".join(spans))
    return translate("Look at the report before you publish it.")


def stretches(findings: Sequence[ReportFinding]) -> list[tuple[float, float]]:
    """Where something was found, in seconds: what overlaps, or is less than a moment apart, is one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted((one.start_s, one.end_s) for one in findings):
        if merged and start - merged[-1][1] <= APART_S:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, max(start, end)))
    return merged


def marks_of(findings: Sequence[ReportFinding], length_s: float) -> tuple[Mark, ...]:
    """Where the findings are in a talk of this length."""
    if length_s <= 0:
        return ()
    made = []
    for one in findings:
        start = max(0.0, min(1.0, one.start_s / length_s))
        end = max(start, min(1.0, one.end_s / length_s))
        made.append(Mark(start=start, end=end, level=one.severity))
    return tuple(made[:40])
