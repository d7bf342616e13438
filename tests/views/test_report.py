"""A talk's report on the screen: its faces, what was found, and what to do while the speaker is there."""

from typing import Any

import pytest

from stagebox.views.values import Report
from tests.views.snapshots import NOW, recording, session, well
from tests.views.test_view import shown

BLACK = {
    "code": "black", "severity": "warning", "start_s": 590.0, "end_s": 835.0,
    "message": "The slides are black.", "remedy": "Look at it.",
}  # fmt: skip
NOTE = BLACK | {"severity": "note", "code": "quiet", "start_s": 5.0, "end_s": 9.0}
TOLD: dict[str, Any] = {
    "verdict": "flagged", "lossless": True, "duration_s": 1934.0, "output": "/talks/a.mp4",
    "findings": [NOTE, BLACK], "loudness_lufs": -18.44, "waveform": [[-0.5, 0.25], [0.0, 1.0]],
    "pictures": [80.0, 240.0],
}  # fmt: skip
FLAGGED = session(phase="done", verdict="flagged", ended_utc=NOW - 60, report="/r/a.json")


def opened(told: dict[str, Any] | None = TOLD, snapshot: dict[str, Any] | None = None, **more: Any) -> Report:
    reports = {} if told is None else {"talk-1": told}
    snapshot = snapshot or well(finished=[FLAGGED])
    return shown(snapshot, **({"reports": reports, "open_report": "talk-1"} | more)).report


def test_no_report_is_open_until_one_is_asked_for() -> None:
    assert opened(open_report="").id == ""
    assert opened(open_report="nobody").id == ""


def test_an_open_report_shows_pictures_sound_facts_and_the_gravest_finding_first() -> None:
    report = opened()
    assert (report.face, report.verdict) == ("ready", "Needs a look")
    assert [one.picture for one in report.stills] == ["still/talk-1/0", "still/talk-1/1"]
    assert report.stills[1].words == "0:04:00"
    assert report.wave == (0.5, 1.0)
    assert report.axis[-1] == "0:32:14"
    assert [one.title for one in report.findings] == ["Black picture", "Too quiet"]
    assert report.findings[0].when == "0:09:50 – 0:13:55"
    assert {one.name: one.words for one in report.facts} == {
        "Length": "0:32:14",
        "Loudness": "−18.4 LUFS",
        "Proof": "an exact copy",
        "File": "a.mp4",
    }


def test_while_the_speaker_is_there_more_can_be_done() -> None:
    here = opened()
    assert "repeat" in here.findings[0].advice
    assert here.findings[1].advice == "", "a note asks for nothing"
    assert (here.repeat.kind, here.repeat.target) == (
        "record_repeat",
        "Pattern matching, compiled (repeat)",
    )
    later = opened(snapshot=well(finished=[FLAGGED | {"ended_utc": NOW - 7200}]))
    assert "repeat" not in later.findings[0].advice
    assert later.repeat.kind == ""


def test_no_repeat_is_offered_while_something_records_or_obs_is_away() -> None:
    assert opened(snapshot=recording(finished=[FLAGGED], session=session(id="2"))).repeat.kind == ""
    assert opened(snapshot=well(finished=[FLAGGED], obs={"link": "down"})).repeat.kind == ""
    assert opened(age_s=30.0).repeat.kind == ""


WORD = {name: BLACK[name] for name in ("code", "start_s", "end_s", "severity")} | {
    "note": "A film in the dark", "who": "Anna", "at": "2026-11-28T21:03:00Z",
}  # fmt: skip
ACCEPTED = TOLD | {
    "accepted": [WORD],
    "after_acceptance": {"verdict": "ok", "needs_person": False, "fate": None},
}


