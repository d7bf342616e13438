"""The guide through a first start: what each step shows, and how one goes on. By snapshots alone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagebox.kiosk.memory import Memory, recall, remember
from stagebox.views.asked import Asked
from stagebox.views.guide import comes_by_itself, confirmed, left, opened, own_wish, skipped
from stagebox.views.progress import STEPS, Progress
from stagebox.views.seen import Seen
from stagebox.views.set_up import device_target
from stagebox.views.values import Guide
from stagebox.views.view import view_of
from tests.views.seeing import seeing
from tests.views.snapshots import NOW, alarm, recording, session, well

NOTHING = {"kind": "none", "device": ""}
ELGATO = "/dev/v4l/by-id/usb-Elgato-0"


def fresh(*chosen: str, **changes: Any) -> dict[str, Any]:
    """A box where only these roles have a device; `changes` are to what Set-up tells."""
    snapshot = well()
    for role in ("slides", "camera", "mic"):
        if role not in chosen:
            snapshot["set_up"]["in_force"][role] = dict(NOTHING)
    snapshot["set_up"].update(changes)
    return snapshot


def seen(snapshot: dict[str, Any], step: str = "slides", **changes: Any) -> Seen:
    progress = Progress(state="open", step=step)
    return seeing(snapshot, **({"utc_s": NOW, "progress": progress, "guiding": True} | changes))


def shown(snapshot: dict[str, Any], step: str = "slides", **changes: Any) -> Guide:
    return view_of(seen(snapshot, step, **changes)).guide


def test_it_comes_by_itself_only_where_nothing_is_set_up_and_nobody_has_begun() -> None:
    new = Progress()
    assert comes_by_itself(seen(fresh(), progress=new), "live")
    assert not comes_by_itself(seen(fresh("mic"), progress=new), "live")
    assert not comes_by_itself(seen(fresh(), progress=new), "sessions")
    assert not comes_by_itself(seen({}, progress=new), "live")
    assert not comes_by_itself(seen(fresh(), progress=new, age_s=9.0), "live")
    for state in ("open", "left", "finished"):
        assert not comes_by_itself(seen(fresh(), progress=replace(new, state=state)), "live")


def test_it_does_not_come_over_a_recording() -> None:
    assert not comes_by_itself(seen(fresh() | {"session": session()}, progress=Progress()), "live")


def test_six_touches_go_through_it() -> None:
    progress = opened(Progress())
    for step in STEPS:
        assert (progress.state, progress.step) == ("open", step)
        progress = confirmed(progress)
    assert progress.state == "finished"
    assert progress.confirmed == STEPS


@given(st.lists(st.sampled_from(("confirm", "skip", "leave", "open", *STEPS)), max_size=40))
def test_however_one_goes_through_it_each_step_is_settled_once(touches: list[str]) -> None:
    progress = opened(Progress())
    for touch in touches:
        if touch in STEPS:
            progress = replace(progress, step=touch)
        else:
            does = {"confirm": confirmed, "skip": skipped, "leave": left, "open": opened}
            progress = does[touch](progress)
        assert not set(progress.confirmed) & set(progress.skipped)
        assert len(set(progress.confirmed)) == len(progress.confirmed)
        assert progress.step in STEPS
        assert recalled(progress) == progress


def recalled(progress: Progress) -> Progress:
    """What is remembered of it over a restart, order aside."""
    told = json.loads(json.dumps(Memory(guide=progress).to_json()))["guide"]
    return Progress(
        state=told["state"],
        step=told["step"],
        confirmed=tuple(told["confirmed"]),
        skipped=tuple(told["skipped"]),
    )


def test_what_was_settled_survives_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.json"
    progress = skipped(confirmed(opened(Progress())))
    remember(file, Memory(screen="guide", guide=progress))
    assert recall(file) == Memory(screen="guide", guide=progress)


@pytest.mark.parametrize(
    "told", [None, 3, {}, {"state": "odd"}, {"state": "open", "step": "x"}, {"state": 1, "step": "mic"}]
)
def test_a_memory_without_a_guide_or_with_a_damaged_one_keeps_the_rest(tmp_path: Path, told: object) -> None:
    file = tmp_path / "kiosk.json"
    remember(file, Memory(screen="sessions", locked=True))
    whole = json.loads(file.read_text())
    file.write_text(json.dumps(whole | {"guide": told}))
    memory = recall(file)
    assert (memory.screen, memory.locked, memory.guide) == ("sessions", True, Progress())


def test_the_likely_device_is_put_behind_its_role_once_to_be_looked_at() -> None:
    wish = own_wish(seen(fresh()), ())
    assert (wish.role, wish.device.device if wish.device else "") == ("slides", ELGATO)
    assert own_wish(seen(fresh()), ("slides",)).device is None
    mic = own_wish(seen(fresh(), "mic"), ())
    assert mic.device is not None
    assert mic.device.name == "Zoom H1n"


@pytest.mark.parametrize(
    "snapshot",
    [
        fresh() | {"session": session()},
        fresh() | {"streaming": True},
        fresh() | {"obs": well()["obs"] | {"link": "down"}},
        fresh("slides"),
    ],
    ids=["recording", "streaming", "no OBS", "chosen"],
)
def test_it_changes_nothing_by_itself_on_air_without_obs_or_over_a_choice(snapshot: dict[str, Any]) -> None:
    assert own_wish(seen(snapshot), ()).device is None


def test_a_step_that_was_skipped_is_not_offered_again() -> None:
    progress = Progress(state="open", step="slides", skipped=("slides",))
    assert own_wish(seen(fresh(), progress=progress), ()).device is None


def test_devices_are_looked_for_only_while_none_were_told() -> None:
    assert own_wish(seen(fresh(devices=None)), ()).look
    assert not own_wish(seen(fresh()), ()).look
    assert not own_wish(seen(fresh(devices=None), "check"), ()).look
    assert not own_wish(seen(fresh(devices=None) | {"obs": well()["obs"] | {"link": "down"}}), ()).look


def faces() -> dict[str, Guide]:
    looking = {"devices": None, "asked": [{"kind": "look_for_devices", "target": ""}]}
    mine = Asked(id="a", kind="set_source", target=device_target("slides", "v4l2", ELGATO))
    unlikely = [{"kind": "v4l2", "device": "/dev/video0", "name": "Front"}]
    devices = well()["set_up"]["devices"]
    unknown = fresh("slides")
    unknown["health"]["pictures"] = {}
    return {
        "offline": shown(fresh(), connected=False),
        "obs": shown(fresh() | {"obs": well()["obs"] | {"link": "connecting"}}),
        "looking": shown(fresh(**looking)),
        "trouble": shown(fresh(devices=devices | {"trouble": "OBS did not answer."})),
        "none": shown(fresh(devices=devices | {"video": []})),
        "unset": shown(fresh(devices=devices | {"video": unlikely})),
        "asked": shown(fresh(), asked=(mine,)),
        "gone": shown(fresh("slides") | {"alarms": [alarm("missing", "slides")]}),
        "on_air": shown(fresh("slides") | {"session": session(), "recording": True}),
        "unknown": shown(unknown),
        "seen": shown(fresh("slides")),
    }


def test_every_state_of_a_device_has_its_words_and_only_what_is_seen_looks_fine() -> None:
    told = faces()
    assert {name: guide.face for name, guide in told.items()} == {name: name for name in told}
    assert len({guide.words for guide in told.values()}) == len(told)
    assert {name for name, guide in told.items() if guide.shape == "fine"} == {"seen"}
    assert all(guide.words for guide in told.values())


def test_a_device_is_confirmed_only_when_it_is_chosen() -> None:
    can = {name for name, guide in faces().items() if guide.next.enabled}
    assert can == {"gone", "on_air", "unknown", "seen"}
    assert faces()["seen"].next.detail == "Elgato HD60 X"


def test_each_step_can_be_skipped_and_says_what_follows() -> None:
    for step in STEPS:
        guide = shown(fresh(), step)
        assert guide.skip.label, step
        assert guide.skip.detail, step
    assert shown(fresh(), "mic").skip.detail == "The talk has no sound"


def test_a_device_on_air_is_not_taken_away_by_one_touch() -> None:
    assert faces()["on_air"].skip.label == ""


def test_a_left_out_device_is_said_to_be_so_and_never_fine() -> None:
    progress = Progress(state="open", step="room", skipped=("mic",))
    steps = {one.key: one for one in shown(fresh("slides"), progress=progress).steps}
    assert (steps["mic"].shape, steps["mic"].words) == ("off", "left out")
    assert (steps["camera"].shape, steps["camera"].words) == ("unknown", "not chosen")
    assert steps["slides"].shape == "fine"


def test_no_step_is_fine_while_what_is_shown_is_old() -> None:
    steps = shown(well(), connected=False).steps
    assert {one.shape for one in steps} == {"unknown"}


def checked(level: str) -> dict[str, Any]:
    line = {"check": "mic", "title": "Microphone", "level": level, "summary": "x", "remedy": "y"}
    return fresh("slides", checklist={"running": False, "speak_s": 0.0, "lines": [line]})


def test_the_last_touch_says_ready_only_after_a_good_check() -> None:
    assert shown(checked("good"), "check").next.detail == "Ready for the first talk"
    assert shown(checked("broken"), "check").next.detail == "1 failed"
    assert shown(fresh(), "check").next.label == "Run the check"


def test_it_costs_nothing_while_another_screen_is_on_show() -> None:
    assert shown(recording(), guiding=False) == Guide()
