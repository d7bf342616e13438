"""What the rules about the sound say, and how soon."""

import random

import pytest

from stagebox.health.rules import sound_rules
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import FLOOR_DBFS
from stagebox.model.report import Code
from tests.health.sound_story import LIMITS, Story

SILENT_S = LIMITS.sound.silent_s


def test_an_ordinary_talk_is_fine_in_every_respect() -> None:
    story = Story().hears(sort="voice").passes(40)
    assert [check.code for check in story.checks() if check.outcome != "fine"] == []
    assert story.alarms() == {}


@pytest.mark.slow
def test_half_an_hour_of_speech_pauses_laughter_and_applause_raises_nothing() -> None:
    dice = random.Random(7)
    story = Story()
    clipped = 0
    while story.now < 1000 + 1800:
        kind = dice.choices(["speech", "pause", "applause", "laughter", "card"], [80, 15, 2, 2, 1])[0]
        if kind == "card":
            story.world(program_scene="Intermission").obs(live=False).passes(dice.uniform(5, 60))
            story.world(program_scene="Screen").obs(live=True)
        elif kind == "pause":
            story.room(dice.uniform(-75, -55)).passes(dice.uniform(0.3, 8)).room(-25.0).passes(0.5)
        elif kind == "speech":
            for _ in range(round(dice.uniform(5, 60))):
                story.room(dice.uniform(-38, -14)).passes(0.1 * dice.randint(1, 10))
                story.room(dice.uniform(-65, -45)).passes(0.1 * dice.randint(1, 5))
        else:
            clipped += dice.randint(0, 6)
            story.obs(clipped=clipped).hears(clipped=clipped)
            story.room(dice.uniform(-20, -6)).passes(dice.uniform(1, 12))
        assert story.loud() == {}, f"{kind} at {story.now - 1000:.0f} s"


@pytest.mark.parametrize(("muted", "volume_db", "key"), [(True, 0.0, "muted"), (False, -100.0, "fader")])
def test_mute_and_a_fader_at_the_bottom_are_said_at_once_and_gravely(
    muted: bool, volume_db: float, key: str
) -> None:
    story = Story().passes(5).obs(muted=muted, volume_db=volume_db)
    assert story.until_raised(Code.MUTED, 2.0) < 0.5
    assert story.check(Code.MUTED).key == key
    assert story.alarms() == {"muted": "critical"}
    story.passes(20)
    assert story.loud() == {"muted": "critical"}, "silence that mute explains is only a note"
    story.obs(muted=False, volume_db=0.0)
    assert story.until_cleared(Code.MUTED, 3.0) <= 1.5


def test_mute_on_a_title_card_is_a_note() -> None:
    story = Story().world(program_scene="Intermission").obs(live=False, muted=True).passes(5)
    assert story.alarms() == {"muted": "note"}


def test_a_quiet_room_is_silent_at_its_time_and_says_that_nobody_speaks() -> None:
    story = Story().passes(5).room(-62.0)
    after_s = story.until_raised(Code.SILENT, 20)
    assert SILENT_S <= after_s <= SILENT_S + 1
    assert story.alarms() == {"silent": "note"}, "a pause for thought is no alarm"
    assert story.check(Code.SILENT).key == "quiet_room"
    story.passes(LIMITS.sound.pause_s - after_s + 1)
    assert story.alarms() == {"silent": "warning"}
    story.room(-20.0)
    assert story.until_cleared(Code.SILENT, 3.0) <= 1.5


def test_a_microphone_without_even_its_noise_is_graver_than_a_quiet_room() -> None:
    story = Story().passes(5).room(FLOOR_DBFS)
    story.until_raised(Code.SILENT, SILENT_S + 1)
    assert story.alarms() == {"silent": "critical"}
    assert story.check(Code.SILENT).key == "dead"
    assert story.check(Code.QUIET).outcome != "bad"


def test_obs_deaf_is_told_apart_from_a_quiet_room_within_seconds() -> None:
    story = Story().passes(5)
    story.obs_dbfs = (FLOOR_DBFS, FLOOR_DBFS)
    assert story.until_raised(Code.OBS_DEAF, 5) <= 3.0
    assert story.alarms() == {"obs_deaf": "critical"}
    story.passes(15)
    assert story.loud() == {"obs_deaf": "critical"}
    assert story.alarms()["silent"] == "note"
    story.obs_dbfs = (-20.0, -20.0)
    assert story.until_cleared(Code.OBS_DEAF, 3.0) <= 1.0


