"""OBS's sound meters, from a real OBS with a real microphone, and their faults."""

import threading
from collections.abc import Iterator

import pytest

from stagebox.model.facts.sound import FLOOR_DBFS, MetersReading
from stagebox.model.levels import MeterLevels
from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.meters import LevelGatherer, MeterProbe, dbfs
from tests.obs.fake_server import FakeObs
from tests.sound_tools import Room, sound_room, tone
from tests.venue_tools import RealObs, Seen, running_obs

MIC = "stagebox mic"


@pytest.mark.parametrize(
    ("multiplier", "expected"), [(1.0, 0.0), (0.5, -6.02), (0.0, FLOOR_DBFS), (1e-9, FLOOR_DBFS)]
)
def test_levels_are_in_dbfs(multiplier: float, expected: float) -> None:
    assert dbfs(multiplier) == expected


def test_the_loudest_reading_since_the_last_time_is_kept() -> None:
    readings = LevelGatherer()
    for magnitude, peak, before in ((0.1, 0.2, 0.2), (0.5, 0.6, 0.9), (0.0, 0.0, 0.0)):
        readings.came([[magnitude, peak, before]])
    levels, peaks = readings.take()
    assert (levels[0].rms_dbfs, levels[0].peak_dbfs) == (dbfs(0.5), dbfs(0.6))
    assert peaks == (dbfs(0.9),)
    assert not readings.waiting


def holes(levels: list[float]) -> int:
    readings = LevelGatherer()
    for level in levels:
        readings.came([[level, level, level]])
    return readings.holes


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([0.1, 0.0, 0.1], 1),
        ([0.1, 0.0, 0.0, 0.0, 0.1, 0.0, 0.2], 2),
        ([0.1, 0.0, 0.0, 0.0, 0.0, 0.1], 0),  # a pause, or a noise gate
        ([0.1, 0.001, 0.0, 0.001, 0.1], 0),  # faded out and in
        ([0.0, 0.1, 0.1, 0.0], 0),
    ],
)
def test_a_hole_is_short_digital_silence_inside_loud_sound(levels: list[float], expected: int) -> None:
    assert holes(levels) == expected


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with sound_room(tmp_path_factory.mktemp("pulse")) as one:
        yield one


@pytest.fixture(scope="module")
def obs(room: Room, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealObs]:
    with pytest.MonkeyPatch.context() as patch:
        for key, value in room.env.items():
            if key.startswith("PULSE_"):
                patch.setenv(key, value)
        with running_obs(tmp_path_factory.mktemp("obs")) as one:
            with one.connect() as link:
                link.request("CreateScene", {"sceneName": "Talk"})
                link.request("CreateScene", {"sceneName": "Card"})
                link.request("SetCurrentProgramScene", {"sceneName": "Talk"})
            yield one


def create(link: ObsConnection, name: str) -> None:
    link.request(
        "CreateInput",
        {
            "sceneName": "Talk",
            "inputName": name,
            "inputKind": "pulse_input_capture",
            "inputSettings": {"device_id": "room.monitor"},
        },
    )


@pytest.fixture
def link(obs: RealObs) -> Iterator[ObsConnection]:
    """Return a connection to an OBS whose scene "Talk" has the microphone, as it was made."""
    with obs.connect() as one:
        one.request("SetCurrentProgramScene", {"sceneName": "Talk"})
        if MIC not in {it["inputName"] for it in one.request("GetInputList")["inputs"]}:
            create(one, MIC)
        one.request("SetInputMute", {"inputName": MIC, "inputMuted": False})
        one.request("SetInputVolume", {"inputName": MIC, "inputVolumeDb": 0.0})
        one.request("SetInputSettings", {"inputName": MIC, "inputSettings": {"device_id": "room.monitor"}})
        yield one


@pytest.fixture
def seen(obs: RealObs, link: ObsConnection) -> Iterator[Seen]:
    told = Seen()
    probe = MeterProbe(obs.target, MIC, told.post, show=told.post)
    probe.start()
    yield told
    assert probe.close()


def loud(it: MetersReading) -> bool:
    return it.live and len(it.levels) == 2 and it.levels[0].rms_dbfs > -40


