"""The outcome says what was wrong, and only that."""

from dataclasses import replace

import pytest

from stagebox.commands.rehearse import summary
from stagebox.rehearsal.canvas_ladder import SMALLEST, LadderChoice, RungTrial
from stagebox.rehearsal.flow import SCENES
from stagebox.rehearsal.kept import save
from stagebox.rehearsal.outcome import (
    AlarmLog,
    RehearsalOutcome,
    SkipLog,
    SkippedFrames,
    scenes_match,
)

GOOD = RehearsalOutcome(
    verdict="ok",
    session="20260101T090000Z",
    output=None,
    segments=("a.flv",),
    duration_s=20.04,
    alarms=(),
    gap_s=0.0,
    audio_gap_s=0.0,
    fault=None,
    scenes_asked=SCENES,
    scenes_seen=SCENES,
    frames=601,
    frames_missing=1,
    speech_audible=True,
    speech_dbfs=-21.7,
    late_s=0.0,
    summary="",
    timings_s={"venue": 1.5, "slowest scene change": 0.012},
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"verdict": "flagged"}, "flagged"),
        ({"gap_s": 1.25}, "picture lacks 1.25 s"),
        ({"audio_gap_s": 0.5}, "sound lacks 0.50 s"),
        ({"scenes_seen": ("screen", "combo")}, "Not the scenes"),
        ({"speech_audible": False}, "No speech"),
        ({"frames_missing": 40}, "stutters: 40 single frames of 601"),
    ],
)
def test_each_fault_is_one_problem_and_is_shown(change: dict[str, object], words: str) -> None:
    bad = replace(GOOD, **change)  # type: ignore[arg-type]
    assert GOOD.problems == ()
    (problem,) = bad.problems
    assert words in problem
    assert problem in summary(bad)


def test_what_obs_left_out_itself_is_told_apart() -> None:
    log = SkipLog()
    log.note(counts(3, 0))
    log.begin()
    for seen in (counts(7, 1), counts(25, 1)):
        log.note(seen)
    busy = replace(GOOD, skipped=log.total)
    told = busy.to_json()
    assert (told["frames_not_drawn"], told["frames_not_encoded"]) == (22, 1)
    assert "OBS left out 22 in drawing and 1 in encoding" in summary(busy)


def test_counts_go_on_over_an_obs_that_starts_anew_and_over_what_nobody_knows() -> None:
    log = SkipLog()
    for seen in (None, counts(7, 1), None, counts(9, 1)):
        log.note(seen)
    assert log.total is None, "never seen twice in a row"
    for seen in (counts(10, 1), counts(4, 0), counts(6, 2)):
        log.note(seen)
    assert log.total == SkippedFrames(3, 2)


def counts(drawing: int, encoding: int) -> dict[str, object]:
    return {"obs": {"render_skipped_frames": drawing, "output_skipped_frames": encoding}}


HELD = RungTrial(SMALLEST, 30, 0, 0, draw_s=0.02, cores=0.4)
STRUGGLED = RungTrial(SMALLEST, 30, 3, 0, draw_s=0.05, cores=0.9)


@pytest.mark.parametrize(
    ("trial", "words"),
    [
        (HELD, "before the talk it kept up with all but 0%"),
        (STRUGGLED, "before the talk it already left out 10%"),
    ],
)
def test_what_obs_left_out_is_told_against_the_promise_and_is_no_problem(
    trial: RungTrial, words: str
) -> None:
    busy = replace(
        GOOD,
        frames_missing=120,
        skipped=SkippedFrames(119, 4),
        promise=LadderChoice(SMALLEST, (trial,), obs_first=True),
    )
    assert busy.problems == ()
    (remark,) = busy.remarks
    assert words in remark
    assert "left out 120 of 601" in remark
    assert remark in summary(busy)
    assert busy.to_json()["frames_unexplained"] == 0


def test_what_obs_did_not_leave_out_itself_stays_a_problem() -> None:
    lost = replace(GOOD, frames_missing=120, skipped=SkippedFrames(20, 4))
    (problem,) = lost.problems
    assert "96 single frames" in problem
    assert replace(GOOD, frames_missing=30, skipped=SkippedFrames(20, 4)).problems == ()


def test_a_gap_is_a_problem_whoever_left_it() -> None:
    lost = replace(GOOD, gap_s=0.3, frames_missing=5, skipped=SkippedFrames(14, 0))
    assert lost.problems == ("The picture lacks 0.30 s of the session.",)


