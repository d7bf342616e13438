"""A recording leaves a folder that fails, waits where there is none, and tells a person from a disk."""

import pytest

from stagebox.engine.folders import must_move, next_place
from stagebox.engine.rules import ReducerRules
from stagebox.model.effects import ApplyRemedy, ObsStartRecord, ObsStopRecord, ProcessSession
from stagebox.model.observations import (
    FolderEvent,
    ObsDisconnected,
    ObsProcessEvent,
    RecordStateEvent,
    SettingsEvent,
)
from stagebox.model.set_up import ActiveSettings
from stagebox.model.state import FolderHealth, State
from tests.engine.messages import Box, notice, obs_connected, recording_box

RULES = ReducerRules(folder="/main", second_folder="/second")


def box_on(main: FolderHealth = "ok", second: FolderHealth = "ok") -> Box:
    """A box in the middle of a recording in the main folder."""
    box = recording_box("/main/a.flv")
    box.rules = RULES
    box.say(FolderEvent(health=main, second=second))
    return box


def starts(effects: tuple[object, ...]) -> list[str]:
    return [effect.folder for effect in effects if isinstance(effect, ObsStartRecord)]


def phase(box: Box) -> str:
    return "idle" if box.state.session is None else str(box.state.session.phase)


def stopped(box: Box, path: str) -> tuple[object, ...]:
    """As OBS tells it when it was asked to stop; the effects of the last word."""
    box.say(RecordStateEvent(generation=1, phase="stopping"))
    return box.say(RecordStateEvent(generation=1, phase="stopped", path=path))


@pytest.mark.parametrize("fault", ["full", "gone", "read_only"])
def test_a_recording_moves_to_the_second_folder_as_a_new_segment(fault: FolderHealth) -> None:
    box = box_on()
    box.now += 30
    effects = box.say(FolderEvent(health=fault, second="ok", detail="The disk fails."))
    assert [type(effect) for effect in effects] == [ObsStopRecord]
    assert starts(stopped(box, "/main/a.flv")) == ["/second"]
    assert "goes on in /second" in notice(box.state)
    box.started("/second/b.flv")
    box.now += 10
    box.stop()
    stopped(box, "/second/b.flv")
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.segments == ("/main/a.flv", "/second/b.flv")


def test_a_move_is_asked_for_once() -> None:
    box = box_on()
    box.say(FolderEvent(health="full", second="ok"))
    assert box.say(FolderEvent(health="gone", second="ok")) == ()


def test_without_a_second_folder_a_full_disk_is_recorded_on_as_long_as_obs_can() -> None:
    box = box_on(second="unknown")
    assert box.say(FolderEvent(health="full", detail="Only 1 GB is left.")) == ()
    assert phase(box) == "recording"
    box.say(FolderEvent(health="full", detail="Only 49 MB are left.", obs_stops_in=("main",)))
    # OBS ends it for want of room, with the words of a person's stop.
    assert starts(stopped(box, "/main/a.flv")) == []
    assert phase(box) == "starting"
    assert "not_recording" in box.codes()
    assert "49 MB" in next(alarm.message for alarm in box.state.alarms if alarm.code == "not_recording")
    # Somebody frees some room.
    assert starts(box.say(FolderEvent(health="full", detail="Only 1 GB is left."))) == ["/main"]


@pytest.mark.parametrize("first", ["disk", "obs"])
def test_a_folder_pulled_away_is_told_from_a_persons_stop_whatever_is_seen_first(first: str) -> None:
    box = box_on()
    effects: tuple[object, ...] = ()
    if first == "disk":
        box.say(FolderEvent(health="gone", second="ok"))
        effects = stopped(box, "/main/a.flv")
    else:
        assert stopped(box, "/main/a.flv") == ()
        box.now += 0.5
        effects = box.say(FolderEvent(health="gone", second="ok"))
    assert starts(effects) == ["/second"]


def test_a_stop_that_a_person_made_in_obs_itself_is_one_after_a_moment() -> None:
    box = box_on()
    box.now += 20
    assert stopped(box, "/main/a.flv") == ()
    effects = box.wait(RULES.unasked_s)
    assert [type(effect) for effect in effects] == [ProcessSession]
    assert phase(box) == "idle"
    assert box.state.jobs[0].recorded_s == pytest.approx(20.0)


