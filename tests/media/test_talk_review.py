"""A person's word is held against what is found now: small moves are the same finding, worse is another."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.media import report_html, talk_review
from stagebox.media.index.rows import IndexedTalk, in_order, row_of
from stagebox.media.index.talk_place import TalkPlace
from stagebox.media.manifest import ManifestEntry
from stagebox.media.overview import TalkOverview
from stagebox.media.talk_review import TalkFate, TalkReview, word_for, words_for
from stagebox.model.errors import StorageError
from stagebox.model.report import Code, Finding, Report, Severity, Verdict

NOTE, WHO, AT = "A silent film was shown", "anna", "2026-11-28T21:03:00Z"


def silent(start_s: float, end_s: float, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(Code.SILENT, severity, start_s, end_s, "There is no sound.", "Check the cable.")


def gap(gap_s: float) -> Finding:
    return Finding(Code.GAP, Severity.WARNING, 30.0, 30.0, "A gap.", "", {"gap_s": gap_s})


def report(*findings: Finding, usable: bool = True, duration_s: float = 300.0) -> Report:
    return Report("/in/a.flv", "/out/a.mp4", True, duration_s, findings=findings, usable=usable)


def said(*findings: Finding) -> TalkReview:
    return TalkReview(300.0, words_for(findings, NOTE, WHO, AT))


@pytest.mark.parametrize(
    ("was", "found", "same"),
    [
        (silent(70, 80), silent(70, 80), True),
        (silent(70, 80), silent(68, 82), True),  # other thresholds move the edges
        (silent(70, 80), silent(74, 77), True),  # a part of it
        (silent(70, 80), silent(70, 80, Severity.CRITICAL), True),  # the same stretch under stricter limits
        (silent(70, 80), silent(70, 100), False),  # much longer
        (silent(70, 80), silent(90, 100), False),  # elsewhere
        (silent(70, 80), replace(silent(70, 80), code=Code.QUIET), False),  # something else
        (silent(10, 250), silent(5, 290), True),
        (silent(10, 110), silent(10, 250), False),
        (gap(10.0), gap(11.0), True),
        (gap(10.0), gap(60.0), False),  # the same place, and much more is missing
        (
            Finding(Code.NOT_LOSSLESS, Severity.WARNING, 0, 300, "", ""),
            Finding(Code.NOT_LOSSLESS, Severity.CRITICAL, 0, 300, "", ""),
            False,  # no limit decides what it weighs: it is graver in itself
        ),
    ],
)
def test_a_word_is_for_the_same_finding_and_not_for_a_worse_one(
    was: Finding, found: Finding, same: bool
) -> None:
    assert (word_for(found, words_for([was], NOTE, WHO, AT)) is not None) is same


def test_neighbours_that_become_one_finding_are_still_accepted() -> None:
    words = words_for([silent(10, 60), silent(64, 120)], NOTE, WHO, AT)
    assert word_for(silent(10, 120), words) is not None
    assert word_for(silent(10, 200), words) is None


def test_a_place_names_the_nearest_finding_and_no_place_all_of_the_code() -> None:
    told = report(silent(10, 20), silent(70, 80), gap(3.0))
    assert talk_review.chosen(told, Code.SILENT, None) == [silent(10, 20), silent(70, 80)]
    assert talk_review.chosen(told, Code.SILENT, 75.0) == [silent(70, 80)]
    assert talk_review.chosen(told, Code.SILENT, 21.0) == [silent(10, 20)]
    assert talk_review.chosen(told, Code.SILENT, 45.0) == []


def test_what_is_accepted_counts_no_more_and_the_machines_verdict_stays() -> None:
    told = report(silent(10, 20), silent(70, 80))
    judged = talk_review.judge(told, said(silent(10, 20)))
    assert (judged.verdict, judged.counts) == (Verdict.FLAGGED, (silent(70, 80),))
    both = talk_review.judge(told, said(silent(10, 20), silent(70, 80)))
    assert (both.verdict, both.needs_person, both.counts) == (Verdict.OK, False, ())
    value = {**told.to_json(), **talk_review.beside(told, said(silent(10, 20), silent(70, 80)))}
    assert value["verdict"] == "flagged"
    assert [set(one) for one in value["findings"]] == [set(silent(1, 2).to_json())] * 2
    assert value["after_acceptance"] == {"verdict": "ok", "needs_person": False, "fate": None}
    assert value["accepted"][0] == {
        "code": "silent",
        "start_s": 10,
        "end_s": 20,
        "severity": "warning",
        "note": NOTE,
        "who": WHO,
        "at": AT,
    }
    assert talk_review.beside(told, None) == {}


def test_a_talk_that_is_lost_or_elsewhere_counts_no_more_and_is_not_called_good() -> None:
    broken = report(silent(10, 20), usable=False)
    for kind, word in (("lost", "lost"), ("elsewhere", "in another file")):
        fate = TalkFate("lost" if kind == "lost" else "elsewhere", NOTE, WHO, AT, "/card/C0001.MP4")
        judged = talk_review.judge(broken, TalkReview(300.0, (), fate))
        assert (judged.verdict, judged.needs_person, judged.counts) == (Verdict.FAILED, False, ())
        row = row_of(IndexedTalk("k", "a", broken, TalkPlace()), judged)
        assert (row.state, row.word, row.wrong) == ("settled", word, "")
        good = row_of(IndexedTalk("k", "b", report(), TalkPlace()))
        assert in_order([good, row]) == [row, good]
        page = report_html.session_page(ManifestEntry((), "", "", "a", None, broken), TalkOverview(), judged)
        assert NOTE in page


def test_words_on_another_recording_of_that_name_do_not_count() -> None:
    other = replace(report(silent(10, 20)), duration_s=4000.0)
    judged = talk_review.judge(other, said(silent(10, 20)))
    assert judged.needs_person
    assert "another recording" in judged.said
    assert talk_review.beside(other, said(silent(10, 20)))["accepted"] == []


def test_words_are_kept_added_to_and_taken_back(tmp_path: Path) -> None:
    told = report(silent(10, 20), silent(70, 80))
    talk_review.accept(tmp_path, "k", told, words_for([silent(10, 20)], NOTE, WHO, AT))
    talk_review.accept(tmp_path, "k", told, words_for([silent(70, 80)], NOTE, "bert", AT))
    talk_review.accept(tmp_path, "k", told, words_for([silent(70, 80)], "Again", "carl", AT))
    found = talk_review.load(tmp_path, "k")
    assert found is not None
    assert [(one.start_s, one.who) for one in found.words] == [(10, "anna"), (70, "carl")]
    talk_review.undo(tmp_path, "k", told, [silent(10, 20)])
    talk_review.settle(tmp_path, "k", told, TalkFate("lost", NOTE, WHO, AT))
    found = talk_review.load(tmp_path, "k")
    assert found is not None
    assert ([one.start_s for one in found.words], found.fate is not None) == ([70], True)
    assert talk_review.undo(tmp_path, "k", told, None) == TalkReview(300.0)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "stagebox.words/9"}', '{"schema": 3, "fate": 1}'])
def test_words_that_cannot_be_read_count_for_nothing_and_are_not_written_over(
    tmp_path: Path, content: str
) -> None:
    path = talk_review.path_of(tmp_path, "k")
    path.parent.mkdir()
    path.write_text(content)
    assert talk_review.load(tmp_path, "k") is None
    with pytest.raises(StorageError, match="cannot be read"):
        talk_review.accept(tmp_path, "k", report(silent(1, 9)), words_for([silent(1, 9)], NOTE, WHO, AT))
    assert path.read_text() == content


def test_a_run_that_died_while_it_wrote_leaves_the_old_words(tmp_path: Path) -> None:
    told = report(silent(10, 20))
    talk_review.accept(tmp_path, "k", told, words_for([silent(10, 20)], NOTE, WHO, AT))
    (tmp_path / "words.k.part").write_text("{")
    assert talk_review.load(tmp_path, "k") == said(silent(10, 20))
    talk_review.accept(tmp_path, "k", told, words_for([silent(10, 20)], NOTE, WHO, AT))
    assert json.loads(talk_review.path_of(tmp_path, "k").read_text())["schema"] == talk_review.SCHEMA
    assert [path.name for path in (tmp_path / "words").iterdir()] == ["k.json"]


def test_the_page_shows_what_is_accepted_small_and_how_to_accept_the_rest() -> None:
    told = report(silent(10, 20), silent(70, 80))
    judged = talk_review.judge(told, said(silent(10, 20)))
    page = report_html.session_page(ManifestEntry((), "", "", "a", None, told), TalkOverview(), judged)
    assert page.count('class="finding accepted"') == 1
    assert f"“{NOTE}” (anna, 2026-11-28 21:03 UTC)" in page
    assert "stagebox accept /out/a.mp4 silent@70 --note" in page
    assert "<script" not in page
    assert "<form" not in page