def test_obs_deaf_stays_while_the_room_falls_quiet() -> None:
    story = Story().passes(5)
    story.obs_dbfs = (FLOOR_DBFS, FLOOR_DBFS)
    story.until_raised(Code.OBS_DEAF, 5)
    story.ear_dbfs = (-60.0, -60.0)
    story.passes(5)
    assert story.check(Code.OBS_DEAF).outcome == "unknown"
    assert "obs_deaf" in story.alarms()


def test_a_cough_that_a_noise_gate_swallows_does_not_make_obs_deaf() -> None:
    story = Story().passes(5)
    for _ in range(20):
        story.obs_dbfs, story.ear_dbfs = (FLOOR_DBFS,) * 2, (-60.0,) * 2
        story.passes(4)
        story.ear_dbfs = (-30.0, -30.0)
        story.passes(0.4)
        assert "obs_deaf" not in story.alarms()


def test_a_deaf_ear_is_its_own_alarm() -> None:
    story = Story().passes(5)
    story.ear_dbfs = (FLOOR_DBFS, FLOOR_DBFS)
    story.until_raised(Code.EAR_DOWN, SILENT_S + 2)
    assert story.alarms() == {"ear_down": "warning"}
    assert story.check(Code.EAR_DOWN).key == "deaf"


@pytest.mark.parametrize("status", ["no_portaudio", "busy", "refused", "down"])
def test_a_backup_recorder_that_cannot_hear_says_why_and_obs_is_still_judged(status: str) -> None:
    story = Story().passes(5).hears(status=status, detail="It is so.", remedy="Do this.")
    assert story.until_raised(Code.EAR_DOWN, 2.0) <= 1.0
    check = story.check(Code.EAR_DOWN)
    assert (check.summary, check.remedy) == ("It is so.", "Do this.")
    assert story.alarms() == {"ear_down": "warning"}
    assert story.check(Code.SILENT).outcome == "fine"
    story.hears(status="listening", detail="", remedy="")
    assert story.until_cleared(Code.EAR_DOWN, 3.0) <= 1.5


def test_without_a_talk_a_backup_recorder_that_is_down_is_a_note() -> None:
    story = Story().world(recording=False).passes(5).hears(status="down").passes(2)
    assert story.alarms() == {"ear_down": "note"}


def test_a_backup_that_cannot_be_written_is_an_alarm_although_the_backup_recorder_hears() -> None:
    story = Story().passes(5).hears(backup_fault="The disk is full.").passes(1)
    assert story.alarms() == {"ear_down": "warning"}


@pytest.mark.parametrize("status", ["lost", "no_device"])
def test_a_microphone_that_is_pulled_out_is_missing_within_two_seconds(status: str) -> None:
    story = Story().passes(5)
    story.hears(status=status, detail="The microphone is not there.")
    story.obs_dbfs = (FLOOR_DBFS, FLOOR_DBFS)
    assert story.until_raised(Code.MISSING, 4) <= 2.0
    assert story.alarms()["missing"] == "critical"
    story.hears(status="listening", detail="")
    story.obs_dbfs = (-20.0, -20.0)
    assert story.until_cleared(Code.MISSING, 3.0) <= 1.5


def test_a_lost_ear_is_no_missing_microphone_while_obs_hears_it() -> None:
    story = Story().passes(5).hears(status="lost").passes(5)
    assert "missing" not in story.alarms()


def test_an_input_that_obs_has_not_is_missing() -> None:
    story = Story().passes(5).obs(present=False, live=False, muted=None, volume_db=None, device=None)
    assert story.until_raised(Code.MISSING, 2.0) <= 1.5
    assert story.check(Code.MISSING).key == "mic_not_in_obs"


def test_a_scene_that_has_lost_its_sound_is_missing_and_a_title_card_is_not() -> None:
    story = Story().passes(5).obs(live=False).world(program_scene="Intermission").passes(60)
    assert story.alarms() == {}
    story.world(program_scene="Screen")
    story.obs(live=True).passes(0.5)
    story.obs(live=False)
    assert story.until_raised(Code.MISSING, 2.0) <= 1.5
    assert "Screen" in story.check(Code.MISSING).summary