def test_a_persons_stop_in_obs_stays_one_when_the_disk_is_at_its_reserve() -> None:
    box = box_on(second="unknown")
    box.say(FolderEvent(health="full", detail="Only 1 GB is left."))
    stopped(box, "/main/a.flv")
    box.wait(RULES.unasked_s)
    assert phase(box) == "idle"


def test_a_new_recording_begun_in_obs_at_once_is_a_talk_of_its_own() -> None:
    box = box_on()
    stopped(box, "/main/a.flv")
    box.started("/main/b.flv")
    assert phase(box) == "recording"
    assert len(box.state.jobs) == 1
    assert box.state.session is not None
    assert [segment.path for segment in box.state.session.segments] == ["/main/b.flv"]


def test_a_stop_while_the_recording_moves_is_a_stop() -> None:
    box = box_on()
    box.say(FolderEvent(health="full", second="ok"))
    box.stop()
    assert starts(stopped(box, "/main/a.flv")) == []
    assert phase(box) == "idle"


def test_with_no_folder_at_all_the_wish_waits_for_one() -> None:
    box = box_on(second="gone")
    box.say(FolderEvent(health="gone", second="gone", detail="The folder /main is gone."))
    stopped(box, "/main/a.flv")
    assert phase(box) == "starting"
    message = next(alarm.message for alarm in box.state.alarms if alarm.code == "not_recording")
    assert "/main is gone" in message
    assert starts(box.wait(60.0)) == []
    assert starts(box.say(FolderEvent(health="gone", second="ok", detail="The folder /main is gone."))) == [
        "/second"
    ]


def test_a_talk_begins_in_the_second_folder_when_the_first_is_full() -> None:
    box = Box(rules=RULES)
    box.say(obs_connected())
    box.say(FolderEvent(health="full", second="ok", detail="The disk is full."))
    assert box.start().status == "pending"
    assert starts(tuple(box.effects)) == ["/second"]


def test_a_talk_does_not_begin_when_both_are_full() -> None:
    box = Box(rules=RULES)
    box.say(obs_connected())
    box.say(FolderEvent(health="full", second="full", detail="The disk is full."))
    assert box.start().status == "refused"


def test_an_obs_that_dies_in_the_second_folder_goes_on_there() -> None:
    box = box_on()
    box.say(FolderEvent(health="gone", second="ok"))
    stopped(box, "/main/a.flv")
    box.started("/second/b.flv")
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.say(ObsProcessEvent(phase="exited", pid=1, exit_code=-9))
    assert starts(box.say(obs_connected(2))) == ["/second"]


def test_an_obs_that_dies_while_it_moves_goes_on_in_the_other_folder() -> None:
    box = box_on()
    box.say(FolderEvent(health="gone", second="ok"))
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.say(ObsProcessEvent(phase="exited", pid=1, exit_code=-9))
    assert starts(box.say(obs_connected(2))) == ["/second"]


def test_an_obs_that_does_not_let_go_of_a_dead_disk_is_asked_again_and_then_replaced() -> None:
    box = box_on()
    box.say(FolderEvent(health="gone", second="ok"))
    assert [type(effect) for effect in box.wait(RULES.stop_s)] == [ObsStopRecord]
    effects = box.wait(RULES.stop_s)
    remedies = [effect.remedy for effect in effects if isinstance(effect, ApplyRemedy)]
    assert [(one.remedy, one.role) for one in remedies] == [("replace_obs", "recording")]


def test_a_folder_chosen_on_the_screen_is_recorded_into() -> None:
    box = Box(rules=RULES)
    box.say(obs_connected())
    box.say(SettingsEvent(in_force=ActiveSettings(title="Conf", room="Hall", folder="/chosen")))
    box.start()
    assert starts(tuple(box.effects)) == ["/chosen"]


def test_an_obs_elsewhere_keeps_its_folder() -> None:
    box = recording_box()
    assert starts(tuple(box.effects)) == [""]
    box.stopped()
    assert phase(box) == "idle"


def test_a_recording_moves_only_where_it_is_better_off() -> None:
    healths: list[FolderHealth] = ["unknown", "ok", "full", "gone", "read_only"]
    for main in healths:
        for second in healths:
            state = State(folder=main, second_folder=second)
            assert must_move(state, "main") == (main in ("full", "gone", "read_only") and second == "ok")
            place = next_place(state, "main")
            if "ok" in (main, second) or main == "unknown":
                assert place is not None
                assert place == ("main" if main in ("ok", "unknown") else "second")
