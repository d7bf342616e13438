"""What the screen shows follows from the snapshot alone."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stagebox.model.remedies import Remedy
from stagebox.views.asked import Asked
from stagebox.views.seen import Seen
from stagebox.views.under_way import is_under_way
from stagebox.views.values import Button, View
from stagebox.views.view import view_of
from tests.views.seeing import seeing
from tests.views.snapshots import NOW, alarm, recording, session, well, without_health


def seen(snapshot: Mapping[str, Any], **changes: Any) -> Seen:
    return seeing(snapshot, **({"utc_s": NOW} | changes))


def shown(snapshot: Mapping[str, Any], **changes: Any) -> View:
    return view_of(seen(snapshot, **changes))


def rail(view: View) -> dict[str, tuple[str, str]]:
    return {item.key: (item.shape, item.words) for item in view.rail}


def tile(view: View, scene: str) -> Any:
    return next(one for one in view.tiles if one.scene == scene)


def test_before_the_first_snapshot_the_screen_says_that_it_starts() -> None:
    view = shown({}, connected=False)
    assert view.stage.face == "starting"
    assert len(view.tiles) == 6
    assert not any(one.enabled for one in view.tiles)
    assert view.record.action == "wait"
    assert {item.shape for item in view.rail} == {"unknown"}
    assert {item.words for item in view.rail} == {"not known"}


def test_only_the_program_scene_is_shown_as_program() -> None:
    view = shown(well(program_scene="speaker"))
    assert [one.scene for one in view.tiles if one.program] == ["speaker"]


def test_the_tiles_keep_their_places_whatever_order_obs_tells() -> None:
    names = [one.scene for one in shown(well(scenes=["outro", "Extra", "combo", "screen"])).tiles]
    assert names == ["screen", "combo", "outro", "Extra"]


def test_a_touched_scene_is_asked_at_once_and_program_only_when_obs_says_so() -> None:
    asked = (Asked(id="a", kind="switch_scene", target="speaker"),)
    view = shown(well(), asked=asked)
    assert tile(view, "speaker").asked
    assert not tile(view, "speaker").program
    assert tile(view, "screen").program
    done = shown(well(program_scene="speaker"), asked=asked)
    assert tile(done, "speaker").program
    assert not tile(done, "speaker").asked


def test_the_last_of_several_touched_scenes_is_the_asked_one() -> None:
    asked = tuple(Asked(id=scene, kind="switch_scene", target=scene) for scene in ("speaker", "intro"))
    assert [one.scene for one in shown(well(), asked=asked).tiles if one.asked] == ["intro"]


def test_an_idle_box_offers_to_record() -> None:
    record = shown(well()).record
    assert (record.action, record.light) == ("start", "off")
    assert record.left == "9 h 40 min left"


def test_a_touch_on_record_is_starting_until_obs_confirms() -> None:
    asked = (Asked(id="a", kind="start_recording"),)
    assert shown(well(), asked=asked).record.action == "wait"
    assert shown(well(), asked=asked).record.words == "Starting…"
    assert shown(well(session=session(phase="starting"))).record.light == "busy"


def test_the_light_is_proven_only_with_a_green_proof() -> None:
    assert shown(recording()).record.light == "proven"
    assert shown(without_health(recording())).record.light == "unproven"
    health = well()["health"]
    for state, light in (("amber", "unproven"), ("red", "bad"), ("", "unproven")):
        view = shown(recording(health=health | {"proof": {"state": state}}))
        assert view.record.light == light


def test_missing_slides_are_said_on_the_record_control_and_on_the_tiles() -> None:
    view = shown(recording(alarms=[alarm("no_signal", "slides")]))
    assert view.record.words == "Recording · slides have no signal"
    assert view.record.light == "unproven"
    assert tile(view, "screen").note == tile(view, "combo").note == "no signal"
    assert tile(view, "speaker").note == ""


def test_the_clock_runs_on_between_snapshots_only_while_it_records() -> None:
    assert shown(recording(), age_s=2.0).record.elapsed == "0:32:16"
    assert shown(recording(session=session(phase="stopping")), age_s=2.0).record.elapsed == "0:32:14"


def test_an_old_snapshot_is_said_to_be_old_and_nothing_in_it_is_fine() -> None:
    view = shown(recording(), age_s=30.0)
    assert view.stage.face == "stale"
    assert "30 s" in view.stage.title
    assert view.record.light == "unknown"
    assert view.record.action == "wait"
    assert {item.shape for item in view.rail} == {"unknown"}
    assert rail(view)["slides"][1] == "was: 1920×1080", "what was known last stays, marked as old"
    assert rail(view)["slides"][1] == "was: 1920×1080", "what was known last stays, marked as old"
    assert not any(one.program or one.enabled for one in view.tiles)


def test_a_lost_connection_is_said_and_says_what_is_safe() -> None:
    view = shown(recording(), connected=False, age_s=3.0)
    assert view.stage.face == "gone"
    assert "OBS goes on recording" in view.stage.text


@pytest.mark.parametrize("lost", [{"connected": False, "age_s": 3.0}, {"age_s": 30.0}])
def test_a_lost_connection_promises_no_recording_that_nobody_saw(lost: dict[str, Any]) -> None:
    for seen, words in ((True, "goes on"), (False, "Nothing was being"), (None, "not known")):
        view = shown({**recording(), "recording": seen}, **lost)
        assert words in view.stage.text
        assert ("goes on" in view.stage.text) is bool(seen)


def test_what_is_not_known_is_a_ring_and_never_fine() -> None:
    view = shown(without_health(recording()))
    for key in ("slides", "camera", "mic", "ear", "button_box"):
        assert rail(view)[key] == ("unknown", "not known")


def test_no_part_looks_better_than_its_alarm() -> None:
    view = shown(recording(alarms=[alarm("frozen", "camera", "warning")]))
    assert rail(view)["camera"][0] == "warn"
    view = shown(recording(alarms=[alarm("frozen", "camera", "warning"), alarm("missing", "camera")]))
    assert rail(view)["camera"][0] == "bad"


@pytest.mark.parametrize(
    ("folder", "words"),
    [("full", "full"), ("gone", "folder is gone"), ("read_only", "cannot be written")],
)
def test_a_bad_folder_is_said_on_the_rail(folder: str, words: str) -> None:
    assert rail(shown(well(folder=folder)))["disk"] == ("bad", words)


@pytest.mark.parametrize(("minutes", "shape"), [(580.0, "fine"), (60.0, "warn"), (10.0, "bad")])
def test_the_disk_is_judged_by_the_time_that_is_left(minutes: float, shape: str) -> None:
    health = well()["health"] | {"machine": {"disk_minutes_left": minutes}}
    assert rail(shown(well(health=health)))["disk"][0] == shape


def test_obs_has_a_face_for_each_of_its_states() -> None:
    obs = well()["obs"]
    faces = {
        "connecting": rail(shown(well(obs=obs | {"link": "connecting"})))["obs"],
        "starting": rail(shown(well(obs=obs | {"link": "down", "process": "starting"})))["obs"],
        "down": rail(shown(well(obs=obs | {"link": "down"})))["obs"],
        "up": rail(shown(well()))["obs"],
        "stale": rail(shown(well(obs=obs | {"fps": None})))["obs"],
    }
    assert [face[0] for face in faces.values()] == ["busy", "busy", "bad", "fine", "unknown"]
    assert len({face[1] for face in faces.values()}) == 5


def test_obs_going_away_in_a_recording_says_that_it_comes_back_and_for_how_long() -> None:
    obs = well()["obs"] | {"link": "down"}
    record = shown(recording(obs=obs, recording=None, alarms=[alarm("obs_down", "obs", age_s=3)])).record
    assert record.words == "OBS is coming back, 3 s"
    assert record.light == "bad"
    assert record.action == "stop"


def test_alarms_are_ordered_by_what_loses_most_and_seen_ones_come_last() -> None:
    raised = [
        alarm("disk_low", "disk", "warning"),
        alarm("black", "slides"),
        alarm("not_recording", "obs"),
        alarm("quiet", "mic", "warning"),
        alarm("clock_unsynced", "machine", "note"),
    ]
    view = shown(recording(alarms=raised))
    assert [one.key.split("/")[0] for one in view.alarms] == ["not_recording", "black", "quiet", "disk_low"]
    raised[2]["acknowledged"] = True
    view = shown(recording(alarms=raised))
    assert [one.seen for one in view.alarms] == [False, False, False, True]
    assert view.alarms[-1].key == "not_recording/obs"


def test_an_alarm_is_small_as_soon_as_it_is_touched() -> None:
    asked = (Asked(id="a", kind="acknowledge", target="black/slides"),)
    assert shown(recording(alarms=[alarm("black", "slides")]), asked=asked).alarms[0].seen


def test_a_remedy_that_the_appliance_offers_is_one_touch() -> None:
    offers = [{"remedy": "unmute", "role": "mic", "asks": True, "words": "It is muted."}]
    (banner,) = shown(
        recording(alarms=[alarm("muted", "mic")], health=well()["health"] | {"offers": offers})
    ).alarms
    assert (banner.button.kind, banner.button.target) == ("take_remedy", "unmute/mic")


@pytest.mark.parametrize(
    ("remedy", "code", "role", "words"),
    [
        ("stop_stream", "stream_slow", "stream", "Hold to end the stream"),
        ("replace_obs", "obs_stuck", "obs", "Hold to restart OBS"),
    ],
)
def test_a_remedy_that_ends_what_people_may_watch_wants_a_hold(
    remedy: str, code: str, role: str, words: str
) -> None:
    health = well()["health"] | {"offers": [{"remedy": remedy, "role": role, "asks": True, "words": "Why."}]}
    (banner,) = shown(recording(alarms=[alarm(code, role)], health=health)).alarms
    assert (banner.button.target, banner.button.label) == (f"{remedy}/{role}", words)
    assert banner.button.hold


def test_every_remedy_has_words_of_its_own() -> None:
    for remedy in get_args(Remedy):
        offers = [{"remedy": remedy, "role": "obs", "asks": True, "words": "Why."}]
        health = well()["health"] | {"offers": offers}
        (banner,) = shown(recording(alarms=[alarm("obs_stuck", "obs")], health=health)).alarms
        assert banner.button.label not in ("", "Fix it"), remedy


def test_a_backup_that_stopped_is_said_at_its_own_place() -> None:
    states = rail(shown(recording(alarms=[alarm("ear_down", "mic", "warning")])))
    assert states["ear"][0] == "warn"
    assert states["mic"][0] == "fine"


def test_an_alarm_says_what_since_when_and_what_to_do_and_carries_the_touch_that_helps() -> None:
    (banner,) = shown(recording(alarms=[alarm("no_signal", "slides")])).alarms
    assert banner.title == "Slides: no signal for 8 s"
    assert banner.text == "Something is wrong here. Do this about it."
    assert (banner.button.kind, banner.button.target) == ("switch_scene", "speaker")
    speaker_on = shown(recording(alarms=[alarm("no_signal", "slides")], program_scene="speaker"))
    assert speaker_on.alarms[0].button.kind == ""


def test_in_another_language_an_alarm_uses_the_screens_own_words() -> None:
    (banner,) = shown(recording(alarms=[alarm("no_signal", "slides")]), language="cs").alarms
    assert "Something is wrong here" not in banner.text
    assert banner.text


def forgotten(snapshot: dict[str, Any], fact: str) -> dict[str, Any]:
    """The snapshot, with what live health says of something forgotten."""
    return snapshot | {"health": snapshot["health"] | {fact: True}}


def test_recording_behind_a_card_is_pointed_out() -> None:
    (hint,) = shown(forgotten(recording(program_scene="intermission"), "card_on_program")).hints
    assert (hint.button.kind, hint.button.target) == ("switch_scene", "combo")
    (hint,) = shown(forgotten(recording(program_scene="outro"), "card_on_program")).hints
    assert "Is the talk over?" in hint.text
    assert shown(recording(program_scene="outro")).hints == ()
    stopping = (Asked(id="a", kind="stop_recording"),)
    assert shown(forgotten(recording(program_scene="outro"), "card_on_program"), asked=stopping).hints == ()


def test_leaving_with_the_recording_running_is_pointed_out() -> None:
    (hint,) = shown(forgotten(recording(), "room_left")).hints
    assert "Nobody is heard" in hint.text
    (hint,) = shown(recording(session=session(elapsed_s=4 * 3600.0))).hints
    assert "3 hours" in hint.text


def test_speaking_without_recording_is_pointed_out() -> None:
    (hint,) = shown(forgotten(well(), "speaking_unrecorded")).hints
    assert hint.button.kind == "start_recording"
    asked = (Asked(id="a", kind="start_recording"),)
    assert shown(forgotten(well(), "speaking_unrecorded"), asked=asked).hints == ()


def test_a_talk_that_nobody_records_is_one_alarm_with_the_touch_that_helps() -> None:
    raised = [alarm("talk_unrecorded", "recording", "critical", 9)]
    view = shown(forgotten(well(alarms=raised), "speaking_unrecorded"))
    assert view.hints == ()
    (banner,) = view.alarms
    assert (banner.button.kind, banner.level) == ("start_recording", "critical")


def test_a_card_in_the_streams_place_is_told_with_its_reason() -> None:
    stream = well()["stream"] | {"phase": "live", "wanted": True, "card": "A talk", "card_stage": "shown"}
    view = shown(well(stream=stream, streaming=False))
    assert (view.stream.shape, view.stream.words, view.stream.action) == ("warn", "card", "stop")
    (hint,) = view.hints
    assert hint.text == "Viewers see the intermission card: its speaker does not want “A talk” streamed."
    dark = shown(well(stream=stream | {"card_stage": "dark"}, streaming=False))
    assert dark.hints[0].text.startswith("Viewers see nothing")


def test_a_speakers_no_asks_with_one_touch_and_a_hold() -> None:
    question = {"session": "talk-1", "title": "A talk", "recorded": True}
    raised = [alarm("consent_withdrawn", "recording", "critical", 9)]
    asking = recording(alarms=raised, question=question)
    (banner,) = shown(asking).alarms
    assert (banner.button.kind, banner.button.target, banner.button.hold) == ("keep_talk", "talk-1", False)
    assert (banner.second.kind, banner.second.target, banner.second.hold) == ("discard_talk", "talk-1", True)
    assert not banner.second.asked
    (touched,) = shown(asking, asked=(Asked(id="a", kind="discard_talk", target="talk-1"),)).alarms
    assert (touched.button.asked, touched.second.asked) == (False, True)
    (old,) = shown(asking, age_s=30.0).alarms
    assert (old.button.kind, old.second.kind) == ("", "")


def test_a_discarded_talk_says_until_when_it_can_come_back() -> None:
    lies = session(phase="done", consent="discarded", verdict="", delete_utc=NOW + 3600)
    (row,) = shown(well(finished=[lies])).sessions.rows
    assert (row.shape, row.verdict) == ("off", "Discarded")
    assert "It is deleted at" in row.summary
    (gone,) = shown(well(finished=[lies | {"delete_utc": 0.0}])).sessions.rows
    assert gone.summary == "Its speaker does not want it recorded, and it is deleted."


def test_nothing_is_pointed_out_that_is_old() -> None:
    assert shown(forgotten(well(), "speaking_unrecorded"), age_s=30.0).hints == ()


def test_a_flagged_talk_says_what_to_do_while_the_speaker_is_still_there() -> None:
    flagged = session(phase="done", verdict="flagged", ended_utc=NOW - 60, summary="Slides black.")
    findings = [{"severity": "warning", "code": "black", "start_s": 590.0, "end_s": 835.0, "message": "x"}]
    view = shown(well(finished=[flagged]), reports={"talk-1": {"findings": findings}})
    (row,) = view.sessions.rows
    assert row.verdict == "Needs a look"
    assert row.advice == "The speaker is still here: ask for a repeat of 0:09:50 – 0:13:55."
    assert [(round(one.start, 3), round(one.end, 3)) for one in row.marks] == [(0.305, 0.432)]
    later = shown(well(finished=[flagged | {"ended_utc": NOW - 7200}]))
    assert "before you publish" in later.sessions.rows[0].advice


def test_a_talk_in_work_shows_its_progress() -> None:
    job = {"session_id": "talk-1", "name": "n", "phase": "processing", "step": "prove", "share": 0.62}
    view = shown(well(jobs=[job]), sessions=[session(phase="processing", ended_utc=NOW)])
    (row,) = view.sessions.rows
    assert (row.shape, row.verdict, row.share) == ("busy", "62 %", 0.62)
    assert row.summary == "Proving that nothing was lost"


def test_the_snapshots_word_on_a_talk_is_newer_than_the_catalogues() -> None:
    old = session(phase="processing", ended_utc=NOW)
    new = session(phase="done", verdict="ok", ended_utc=NOW)
    assert shown(well(finished=[new]), sessions=[old]).sessions.rows[0].verdict == "Good"


def trial(phase: str, **said: Any) -> dict[str, Any]:
    return {
        "id": "t",
        "phase": phase,
        "elapsed_s": 0.0,
        "length_s": 10.0,
        "share": 0.0,
        "result": None,
        **said,
    }


def test_a_test_recording_is_shown_and_record_stays_one_touch_away() -> None:
    view = shown(well(recording=True, trial=trial("recording", elapsed_s=4.0)))
    assert (view.trial.ready, view.trial.shape, view.trial.share) == (False, "busy", 0.32)
    assert (view.record.light, view.record.action) == ("busy", "start")
    assert view.record.title == "Pattern matching, compiled", "the next talk keeps its name"
    assert view.sessions.rows == ()


def test_no_test_recording_while_a_talk_runs_or_the_last_one_is_judged_and_its_verdict_is_kept() -> None:
    assert not shown(recording()).trial.ready
    assert not shown(well(trial=trial("checking"))).trial.ready
    good = shown(well(trial=trial("done", result={"verdict": "ok", "findings": []}))).trial
    assert (good.ready, good.shape) == (True, "fine")
    found = {"code": "silent", "severity": "warning", "message": "", "remedy": ""}
    bad = shown(well(trial=trial("done", result={"verdict": "flagged", "findings": [found]}))).trial
    assert (bad.ready, bad.shape) == (True, "warn")
    assert "silent" in bad.words


@pytest.mark.parametrize(
    ("lack", "words"),
    [("mic_unset", "no microphone is chosen"), ("program_black", "the picture is black")],
)
def test_a_recording_that_is_written_and_not_whole_says_what_it_lacks(lack: str, words: str) -> None:
    proof = {"state": "amber", "words": "", "remedy": "", "lack": lack}
    view = shown(recording(health=well()["health"] | {"proof": proof}))
    assert (view.record.light, view.record.words) == ("unproven", f"Recording · {words}")


def test_what_is_not_chosen_is_said_in_the_rail() -> None:
    unset = {"state": "unset", "words": ""}
    health = well()["health"]
    pictures = {"slides": unset, "camera": unset}
    nothing = health | {"sound": health["sound"] | unset, "pictures": pictures}
    told = rail(shown(well(health=nothing)))
    assert told["slides"] == told["camera"] == told["mic"] == ("off", "not chosen")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**6) | st.floats(0, 1e6) | st.text("abc é", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "state", "code", "at"]), inner, max_size=3)
    ),
    max_leaves=8,
)


# Timed by nothing: a busy machine is no fault of the view.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(well())), JSON))
def test_whatever_a_stranger_serve_sends_a_view_is_made(odd: dict[str, Any]) -> None:
    view = view_of(seen(recording() | odd))
    assert view.record.action in ("start", "stop", "wait")


def test_the_same_stretch_is_asked_to_be_repeated_once() -> None:
    flagged = session(phase="done", verdict="flagged", ended_utc=NOW - 60, summary="Black and silent.")
    both = [
        {"severity": "warning", "code": code, "start_s": start, "end_s": end, "message": "x"}
        for code, start, end in (("black", 0.0, 21.0), ("silent", 0.4, 21.5), ("black", 100.0, 130.0))
    ]
    view = shown(well(finished=[flagged]), reports={"talk-1": {"findings": both}})
    assert view.sessions.rows[0].advice == (
        "The speaker is still here: ask for a repeat of 0:00:00 – 0:00:21, 0:01:40 – 0:02:10."
    )


@pytest.mark.parametrize(
    ("button", "kind", "target"),
    [
        (Button(kind="switch_scene", target="speaker"), "switch_scene", "speaker"),
        (Button(kind="take_remedy", target="unmute/mic"), "take_remedy", "unmute/mic"),
        (Button(kind="start_recording"), "start_recording", ""),
        (Button(kind="resume_recording"), "resume_recording", ""),
    ],
    ids=lambda one: one.kind if isinstance(one, Button) else "",
)
def test_what_a_button_does_is_under_way_from_the_touch_to_its_answer(
    button: Button, kind: str, target: str
) -> None:
    asked = Asked(id="touch-1", kind=kind, target=target, at=0.0)
    other = Asked(id="touch-2", kind=kind, target="another", at=0.0)
    assert not is_under_way(seen(recording()), button)
    assert is_under_way(seen(recording(), asked=(asked,)), button)
    assert not is_under_way(seen(recording(), asked=(other,)), button)


def test_a_button_that_shows_what_is_on_program_would_do_nothing() -> None:
    program = recording()["program_scene"]
    assert is_under_way(seen(recording()), Button(kind="switch_scene", target=program))
    assert not is_under_way(seen(recording()), Button())