@pytest.mark.parametrize(
    ("judged", "fate", "shape", "verdict"),
    [
        ("ok", None, "fine", "Good"),
        ("lost", {"kind": "lost"}, "off", "Lost"),
        ("elsewhere", {"kind": "elsewhere"}, "off", "In another file"),
    ],
)
def test_what_a_person_settled_counts_nowhere_and_is_shown_small(
    judged: str, fate: dict[str, str] | None, shape: str, verdict: str
) -> None:
    told = ACCEPTED | {"after_acceptance": {"verdict": "ok", "needs_person": False, "fate": fate}}
    listed = FLAGGED | {"judged": judged, "judged_summary": "Accepted: “A film in the dark” (Anna)."}
    # The snapshot knows of what was found alone; the catalogue's list says what people left of it.
    more = {"sessions": [listed], "reports": {"talk-1": told}, "open_report": "talk-1"}
    for language in ("en", "cs"):
        view = shown(well(finished=[FLAGGED]), language=language, **more)
        (row,) = view.sessions.rows
        assert (row.shape, row.advice, view.report.repeat.kind) == (shape, "", "")
        assert row.summary
        assert [one.level for one in row.marks] == ([] if fate else ["note"])
        black = next(one for one in view.report.findings if one.shape == "off" and "A film" in one.text)
        assert black.advice == ""
    view = shown(well(finished=[FLAGGED]), **more)
    assert (view.sessions.rows[0].verdict, view.report.verdict) == (verdict, verdict)
    texts = [one.text for one in view.report.findings if one.shape == "off"]
    assert "Accepted by Anna: “A film in the dark”" in texts
    assert "need" not in view.sessions.summary
    # Once it was processed anew it has another report, of which the list does not tell yet.
    anew = shown(well(finished=[FLAGGED | {"report": "/r/b.json"}]), sessions=[listed])
    assert anew.sessions.rows[0].verdict == "Needs a look"


def test_the_head_says_of_talks_what_each_is_called() -> None:
    talks = [
        session(id=str(at), phase="done", verdict=verdict, asked_utc=NOW - at)
        for at, verdict in enumerate(("ok", "flagged", "failed", "flagged"))
    ]
    for some, words in ((talks, "2 need a look"), (talks[:3], "1 needs a look")):
        summary = shown(well(), sessions=some).sessions.summary
        assert summary == f"{len(some)} recorded · 1 good · {words} · 1 failed"


@pytest.mark.parametrize(
    ("talk", "told", "face"),
    [
        (FLAGGED, None, "loading"),
        (FLAGGED, {"trouble": "The report cannot be read."}, "failed"),
        (FLAGGED | {"report": ""}, None, "failed"),
        (session(phase="processing"), None, "busy"),
        (session(phase="recording"), None, "busy"),
    ],
)
def test_each_state_of_a_report_has_a_face_with_words(
    talk: dict[str, Any], told: dict[str, Any] | None, face: str
) -> None:
    report = opened(told, snapshot=well(finished=[talk]))
    assert report.face == face
    assert report.words


def test_in_another_language_a_finding_has_the_screens_own_words() -> None:
    (first, _) = opened(language="cs").findings
    assert first.text == ""
    assert first.title
    assert first.advice


SAID = {"code": "black+slides", "facts": {"length_s": 245.0}}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The slides are black for 4 min 5 s; the rest of the picture is there. Check the cable"),
        ("cs", "Prezentace je černá po dobu 4 min 5 s; zbytek obrazu je v pořádku. Zkontrolujte kabel"),
    ],
)
def test_a_finding_is_told_with_its_figures_in_the_screens_language(language: str, words: str) -> None:
    told = TOLD | {"findings": [BLACK | {"said": SAID}]}
    (finding,) = opened(told, language=language).findings
    assert finding.text.startswith(words)
    if language != "en":
        talks = shown(well(finished=[FLAGGED]), reports={"talk-1": told}, language=language).sessions
        assert talks.rows[0].summary == finding.text


@pytest.mark.parametrize(
    "odd", [{"waveform": 3, "pictures": "x"}, {"waveform": [None, ["a"]], "findings": 1}]
)
def test_whatever_a_stranger_serve_tells_of_a_talk_a_page_is_made(odd: dict[str, Any]) -> None:
    assert opened(TOLD | odd).face == "ready"
