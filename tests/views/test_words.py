"""Words that fit the moment: one loss has one name, a remedy helps now, all in the screen's language."""

import string
from typing import Any

import pytest

from stagebox.messages.code_catalogue import say
from stagebox.messages.languages import language
from stagebox.messages.passing import SENTENCES
from stagebox.model.health_view import LOST
from stagebox.model.said import Said, Sentence, as_json, together
from stagebox.model.state import CommandResult
from stagebox.views.parsing import snapshot_of
from stagebox.views.record import lack_words
from stagebox.views.returned import followed
from stagebox.views.said import answer_words, said_words
from stagebox.views.seen import Left
from stagebox.views.view import in_english, view_of
from tests.views.seeing import seeing
from tests.views.snapshots import NOW, alarm, recording, session, well
from tests.views.test_view import rail, seen, shown

REPORT = "talk-1"


def note(code: str, **facts: Any) -> dict[str, Any]:
    return {"code": code, "facts": facts, "words": "English."}


def test_a_note_is_said_in_the_screens_language() -> None:
    told = recording(notes=[note("mic_on"), note("went_on_lacks", lacks_s=1.5)], notice="English.")
    assert shown(told).notice == (
        "The microphone is on again. The recording goes on. About 1.5 s of the talk are missing."
    )
    there = view_of(seeing(told, utc_s=NOW, language="cs"), language("cs"))
    assert there.notice == "Mikrofon je opět zapnutý. Záznam pokračuje. Z přednášky chybí asi 1.5 s."


def test_every_sentence_is_said_in_czech_with_its_facts() -> None:
    for one, english in SENTENCES.items():
        names = [name for _, name, _, _ in string.Formatter().parse(english) if name]
        facts: dict[str, Any] = {name: 90.0 if name.endswith("_s") else "Tohle" for name in names}
        words = said_words(Said(code=one, facts=facts, words=english), "cs")
        assert words != english, one
        assert "{" not in words, one


def test_what_has_no_code_is_not_said_in_a_language_that_nobody_here_reads() -> None:
    odd = CommandResult(intent_id="1", detail="OBS refused it.", said=Said(words="OBS refused it."))
    assert answer_words(odd, "en") == "OBS refused it."
    assert answer_words(odd, "cs") == language("cs")(SENTENCES["tell_the_crew"]) != SENTENCES["tell_the_crew"]
    assert answer_words(CommandResult(intent_id="1", detail="OBS refused it."), "en") == "OBS refused it."


def test_a_serve_that_tells_no_codes_is_quoted() -> None:
    assert shown(recording(notice="Said.")).notice == "Said."


def test_what_a_talk_comes_to_is_told_for_the_screen_in_its_language() -> None:
    summary = together(say("worker_stalled"), say("recording_kept", files="/rec/a.flv"))
    talk = session(phase="done", verdict="failed", ended_utc=NOW, summary=str(summary))
    said = (
        {str(summary): {**as_json(summary.said), "words": str(summary)}}
        if isinstance(summary, Sentence)
        else {}
    )
    for told in (well(finished=[talk | {"said": said}]), well(finished=[talk], said=said)):
        (row,) = shown(told).sessions.rows
        assert row.summary == ("Making the MP4 hung and was stopped. The recording is kept. Tell the crew.")
        (row,) = view_of(seeing(told, utc_s=NOW, language="de"), language("de")).sessions.rows
        assert row.summary.endswith("Die Aufnahme bleibt erhalten. Sagen Sie der Technik Bescheid.")
    (row,) = shown(well(finished=[talk])).sessions.rows
    assert "stagebox process" not in row.summary


@pytest.mark.parametrize(("role", "code"), LOST, ids=str)
def test_the_record_card_names_the_loss_that_the_banner_names(role: str, code: str) -> None:
    view = shown(recording(alarms=[alarm(code, role), alarm("render_lag", "obs", "critical")]))
    words = lack_words(LOST[role, code], in_english)
    assert words
    assert view.record.words == f"Recording · {words}"
    if role == "mic":
        assert view.alarms[0].key == f"{code}/mic", "no sound comes first"


def test_no_sound_is_named_before_a_lost_picture() -> None:
    view = shown(recording(alarms=[alarm("missing", "slides", "critical"), alarm("muted", "mic")]))
    assert view.alarms[0].key == "muted/mic"
    assert view.record.words == "Recording · the microphone is muted"


def test_a_disk_that_is_full_is_one_alarm_and_its_touch_leads_to_the_folders() -> None:
    both = [alarm("disk_full", "disk", "critical"), alarm("disk_low", "disk", "critical")]
    view = shown(recording(alarms=both))
    assert [one.key for one in view.alarms] == ["disk_full/disk"]
    button = view.alarms[0].button
    assert (button.target, button.label) == ("setup/room/folder", "Go on in another folder")
    waiting = shown(recording(alarms=[alarm("not_recording", "obs", "critical")], folder="full"))
    assert waiting.alarms[0].button.target == "setup/room/folder"
    before = shown(well(alarms=[alarm("folder_gone", "disk", "critical")]))
    assert before.alarms[0].button.label == "Choose a folder"


