"""What Set-up shows, from snapshots alone."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stagebox.doctor import pictures, sound
from stagebox.doctor.result import CheckLevel, CheckResult
from stagebox.doctor.result import checked as result
from stagebox.doctor.trap_remedies import for_black, for_no_picture
from stagebox.doctor.traps import TrapSigns
from stagebox.messages import languages
from stagebox.messages.passing import SENTENCES
from stagebox.model.said import as_json, said_of
from stagebox.model.settings import VideoSource
from stagebox.views.asked import Asked
from stagebox.views.set_up import device_target, set_up_of
from stagebox.views.values import CheckRow, SetUp, SourceRow
from stagebox.views.view import in_english
from tests.views.seeing import seeing
from tests.views.snapshots import recording, well
from tests.views.test_view import JSON

MAGEWELL = "/dev/v4l/by-id/usb-Mage-0"


def shown(snapshot: dict[str, Any], *asked: Asked) -> SetUp:
    return set_up_of(seeing(snapshot, asked=asked), in_english)


def source(view: SetUp, role: str) -> SourceRow:
    return next(one for one in view.sources if one.key == role)


def told(**changes: Any) -> dict[str, Any]:
    """A well room whose Set-up tells something else."""
    return well(set_up=well()["set_up"] | changes)


def test_the_device_in_force_is_named_as_obs_names_it() -> None:
    view = shown(well())
    assert [one.name for one in view.sources] == ["Elgato HD60 X", "Logitech C920", "Zoom H1n"]
    assert [one.name for one in source(view, "mic").choices if one.chosen] == ["Zoom H1n"]
    assert source(view, "slides").choices[-1].name == "Not used"


def test_a_touched_device_is_asked_and_not_yet_in_use() -> None:
    asked = Asked(id="1", kind="set_source", target=device_target("slides", "v4l2", MAGEWELL))
    slides = source(shown(well(), asked), "slides")
    assert [one.name for one in slides.choices if one.asked] == ["Magewell HDMI Gen 2"]
    assert [one.name for one in slides.choices if one.chosen] == ["Elgato HD60 X"]
    assert slides.asked
    assert not source(shown(well(), asked), "camera").asked


def test_what_another_screen_asked_for_is_shown_too() -> None:
    view = shown(told(asked=[{"kind": "set_source", "target": "mic"}, {"kind": "set_event", "target": ""}]))
    assert source(view, "mic").asked
    assert not source(view, "slides").asked
    assert view.names_asked


def test_a_device_that_obs_does_not_list_stays_a_choice() -> None:
    in_force = well()["set_up"]["in_force"]
    view = shown(told(in_force=in_force | {"slides": {"kind": "x11", "device": ":7"}}))
    first = source(view, "slides").choices[0]
    assert (first.name, first.chosen, first.note) == ("Screen :7", True, "in use, not in OBS's list")


def test_no_devices_are_said_with_what_to_do() -> None:
    devices = well()["set_up"]["devices"] | {"video": []}
    assert source(shown(told(devices=devices)), "slides").none_words == "", "what is in use works"
    view = shown(told(devices=devices) | {"health": {}})
    assert "Check its cable" in source(view, "slides").none_words
    assert source(view, "mic").none_words == ""


def test_each_way_of_not_knowing_has_a_face() -> None:
    obs = well()["obs"]
    assert shown(well(obs=obs | {"link": "down"})).face == "obs"
    assert shown(told(asked=[{"kind": "look_for_devices", "target": ""}])).face == "looking"
    assert shown(told(devices=None)).face == "unknown"
    assert shown(told(devices=well()["set_up"]["devices"] | {"trouble": "No."})).face == "trouble"
    assert shown(well()).face == ""
    assert not shown({}).ready
    without = {key: value for key, value in well().items() if key != "set_up"}
    assert not shown(without).ready


def test_on_air_a_change_is_asked_for_twice_and_the_folder_waits() -> None:
    assert not shown(well()).on_air
    assert shown(recording()).on_air
    assert shown(recording()).folder_locked
    assert shown(well(streaming=True)).on_air


def test_the_folder_tells_its_room_and_how_long_that_lasts() -> None:
    view = shown(well())
    assert view.folder_words == "96 GB free · 9 h 40 min left"
    assert [(one.note, one.chosen) for one in view.places] == [("96 GB free", True), ("18 GB free", False)]
    stale = seeing(well(), connected=False)
    assert set_up_of(stale, in_english).folder_words == "free space not known"


def line(level: str, **changes: str) -> dict[str, str]:
    words = {"check": "obs", "title": "OBS", "level": level, "summary": "Words.", "remedy": ""}
    return words | changes


def test_the_checklist_counts_what_wants_a_person() -> None:
    def words(*levels: str, **changes: Any) -> tuple[str, str]:
        lines = [line(level) for level in levels]
        check = shown(told(checklist={"running": False, "speak_s": 0.0, "lines": lines} | changes)).check
        return check.shape, check.words

    assert words("good", "good") == ("fine", "All is good")
    assert words("good", "note") == ("fine", "Good, with a note")
    assert words("good", "look") == ("warn", "1 needs a look")
    assert words("broken", "look") == ("bad", "1 failed, 1 needs a look")
    assert words("good", running=True) == ("busy", "Checking… 1 done")
    assert "speak into the microphone now, for 4 seconds" in words("good", running=True, speak_s=4.0)[1]
    assert shown(told(checklist=None)).check.words == "Nothing was checked yet"


def checked(found: CheckResult, language: str) -> CheckRow:
    """A result as the screen shows it, by the way of the snapshot."""
    sentences = [said for said in (found.summary, found.remedy) if said_of(said).code]
    made = {one: as_json(said_of(one)) | {"words": one} for one in sentences}
    shown_as = line(found.level, check=found.check, summary=found.summary, remedy=found.remedy)
    snapshot = told(checklist={"running": False, "speak_s": 0.0, "lines": [shown_as]}) | {"said": made}
    return set_up_of(seeing(snapshot, language=language), languages.language(language)).check.rows[0]


def test_a_result_is_told_with_its_figures_in_every_language() -> None:
    english, czech = (checked(sound.judge((-8.0, -90.0)), language) for language in ("en", "cs"))
    assert (english.title, czech.title) == ("Microphone", "Mikrofon")
    assert "-8 dBFS" in english.words
    assert "-8 dBFS" in czech.words
    assert czech.words != english.words
    assert czech.remedy


def test_the_screen_asks_for_no_terminal_however_deep_a_remedy_stands() -> None:
    device = VideoSource(kind="v4l2", device="/dev/video0")
    remedy = for_no_picture(device, TrapSigns())
    found = pictures.not_shown("slides", result("slides", CheckLevel.LOOK, "none", help=remedy))
    assert "stagebox devices" in found.remedy
    row = checked(found, "en")
    assert "stagebox devices" not in row.remedy
    assert "choose another one in Set-up, Sources" in row.remedy


def test_all_causes_of_a_black_picture_are_told_one_after_the_other() -> None:
    signs = TrapSigns(holders=("zoom",), usb_mbps=480, usb_shared_with=("video2",))
    remedy = for_black("slides", VideoSource(kind="v4l2", device="/dev/video0"), signs)
    row = checked(result("slides", CheckLevel.LOOK, "black", help=remedy), "cs")
    assert row.remedy.index("zoom") < row.remedy.index("HDCP") < row.remedy.index("video2")


def test_what_is_not_known_here_is_shown_where_english_is_read() -> None:
    lines = [line("look", check="slides", summary="It is 97 % dark.", remedy="Open the lens."), line("good")]
    snapshot = told(checklist={"running": False, "speak_s": 0.0, "lines": lines})
    english = set_up_of(seeing(snapshot), in_english).check.rows
    other = set_up_of(seeing(snapshot, language="cs"), in_english).check.rows
    assert (english[0].words, english[0].remedy) == ("It is 97 % dark.", "Open the lens.")
    assert (other[0].words, other[0].remedy) == (SENTENCES["tell_the_crew"], "")
    assert (other[1].words, other[1].remedy) == ("", "")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["in_force", "asked", "devices", "checklist"]), JSON))
def test_whatever_a_stranger_serve_tells_of_set_up_a_view_is_made(odd: dict[str, Any]) -> None:
    assert len(shown(told(**odd)).sources) == 3


def test_the_check_waits_for_the_end_of_a_talk() -> None:
    check = shown(recording()).check
    assert not check.ready
    assert check.words == "Not while a talk is being recorded"
    assert shown(well()).check.ready
    assert not shown(well(obs=well()["obs"] | {"link": "down"})).check.ready
    assert not shown(well(), Asked(id="1", kind="run_check")).check.ready