def test_another_device_in_obs_is_the_wrong_device() -> None:
    story = Story().passes(5).obs(device="webcam.mono")
    assert story.until_raised(Code.WRONG_DEVICE, 2.0) <= 1.0
    assert story.alarms() == {"wrong_device": "critical"}
    assert "webcam.mono" in story.check(Code.WRONG_DEVICE).summary


def test_a_talk_that_is_far_too_soft_is_quiet_but_not_silent() -> None:
    story = Story().passes(5).room(-45.0)
    after_s = story.until_raised(Code.QUIET, 40)
    assert LIMITS.sound.quiet_s <= after_s <= LIMITS.sound.quiet_s + 1
    assert story.alarms() == {"quiet": "warning"}
    story.room(-25.0)
    assert story.until_cleared(Code.QUIET, 3.0) <= 1.5


def clip(story: Story, seconds: float) -> None:
    assert story.meters is not None
    assert story.ear is not None
    for _ in range(round(seconds / 0.1)):
        story.obs(clipped=story.meters.clipped + 2).hears(clipped=story.ear.clipped + 8).passes(0.1)


def test_clipping_that_keeps_coming_is_a_warning_and_ends_soon_after() -> None:
    story = Story().room(-5.0).passes(5)
    clip(story, 4)
    assert story.alarms() == {"clipping": "warning"}
    assert story.until_cleared(Code.CLIPPING, 3.0) <= 3.0


def test_one_bang_is_only_a_note() -> None:
    story = Story().passes(5)
    clip(story, 0.5)
    assert story.alarms() == {"clipping": "note"}


def test_full_scale_without_cut_peaks_is_no_clipping_where_the_backup_recorder_can_tell() -> None:
    story = Story().room(-8.0).passes(5)
    for n in range(60):
        story.obs(clipped=n).passes(0.1)
    assert story.alarms() == {}
    story.ear = None
    story.passes(5)
    for n in range(60, 160):
        story.obs(clipped=n).passes(0.1)
    assert story.alarms()["clipping"] == "warning", "without the ear OBS's word is all there is"


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_dead_channel_is_named(side: str) -> None:
    story = Story().passes(5)
    story.obs_dbfs = (-20.0, FLOOR_DBFS) if side == "right" else (FLOOR_DBFS, -20.0)
    after_s = story.until_raised(Code.CHANNEL_DEAD, 10)
    assert after_s <= LIMITS.sound.channel_dead_s + 1
    assert story.check(Code.CHANNEL_DEAD).key == side
    assert story.alarms() == {"channel_dead": "warning"}
    story.obs_dbfs = (-20.0, -20.0)
    assert story.until_cleared(Code.CHANNEL_DEAD, 3.0) <= 1.5


def test_both_channels_silent_is_no_dead_channel() -> None:
    story = Story().passes(5).room(FLOOR_DBFS).passes(60)
    assert "channel_dead" not in story.alarms()


def test_holes_in_the_sound_are_a_note_and_many_a_warning() -> None:
    story = Story().passes(5).obs(holes=1).passes(0.5)
    assert story.alarms() == {"dropouts": "note"}
    story.obs(holes=3).passes(0.5)
    assert story.alarms() == {"dropouts": "warning"}
    assert story.until_cleared(Code.DROPOUTS, 5.0) <= 4.0


def test_holes_that_only_the_backup_recorder_has_are_told_as_the_ears() -> None:
    story = Story().passes(5).hears(xruns=2, gaps=1, dropped=1).passes(0.5)
    assert story.alarms() == {"dropouts": "warning"}
    assert story.check(Code.DROPOUTS).key == "backup_choppy"


def test_counters_of_a_restarted_ear_begin_anew() -> None:
    story = Story().hears(gaps=50).passes(5)
    assert story.alarms() == {}
    story.hears(run=2, gaps=0).passes(5)
    assert story.alarms() == {}
    story.hears(gaps=3).passes(0.3)
    assert "dropouts" in story.alarms()


def test_a_device_at_another_speed_is_named_with_both_rates() -> None:
    story = Story().passes(5).hears(measured_rate_hz=44_100.0).passes(0.3)
    check = story.check(Code.DROPOUTS)
    assert check.outcome == "bad"
    assert "44100" in check.summary
    assert "48000" in check.summary