def test_in_a_talk_the_folder_is_changed_by_a_touch_that_a_second_one_confirms() -> None:
    assert shown(recording()).set_up.folder_on_air
    assert not shown(well()).set_up.folder_on_air


def test_a_room_that_is_told_twice_is_told_alike() -> None:
    free = [{"path": "/media/talks/recordings", "free_bytes": 157_000_000}]
    told = well()
    devices = told["set_up"]["devices"] | {"places": free}
    view = shown(well(set_up=told["set_up"] | {"devices": devices}))
    assert view.set_up.places[0].note == "157 MB free"
    assert view.set_up.folder_words.startswith("157 MB free")


def lost(program: str, *roles: str) -> dict[str, Any]:
    return recording(program_scene=program, alarms=[alarm("black", one) for one in roles])


def test_slides_that_are_back_are_offered_to_whoever_was_taken_away_from_them() -> None:
    left = followed(None, snapshot_of(lost("screen", "slides")), 1.0)
    left = followed(left, snapshot_of(lost("speaker", "slides")), 2.0)
    assert left == Left(role="slides", scene="screen")
    assert shown(lost("speaker", "slides"), left=left).hints == ()
    left = followed(left, snapshot_of(lost("speaker")), 3.0)
    (hint,) = shown(lost("speaker"), left=left).hints
    assert (hint.text, hint.button.target) == ("The slides are back.", "screen")
    assert followed(left, snapshot_of(lost("screen")), 4.0) is None, "they are shown again"
    assert followed(left, snapshot_of(lost("intermission")), 4.0) is None, "somebody chose a card"
    assert followed(left, snapshot_of(well()), 4.0) is None, "the talk is over"
    assert followed(left, snapshot_of(lost("speaker")), 64.0) is None, "long ago"


def test_with_the_speaker_on_program_no_touch_leads_away_from_what_helps() -> None:
    (banner,) = shown(lost("speaker", "slides")).alarms
    assert banner.button.kind == ""
    assert shown(lost("screen", "slides")).alarms[0].button.target == "speaker"


def flagged(*findings: dict[str, Any], others: tuple[dict[str, Any], ...] = (), **report: Any) -> Any:
    talk = session(phase="done", verdict="flagged", ended_utc=NOW - 60, summary="x")
    reports = {REPORT: {"findings": list(findings), "duration_s": 900.0, **report}}
    return shown(well(finished=[talk, *others]), reports=reports, open_report=REPORT)


def found(code: str, start_s: float = 10.0, end_s: float = 40.0) -> dict[str, Any]:
    return {"severity": "warning", "code": code, "start_s": start_s, "end_s": end_s, "message": "x"}


def test_a_repeat_is_asked_for_only_while_it_is_plausible() -> None:
    assert "still here" in flagged(found("black")).sessions.rows[0].advice
    assert flagged(found("black")).report.repeat.kind == "record_repeat"
    instant = flagged(found("black", 10.0, 10.5))
    rescued = flagged(found("silent"), rescue={"output": "/out/a (rescue sound).mp4"})
    other = session(id="talk-2", phase="done", verdict="ok", asked_utc=NOW - 30, ended_utc=NOW - 10)
    another = flagged(found("black"), others=(other,))
    for view in (instant, rescued, another):
        row = next(one for one in view.sessions.rows if one.id == REPORT)
        assert "still here" not in row.advice
        assert view.report.repeat.kind == ""


def heard(how: str) -> dict[str, Any]:
    told = recording()
    sound = told["health"]["sound"] | {"heard": how, "state": "note" if how == "quiet" else "fine"}
    return recording(health=told["health"] | {"sound": sound})


def test_a_card_has_no_sound_and_a_quiet_room_is_quiet() -> None:
    assert rail(shown(heard("off")))["mic"] == ("off", "off: card shown")
    assert rail(shown(heard("quiet")))["mic"] == ("fine", "quiet")


def test_a_working_device_is_not_told_to_be_missing() -> None:
    told = well()["set_up"]
    devices = told["devices"] | {"video": [], "audio": []}
    view = shown(well(set_up=told | {"devices": devices}))
    assert {one.none_words for one in view.set_up.sources} == {""}
    silent = well(set_up=told | {"devices": devices}, health={})
    assert all(one.none_words for one in shown(silent).set_up.sources)


def test_the_record_control_asks_a_nameless_talk_its_name_and_holds_nobody_up() -> None:
    nameless = well(next_talk={"title": "", "speaker": "", "room": ""})
    record = shown(nameless).record
    assert (record.ask, record.action) == ("Name the talk", "start")
    assert shown(well()).record.ask == ""
    assert seen(nameless).fresh
