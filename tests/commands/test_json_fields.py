"""docs/json.md names every field that the commands print, and the exit codes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from stagebox.commands import json_fields
from stagebox.media import talk_review
from stagebox.media.batch_result import BatchResult, JoinedPart
from stagebox.media.findings import finding
from stagebox.media.index.gather import EveningIndex, GoneTalk
from stagebox.media.index.rows import (
    IndexedTalk,
    SkippedFile,
    UndoneRecording,
    as_found,
    row_of,
    row_of_not_done,
    totals,
    with_apart,
)
from stagebox.media.index.sheets import as_json
from stagebox.media.index.talk_place import TalkPlace
from stagebox.media.index.unrecorded import UnrecordedTalk
from stagebox.media.parts.join_offers import TalkPart, offers
from stagebox.media.parts.offer_words import offered
from stagebox.media.verdict_changes import BasisChange, ChangedSetting, VerdictComparison, between
from stagebox.model.report import Code, Report, ReportedStream, RescueReport, Severity
from stagebox.model.schedule import Consent, TalkConsent

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
REPORT = Report(
    "a.flv",
    "a.mp4",
    True,
    10.0,
    streams=(ReportedStream(0, "video", "h264", 1, "murmur3:00"),),
    findings=(finding(Code.BLACK, Severity.WARNING, 1.0, 9.0, "whole", {"share": 1}, length_s=8.0),),
    rescue=RescueReport(None),
    consent=TalkConsent(record=Consent.YES, publish=Consent.NO),
)

PARTS = [TalkPart(f"/{stem}.flv", "/", stem, ".flv", 9.0, shape="one") for stem in ("a", "a-part-2")]
OFFERS = tuple(offered(one) for one in offers(PARTS))


def paths_in(value: Any, before: str = "") -> set[str]:
    """The path of each field, as the page writes it; what an object of free content holds is its own."""
    if isinstance(value, list):
        return set().union(*(paths_in(one, f"{before}[]") for one in value))
    if not isinstance(value, dict) or before.rsplit(".", 1)[-1] in (
        "evidence",
        "facts",
        "states",
        "recordings[]",
    ):
        return set()
    found = set()
    for name, inner in value.items():
        path = f"{before}.{name}" if before else name
        found |= {f"{path}[]" if isinstance(inner, list) else path} | paths_in(inner, path)
    return found


def documented(command: str) -> set[str]:
    (told,) = [one for one in json_fields.told() if command in one.commands]
    return {name for line, _ in told.lines for name in line.split(", ")}


def compared() -> VerdictComparison:
    told = BasisChange("0.1.0", "0.2.0", (ChangedSetting("black_note_s", "2", "1"),))
    return VerdictComparison("changed", told, "ok", between((), REPORT.findings))


def test_the_page_is_the_one_that_the_models_make() -> None:
    made = json_fields.as_markdown()
    assert PAGE.read_text() == made, "Run: python -m stagebox.commands.json_fields > docs/json.md"


def test_every_field_of_a_report_is_there_and_no_other() -> None:
    words = talk_review.words_for(REPORT.findings, "Fine", "anna", talk_review.now())
    fate = talk_review.TalkFate("elsewhere", "On a card", "anna", talk_review.now(), "c.mp4")
    told = paths_in({**REPORT.to_json(), **talk_review.beside(REPORT, talk_review.TalkReview(10.0, words))})
    told |= paths_in(talk_review.beside(REPORT, talk_review.TalkReview(10.0, words, fate)))
    (offer,) = OFFERS
    joined = JoinedPart("j.mp4", 1, ("a.flv", "b.flv"))
    done = BatchResult(REPORT, compared=compared(), joined=joined, offer=offer)
    assert documented("process") == told | paths_in(json.loads(json.dumps(done.to_json())))


def test_every_field_of_the_index_is_there_and_no_other() -> None:
    rows = (
        with_apart(
            row_of(talk := IndexedTalk("k", "a", REPORT, TalkPlace(), compared=compared(), since=0)),
            [(talk, as_found(REPORT))],
        ),
        row_of_not_done(UndoneRecording("b.flv", "b", TalkPlace(), "disk_full", "the disk is full")),
    )
    skipped, gone = (SkippedFile("c.part", "part", "not whole"),), (GoneTalk("d", "d.mp4", "../d.mp4"),)
    reports = ((REPORT, {"room": ""}, {}),)
    index = EveningIndex("Talks", rows, totals(rows, 1, 1), skipped, gone, reports)
    missing = UnrecordedTalk("e", "", "2026-11-29", "10:00", "missing", "missing", "Nothing was recorded.")
    index = replace(index, since=((compared().since, 1),), offers=OFFERS, unrecorded=(missing,))
    told = paths_in(json.loads(as_json(index)))
    names = documented("reports/index.json")
    lists = {name for name in told if name.endswith("[]") and name not in names}
    objects = {"totals"}
    assert told - lists - objects == names


def test_every_exit_code_is_told() -> None:
    assert [code for code, _ in json_fields.EXIT_CODES] == ["0", "1", "2", "64", "130", "143"]