@pytest.mark.venue
def test_obs_tells_level_mute_fader_and_device(room: Room, link: ObsConnection, seen: Seen) -> None:
    room.play("room", tone(60, -20.0, -30.0))
    first = seen.wait_for(MetersReading, loud)
    assert first.levels[0].rms_dbfs == pytest.approx(-20.0, abs=1.5)
    assert first.levels[1].rms_dbfs == pytest.approx(-30.0, abs=1.5)
    assert (first.present, first.muted, first.device) == (True, False, "room.monitor")
    link.request("SetInputMute", {"inputName": MIC, "inputMuted": True})
    muted = seen.wait_for(MetersReading, lambda it: it.muted is True and not loud(it), timeout_s=5)
    assert muted.input_peaks_dbfs[0] > -25.0, "before the fader the sound is still there"
    link.request("SetInputMute", {"inputName": MIC, "inputMuted": False})
    link.request("SetInputVolume", {"inputName": MIC, "inputVolumeDb": -100.0})
    seen.wait_for(MetersReading, lambda it: it.muted is False and (it.volume_db or 0.0) <= -90, timeout_s=5)
    link.request("SetInputVolume", {"inputName": MIC, "inputVolumeDb": 0.0})
    link.request("SetInputSettings", {"inputName": MIC, "inputSettings": {"device_id": "other"}})
    seen.wait_for(MetersReading, lambda it: it.device == "other", timeout_s=5)


@pytest.mark.venue
def test_a_dead_channel_and_clipping_are_seen_in_obs(room: Room, seen: Seen) -> None:
    room.play("room", tone(60, -20.0, -200.0))
    seen.wait_for(MetersReading, lambda it: loud(it) and it.levels[1].rms_dbfs < -90)
    room.play("room", tone(60, -1.0, -1.0))
    seen.wait_for(MetersReading, lambda it: it.clipped > 10)


@pytest.mark.venue
def test_a_scene_without_the_microphone_is_told_as_off_air(
    room: Room, link: ObsConnection, seen: Seen
) -> None:
    room.play("room", tone(60, -20.0, -20.0))
    seen.wait_for(MetersReading, loud)
    link.request("SetCurrentProgramScene", {"sceneName": "Card"})
    off = seen.wait_for(MetersReading, lambda it: not it.live, timeout_s=5)
    assert off.present is True
    seen.wait_for(MeterLevels, lambda it: it.channels == (), timeout_s=5)
    link.request("SetCurrentProgramScene", {"sceneName": "Talk"})
    seen.wait_for(MetersReading, loud, timeout_s=5)


@pytest.mark.venue
def test_an_input_that_is_removed_is_told_as_absent(obs: RealObs, link: ObsConnection) -> None:
    create(link, "spare mic")
    told = Seen()
    probe = MeterProbe(obs.target, "spare mic", told.post)
    probe.start()
    told.wait_for(MetersReading, lambda it: it.present is True)
    link.request("RemoveInput", {"inputName": "spare mic"})
    told.wait_for(MetersReading, lambda it: it.present is False and not it.live, timeout_s=5)
    assert probe.close()


@pytest.mark.venue
def test_observations_come_at_most_ten_a_second_and_every_reading_is_shown(seen: Seen) -> None:
    seen.wait_for(MetersReading, lambda it: it.live)
    done = threading.Event()
    before, shown = len(seen.of(MetersReading)), len(seen.of(MeterLevels))
    done.wait(2.0)
    posted = len(seen.of(MetersReading)) - before
    assert 5 <= posted <= 24
    assert len(seen.of(MeterLevels)) - shown > 1.5 * posted


def test_an_obs_that_is_not_there_is_told_and_looked_for_until_it_is(fake_obs: FakeObs) -> None:
    told = Seen()
    nobody = ObsTarget("127.0.0.1", 9, fake_obs.target.password)
    probe = MeterProbe(nobody, MIC, told.post, backoff_cap_s=0.2)
    probe.start()
    first = told.wait_for(MetersReading)
    assert not first.up
    assert first.detail
    told.wait_for(MetersReading)
    assert probe.close()


def test_a_dropped_connection_is_told_and_made_anew(fake_obs: FakeObs) -> None:
    told = Seen()
    probe = MeterProbe(fake_obs.target, MIC, told.post, backoff_cap_s=0.2)
    probe.start()
    told.wait_for(MetersReading, lambda it: it.up)
    fake_obs.drop_all()
    told.wait_for(MetersReading, lambda it: not it.up)
    again = told.wait_for(MetersReading, lambda it: it.up)
    assert again.run == 2
    assert probe.close()