def test_while_obs_is_down_nothing_is_said_of_what_it_records() -> None:
    story = Story().passes(20)
    story.obs(up=False, live=False, present=None).passes(1)
    by_code = {check.code: check.outcome for check in story.checks()}
    assert by_code.pop(Code.EAR_DOWN) == "fine"
    assert set(by_code.values()) == {"unknown"}


def test_without_a_microphone_in_the_settings_there_is_nothing_to_check() -> None:
    assert [check for rule, _ in sound_rules(LIMITS) for check in rule(HealthFacts(), LIMITS, 5.0)] == []


def test_a_microphone_in_order_is_fine_from_the_first_second_of_a_recording() -> None:
    story = Story().hears(sort="other").passes(1)
    assert {str(check.code): check.outcome for check in story.checks()} == {
        str(check.code): "fine" for check in story.checks()
    }


def test_a_hum_that_goes_on_is_nobody_speaking_and_a_voice_ends_it() -> None:
    story = Story().hears(sort="voice").passes(30)
    story.hears(sort="noise")
    raised_s = story.until_raised(Code.NO_SPEECH, 90.0)
    assert 55.0 <= raised_s <= 65.0
    assert story.alarms() == {"no_speech": "warning"}
    story.hears(sort="voice")
    assert story.until_cleared(Code.NO_SPEECH, 5.0) <= 2.0


@pytest.mark.parametrize(
    ("sort", "dbfs", "recording"),
    [("other", -20.0, True), ("noise", -70.0, True), ("noise", -20.0, False), ("unknown", -20.0, True)],
    ids=["film or applause", "quiet hall", "nothing is recorded", "no detector"],
)
def test_what_is_no_hiss_or_is_not_recorded_is_no_missing_voice(
    sort: str, dbfs: float, recording: bool
) -> None:
    story = Story().world(recording=recording).hears(sort=sort).room(dbfs).passes(100)
    assert "no_speech" not in story.alarms()


def test_without_a_detector_of_voices_it_is_not_known_whether_anybody_is_heard() -> None:
    story = Story().hears(sort="unknown").passes(100)
    for code in (Code.NO_SPEECH, Code.OUT_OF_PHASE):
        assert (story.check(code).outcome, story.check(code).key) == ("unknown", "no_voices")


def test_a_voice_below_the_level_of_silence_is_quiet_and_not_silent() -> None:
    story = Story().hears(sort="voice").passes(20).room(-58.0)
    assert story.until_raised(Code.QUIET, 40.0) <= SILENT_S + 1.0
    story.passes(60)
    assert story.alarms() == {"quiet": "warning"}


@pytest.mark.parametrize(
    ("sort", "obs_dbfs", "ear_dbfs"),
    [("noise", -58.0, -58.0), ("voice", FLOOR_DBFS, -58.0), ("voice", -58.0, -20.0)],
    ids=["nobody speaks", "OBS gets nothing", "the ear hears it well"],
)
def test_silence_stays_silence_where_no_voice_is_in_it(sort: str, obs_dbfs: float, ear_dbfs: float) -> None:
    story = Story().hears(sort=sort).passes(20)
    story.obs_dbfs, story.ear_dbfs = (obs_dbfs,) * 2, (ear_dbfs,) * 2
    story.passes(60)
    assert "silent" in story.alarms()
    assert "quiet" not in story.alarms()


def test_channels_turned_over_are_said_after_ten_seconds_and_clear_again() -> None:
    story = Story().hears(sort="voice").passes(20).hears(turned=True)
    assert 6.5 <= story.until_raised(Code.OUT_OF_PHASE, 20.0) <= 11.0
    assert story.alarms() == {"out_of_phase": "warning"}
    story.hears(turned=False)
    assert story.until_cleared(Code.OUT_OF_PHASE, 6.0) <= 4.0


def test_a_moment_of_wide_music_is_not_out_of_phase() -> None:
    story = Story().hears(sort="other").passes(20)
    for _ in range(6):
        story.hears(turned=True).passes(2).hears(turned=False).passes(4)
        assert "out_of_phase" not in story.alarms()


def test_peaks_cut_off_below_full_scale_are_too_loud_although_obs_sees_no_peak() -> None:
    story = Story().hears(sort="voice").passes(20)
    for count in range(1, 6):
        story.hears(flat=count).passes(2)
    assert story.alarms() == {"clipping": "warning"}
    assert story.check(Code.CLIPPING).key == "before"
    story.passes(15)
    assert story.alarms() == {}
