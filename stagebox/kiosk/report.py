"""One talk's report on the touch screen: filmstrip, waveform, findings, and what to do now. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stagebox.kiosk.finding_words import finding_advice, finding_name, lacks
from stagebox.kiosk.seen import Seen, Translate, number, rows, text
from stagebox.kiosk.talks import (
    accepted,
    counting,
    known_talks,
    marks_of,
    row_of,
    still_here,
    to_repeat,
    verdict_of,
)
from stagebox.kiosk.values import Button, Fact, FindingRow, Report, ReportFace, Shape, Still
from stagebox.kiosk.words import elapsed
from stagebox.messages.catalogue import loss_rank

MOST_FINDINGS = 40
MOST_STILLS = 12
SHAPES: dict[str, Shape] = {"critical": "bad", "warning": "warn", "note": "unknown"}


def report_of(seen: Seen, ident: str, translate: Translate) -> Report:
    """The report that is open; an empty id is none."""
    talk = known_talks(seen).get(ident)
    if not ident or talk is None:
        return Report()
    told = seen.reports.get(ident)
    row = row_of(seen, talk, translate)
    face, words = _face(talk, row.shape, told, translate)
    report = told or {}
    length_s = number(report, "duration_s") or number(talk, "elapsed_s") or 0.0
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
        facts=_facts(report, length_s, translate),
        findings=_findings(seen, report, translate, here=here),
    )


def _face(
    talk: Mapping[str, Any], shape: Shape, told: Mapping[str, Any] | None, translate: Translate
) -> tuple[ReportFace, str]:
    if text(talk, "phase") in ("starting", "recording", "stopping"):
        return "busy", translate("This talk is being recorded now. Its report comes after it.")
    if shape == "busy":
        return "busy", translate("This talk is being checked. Its report comes in a moment.")
    trouble = text(told or {}, "trouble")
    if trouble:
        return "failed", trouble
    if told is not None:
        return "ready", ""
    if text(talk, "report"):
        return "loading", translate("The report is being fetched.")
    return "failed", text(talk, "summary") or translate(
        "There is no report of this talk. The recording itself is kept."
    )


def _repeat(seen: Seen, talk: Mapping[str, Any], title: str, translate: Translate) -> Button:
    """Record what is missing, while the speaker is there: under the talk's own name."""
    if not seen.fresh or seen.part("session") or verdict_of(talk) not in ("flagged", "failed"):
        return Button()
    if text(seen.part("obs"), "link") != "up":
        return Button()
    target = translate("{title} (repeat)").format(title=title)
    return Button(kind="record_repeat", target=target, label=translate("Record the repeat"))


def _stills(ident: str, report: Mapping[str, Any]) -> tuple[Still, ...]:
    times = report.get("pictures")
    if not isinstance(times, list | tuple):
        return ()
    seconds = [float(one) for one in times if isinstance(one, int | float)]
    return tuple(
        Still(picture=f"still/{ident}/{place}", words=elapsed(at_s))
        for place, at_s in enumerate(seconds[:MOST_STILLS])
    )


def _wave(report: Mapping[str, Any]) -> tuple[float, ...]:
    """The half height of each column, 0 to 1."""
    told = report.get("waveform")
    if not isinstance(told, list | tuple):
        return ()
    made = []
    for pair in told[:400]:
        if isinstance(pair, list | tuple) and pair and all(isinstance(one, int | float) for one in pair):
            made.append(min(1.0, max(abs(float(one)) for one in pair)))
    return tuple(made)


def _facts(report: Mapping[str, Any], length_s: float, translate: Translate) -> tuple[Fact, ...]:
    if not report:
        return ()
    loudness, lossless = number(report, "loudness_lufs"), report.get("lossless")
    proven = {
        True: translate("every packet is equal"),
        False: translate("not every packet is equal"),
    }.get(bool(lossless), "")
    output = text(report, "output").rpartition("/")[2]
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


def _findings(
    seen: Seen, report: Mapping[str, Any], translate: Translate, *, here: bool
) -> tuple[FindingRow, ...]:
    """The findings: the gravest first, then what loses most, and last what counts no more.

    Notes have no advice: nothing is to be done.
    """
    counts = counting(report)
    settled = [one for one in rows(report, "findings") if one not in counts]
    order = {"critical": 0, "warning": 1}

    def rank(one: Mapping[str, Any]) -> tuple[int, int, float]:
        code = text(one, "code")
        _, place = loss_rank("warning", code, "mic" if lacks(code) == "sound" else "")
        return order.get(text(one, "severity"), 2), place, number(one, "start_s") or 0.0

    made = [_finding(seen, one, translate, here=here) for one in sorted(counts, key=rank)]
    made += [
        _settled(_finding(seen, one, translate, here=False), accepted(report, one), translate)
        for one in sorted(settled, key=rank)
    ]
    return tuple(made[:MOST_FINDINGS])


def _settled(row: FindingRow, word: Mapping[str, Any], translate: Translate) -> FindingRow:
    """A finding that counts no more: who accepted it, and why."""
    said = translate("Accepted by {who}: “{note}”") if word else ""
    words = said.format(who=text(word, "who"), note=text(word, "note"))
    return replace(row, shape="off", text=words, advice="")


def _finding(seen: Seen, one: Mapping[str, Any], translate: Translate, *, here: bool) -> FindingRow:
    code, severity = text(one, "code"), text(one, "severity")
    start_s, end_s = number(one, "start_s") or 0.0, number(one, "end_s") or 0.0
    name = finding_name(code, translate)
    said = " ".join(filter(None, (text(one, "message"), text(one, "remedy"))))
    advice = "" if severity == "note" else finding_advice(code, translate, still_here=here)
    return FindingRow(
        shape=SHAPES.get(severity, "unknown"),
        when=f"{elapsed(start_s)} – {elapsed(end_s)}" if end_s > 0 else "",
        title=name[:1].upper() + name[1:],
        text=said if seen.language == "en" else "",
        advice=advice,
    )