def test_it_is_told_when_obs_could_not_be_given_the_processor() -> None:
    assert replace(GOOD, promise=LadderChoice(SMALLEST, (HELD,), obs_first=True)).remarks == ()
    (remark,) = replace(GOOD, promise=LadderChoice(SMALLEST, (HELD,), obs_first=False)).remarks
    assert "processor first" in remark
    assert replace(GOOD, promise=LadderChoice(SMALLEST, (), False, "OBS did not start.")).remarks == ()


def test_a_note_is_told_and_is_no_alarm_of_the_talk() -> None:
    row = {"role": "machine", "message": "The clock is not set by the network.", "raised_after_s": 0.4}
    row |= {"cleared_after_s": None}
    noted = {**row, "code": "clock_unsynced", "level": "note"}
    alarm = {**row, "code": "disk_low", "level": "warning"}
    told = replace(GOOD, alarms=(noted,)).to_json()
    assert (told["alarms"], told["noted"]) == ([], [noted])
    assert replace(GOOD, alarms=(noted, alarm)).to_json()["alarms"] == [alarm]
    text = summary(replace(GOOD, alarms=(noted,)))
    assert "Alarms   none" in text
    assert "Noted    The clock is not set by the network." in text


def test_what_was_over_before_the_talk_began_is_not_the_talks() -> None:
    early = {"code": "missing", "level": "warning", "role": "mic"}
    stays = {"code": "disk_low", "level": "warning", "role": "disk"}
    log = AlarmLog()
    log.note([early, stays], 10.0)
    log.note([stays], 11.0)
    log.begin(12.0)
    (row,) = log.to_json()
    assert (row["code"], row["raised_after_s"]) == ("disk_low", -2.0)


def test_the_json_keeps_to_the_contract() -> None:
    told = GOOD.to_json()
    contract = ["verdict", "session", "output", "segments", "duration_s", "alarms", "gap_s", "audio_gap_s"]
    assert [key for key in [*contract, "fault"] if key not in told] == []
    assert (told["output"], told["segments"], told["fault"]) == (None, ["a.flv"], None)


def test_the_summary_of_a_good_talk_says_so_first() -> None:
    text = summary(GOOD)
    assert text.strip().startswith("The talk is recorded, whole and proven.")
    for words in ("601 frames", "1 single frame missing", "-22 dBFS", "12 ms", "intro → speaker → screen"):
        assert words in text


@pytest.mark.parametrize(
    ("seen", "good"),
    [
        (SCENES, True),
        (("intro", "intro", "speaker", "screen", "combo", "intermission", "outro"), True),
        (("picture", *SCENES), False),
        (("picture", "speaker", "screen", "combo", "intermission", "outro"), False),
        (("intro", "speaker", "screen", "combo", "outro", "intermission"), False),
        ((), False),
    ],
)
def test_scenes_must_come_in_the_order_asked(seen: tuple[str, ...], good: bool) -> None:
    assert scenes_match(SCENES, seen) is good


def test_an_alarm_is_timed_from_the_fault_and_may_come_back() -> None:
    alarm = {"code": "black", "level": "critical", "role": "slides", "message": "Black."}
    log = AlarmLog(zero_s=100.0)
    log.note([], 101.0)
    log.note([alarm], 102.5)
    log.note([alarm], 103.0)
    log.note([], 107.0)
    (row,) = log.to_json()
    assert (row["code"], row["raised_after_s"], row["cleared_after_s"]) == ("black", 2.5, 7.0)
    log.note([alarm], 108.0)
    first, again = log.to_json()
    assert (first["raised_after_s"], first["cleared_after_s"]) == (2.5, 7.0)
    assert (again["raised_after_s"], again["cleared_after_s"]) == (8.0, None)


def test_a_note_that_becomes_an_alarm_was_raised_when_it_became_one() -> None:
    alarm = {"code": "clipping", "level": "note", "role": "mic", "message": "Loud."}
    log = AlarmLog(zero_s=100.0)
    log.note([alarm], 101.0)
    log.note([alarm | {"level": "warning"}], 104.0)
    log.note([alarm | {"level": "critical"}], 105.0)
    log.note([alarm], 107.0)
    rows = [(row["level"], row["raised_after_s"], row["cleared_after_s"]) for row in log.to_json()]
    assert rows == [("note", 1.0, 4.0), ("critical", 4.0, 7.0), ("note", 7.0, None)]


def test_saving_twice_in_a_second_overwrites_nothing(tmp_path) -> None:  # type: ignore[no-untyped-def]
    places = []
    for words in ("one", "two"):
        made = tmp_path / "talk.mp4"
        made.write_text(words)
        report = tmp_path / "talk.json"
        report.write_text("{}")
        places.append(save(made, str(report), tmp_path)[0])
    assert [place.read_text() for place in places] == ["one", "two"]
    assert all(place.with_suffix(".json").is_file() for place in places)
