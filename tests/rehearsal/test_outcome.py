"""The outcome says what was wrong, and only that."""

from dataclasses import replace

import pytest

from stagebox.commands.rehearse import summary
from stagebox.rehearsal.flow import SCENES
from stagebox.rehearsal.kept import save
from stagebox.rehearsal.outcome import (
    AlarmLog,
    Outcome,
    Skipped,
    scenes_match,
    skipped_in,
    skipped_since,
)

GOOD = Outcome(
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
    at_start = skipped_in({"obs": {"render_skipped_frames": 7, "output_skipped_frames": 1}})
    at_end = skipped_in({"obs": {"render_skipped_frames": 25, "output_skipped_frames": 1}})
    busy = replace(GOOD, skipped=skipped_since(at_start, at_end))
    told = busy.to_json()
    assert (told["frames_not_drawn"], told["frames_not_encoded"]) == (18, 0)
    assert "OBS left out 18 in drawing and 0 in encoding" in summary(busy)
    assert skipped_since(at_end, at_start) is None, "OBS started anew"
    assert skipped_since(skipped_in(None), at_end) is None
    assert skipped_in({"obs": {"render_skipped_frames": None, "output_skipped_frames": None}}) is None
    assert Skipped(0, 0) == skipped_since(at_end, at_end)


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
