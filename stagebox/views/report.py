"""One talk's report on the touch screen: filmstrip, waveform, findings, and what to do now. Pure."""

from dataclasses import replace

from stagebox.messages.code_catalogue import loss_rank
from stagebox.model.snapshot import SessionView
from stagebox.views.finding_words import finding_advice, finding_name, finding_told, lacks
from stagebox.views.seen import Seen, Translate
from stagebox.views.talk_report import AcceptedFinding, ReportFinding, TalkReport
from stagebox.views.talks import (
    accepted,
    counting,
    known_talks,
    marks_of,
    row_of,
    still_here,
    to_repeat,
    verdict_of,
)
from stagebox.views.values import Button, Fact, FindingRow, Report, ReportFace, SessionRow, Shape, Still
from stagebox.views.words import elapsed

MOST_FINDINGS = 40
MOST_STILLS = 12
MOST_COLUMNS = 400
SHAPES: dict[str, Shape] = {"critical": "bad", "warning": "warn", "note": "unknown"}


def report_of(seen: Seen, ident: str, translate: Translate) -> Report:
    """The report that is open; an empty id is none."""
    talk = known_talks(seen).get(ident)
    if not ident or talk is None:
        return Report()
    told = seen.reports.get(ident)
    row = row_of(seen, talk, translate)
    face, words = _face(talk, row, told, translate)
    report = told or TalkReport()
    length_s = report.duration_s or talk.elapsed_s or 0.0
    here = still_here(seen, talk) and bool(to_repeat(report))
    return Report(
        id=ident,
        face=face,
        words=words,
        title=row.title,
        subtitle=row.subtitle,
        shape=row.shape,
        verdict=row.verdict,
        summary=row.summary,
        advice=row.advice,
        share=row.share,
        repeat=_repeat(seen, talk, row.title, translate) if here else Button(),
        stills=_stills(ident, report),
        wave=_wave(report),
        marks=marks_of(counting(report), length_s),
        axis=tuple(elapsed(length_s * part / 4) for part in range(5)) if length_s else (),
        facts=_facts(report, length_s, translate) if told is not None else (),
        findings=_findings(seen, report, translate, here=here),
    )


def _face(
    talk: SessionView, row: SessionRow, told: TalkReport | None, translate: Translate
) -> tuple[ReportFace, str]:
    if talk.phase in ("starting", "recording", "stopping"):
        return "busy", translate("This talk is being recorded now. Its report comes after it.")
    if row.shape == "busy":
        return "busy", translate("This talk is being checked. Its report comes in a moment.")
    if told is not None and told.trouble:
        return "failed", translate(
            "The report of this talk cannot be read now. The recording itself is kept."
        )
    if told is not None:
        return "ready", ""
    if talk.report:
        return "loading", translate("The report is being fetched.")
    return "failed", row.summary or translate(
        "There is no report of this talk. The recording itself is kept."
    )


def _repeat(seen: Seen, talk: SessionView, title: str, translate: Translate) -> Button:
    """Record what is missing, while the speaker is there: under the talk's own name."""
    if not seen.fresh or seen.snapshot.session or verdict_of(talk) not in ("flagged", "failed"):
        return Button()
    if seen.snapshot.obs.link != "up":
        return Button()
    target = translate("{title} (repeat)").format(title=title)
    return Button(kind="record_repeat", target=target, label=translate("Record the repeat"))


def _stills(ident: str, report: TalkReport) -> tuple[Still, ...]:
    return tuple(
        Still(picture=f"still/{ident}/{place}", words=elapsed(at_s))
        for place, at_s in enumerate(report.pictures[:MOST_STILLS])
    )


def _wave(report: TalkReport) -> tuple[float, ...]:
    """The half height of each column, 0 to 1."""
    return tuple(min(1.0, max(abs(one) for one in pair)) for pair in report.waveform[:MOST_COLUMNS] if pair)


def _facts(report: TalkReport, length_s: float, translate: Translate) -> tuple[Fact, ...]:
    loudness, lossless = report.loudness_lufs, report.lossless
    proven = {
        True: translate("an exact copy"),
        False: translate("not an exact copy"),
    }.get(bool(lossless), "")
    output = (report.output or "").rpartition("/")[2]
    return tuple(
        Fact(name=name, words=words)
        for name, words in (
            (translate("Length"), elapsed(length_s)),
            (
                translate("Loudness"),
                translate("not measured") if loudness is None else f"{loudness:.1f} LUFS".replace("-", "−"),
            ),
            (
                translate("Proof"),
                translate("not known") if lossless is None else proven,
            ),
            (translate("File"), output or translate("no file")),
        )
    )


def _findings(seen: Seen, report: TalkReport, translate: Translate, *, here: bool) -> tuple[FindingRow, ...]:
    """The findings: the gravest first, then what loses most, and last what counts no more.

    Notes have no advice: nothing is to be done.
    """
    counts = counting(report)
    settled = [one for one in report.findings if one not in counts]
    order = {"critical": 0, "warning": 1}

    def rank(one: ReportFinding) -> tuple[int, int, float]:
        code = one.code
        _, place = loss_rank("warning", code, "mic" if lacks(code) == "sound" else "")
        return order.get(one.severity, 2), place, one.start_s

    made = [_finding(seen, one, translate, here=here) for one in sorted(counts, key=rank)]
    made += [
        _settled(_finding(seen, one, translate, here=False), accepted(report, one), translate)
        for one in sorted(settled, key=rank)
    ]
    return tuple(made[:MOST_FINDINGS])


def _settled(row: FindingRow, word: AcceptedFinding | None, translate: Translate) -> FindingRow:
    """A finding that counts no more: who accepted it, and why."""
    said = translate("Accepted by {who}: “{note}”")
    words = said.format(who=word.who, note=word.note) if word is not None else ""
    return replace(row, shape="off", text=words, advice="")


def _finding(seen: Seen, one: ReportFinding, translate: Translate, *, here: bool) -> FindingRow:
    code, severity = one.code, one.severity
    start_s, end_s = one.start_s, one.end_s
    name = finding_name(code, one.said, translate)
    advice = "" if severity == "note" else finding_advice(code, translate, still_here=here)
    return FindingRow(
        shape=SHAPES.get(severity, "unknown"),
        when=f"{elapsed(start_s)} – {elapsed(end_s)}" if end_s > 0 else "",
        title=name[:1].upper() + name[1:],
        text=finding_told(one, seen.language),
        advice=advice,
    )
