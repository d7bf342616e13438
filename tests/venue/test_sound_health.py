"""Real faults of a real microphone in a real OBS become the right alarms, and go away again."""

from collections.abc import Callable, Iterator

import pytest

from stagebox.devices.backup_recorder_supervisor import BackupRecorderSupervisor
from stagebox.health.folds.sound import sound_wanted
from stagebox.model.settings import AudioSource, HealthSettings, SoundLimits
from stagebox.obs.connection import ObsConnection
from stagebox.obs.meters import MeterProbe
from tests.health.sound_watch import Watch
from tests.sound_tools import Room, sound_room, tone
from tests.venue_tools import RealObs, running_obs

pytestmark = pytest.mark.venue

MIC = "stagebox mic"
SOURCE = AudioSource(kind="pulse", device="mic.monitor")
LIMITS = HealthSettings(sound=SoundLimits(silent_s=4.0))
# It swings as a voice does: a minute of a steady tone is a hum, of which another rule tells.
SPEECH = tone(300, -20.0, -20.0) * (0.55 + 0.45 * tone(300, 0.0, hz=4.0) / 2**0.5).astype("float32")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with sound_room(tmp_path_factory.mktemp("pulse")) as one:
        one.plug("mic")
        yield one


@pytest.fixture(scope="module")
def obs(room: Room, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealObs]:
    with pytest.MonkeyPatch.context() as patch:
        for key, value in room.env.items():
            if key.startswith("PULSE_"):
                patch.setenv(key, value)
        with running_obs(tmp_path_factory.mktemp("obs")) as one:
            yield one


@pytest.fixture(scope="module")
def link(obs: RealObs) -> Iterator[ObsConnection]:
    with obs.connect() as one:
        one.request("CreateScene", {"sceneName": "Talk"})
        one.request("CreateScene", {"sceneName": "Card"})
        one.request("SetCurrentProgramScene", {"sceneName": "Talk"})
        one.request(
            "CreateInput",
            {
                "sceneName": "Talk",
                "inputName": MIC,
                "inputKind": "pulse_input_capture",
                "inputSettings": {"device_id": SOURCE.device},
            },
        )
        yield one


@pytest.fixture(scope="module")
def probes(room: Room, obs: RealObs, link: ObsConnection) -> Iterator[Watch]:
    watch = Watch(sound_wanted(SOURCE, frozenset({"Card"})), LIMITS)
    keeper = BackupRecorderSupervisor(SOURCE, watch.post, environment=room.env)
    meters = MeterProbe(obs.target, MIC, watch.post)
    keeper.start()
    meters.start()
    yield watch
    assert meters.close()
    assert keeper.close()


@pytest.fixture
def watch(room: Room, probes: Watch) -> Watch:
    """Return the watch of a microphone that is in order."""
    room.play("mic", SPEECH)
    probes.wait(lambda it: set(it.checks.values()) == {"fine"} and not it.alarms, 30)
    return probes


def report(name: str, raised_s: float, cleared_s: float, watch: Watch) -> None:
    """Say what was measured; shown by `pytest -s`."""
    print(f"{name}: raised after {raised_s:.2f} s, cleared after {cleared_s:.2f} s, then {watch.alarms}")


def raised(code: str) -> Callable[[Watch], bool]:
    return lambda watch: code in watch.alarms


def nothing(watch: Watch) -> bool:
    return watch.alarms == {}


def test_muted_in_obs(link: ObsConnection, watch: Watch) -> None:
    link.request("SetInputMute", {"inputName": MIC, "inputMuted": True})
    after_s = watch.wait(raised("muted"))
    assert set(watch.alarms) == {"muted"}
    link.request("SetInputMute", {"inputName": MIC, "inputMuted": False})
    report("mic-muted-in-obs", after_s, watch.wait(nothing), watch)


def test_a_wrong_device_in_obs(link: ObsConnection, watch: Watch) -> None:
    link.request("SetInputSettings", {"inputName": MIC, "inputSettings": {"device_id": "room.monitor"}})
    after_s = watch.wait(raised("wrong_device"))
    deaf_s = watch.wait(raised("obs_deaf"))
    assert set(watch.alarms) == {"wrong_device", "obs_deaf"}
    link.request("SetInputSettings", {"inputName": MIC, "inputSettings": {"device_id": SOURCE.device}})
    report("mic-wrong-device", after_s, watch.wait(nothing), watch)
    print(f"  and obs_deaf {after_s + deaf_s:.2f} s after the fault")


def test_obs_deaf_on_the_right_device(link: ObsConnection, watch: Watch) -> None:
    # A shut noise gate turns the input off inside OBS, where neither mute nor fader nor device tells of it.
    link.request(
        "CreateSourceFilter",
        {
            "sourceName": MIC,
            "filterName": "deaf",
            "filterKind": "noise_gate_filter",
            "filterSettings": {"open_threshold": 0.0, "close_threshold": -1.0, "hold_time": 0},
        },
    )
    after_s = watch.wait(raised("obs_deaf"))
    assert set(watch.alarms) == {"obs_deaf"}
    link.request("RemoveSourceFilter", {"sourceName": MIC, "filterName": "deaf"})
    report("obs-deaf", after_s, watch.wait(nothing), watch)


def test_a_silent_microphone(room: Room, watch: Watch) -> None:
    room.hush("mic")
    after_s = watch.wait(raised("silent"), LIMITS.sound.silent_s + 5)
    assert set(watch.alarms) == {"silent"}
    room.play("mic", SPEECH)
    report("mic-silent", after_s, watch.wait(nothing), watch)


def test_one_channel(room: Room, watch: Watch) -> None:
    room.play("mic", tone(60, -20.0, -200.0))
    after_s = watch.wait(raised("channel_dead"), LIMITS.sound.channel_dead_s + 5)
    assert set(watch.alarms) == {"channel_dead"}
    room.play("mic", SPEECH)
    report("mic-one-channel", after_s, watch.wait(nothing), watch)


def test_clipping(room: Room, watch: Watch) -> None:
    room.play("mic", tone(60, -1.0, -1.0))
    after_s = watch.wait(raised("clipping"))
    assert set(watch.alarms) == {"clipping"}
    room.play("mic", SPEECH)
    report("mic-clipping", after_s, watch.wait(nothing), watch)


def test_a_title_card_has_no_sound_on_purpose_and_a_talk_without_its_microphone_is_an_alarm(
    link: ObsConnection, watch: Watch
) -> None:
    watch.scene("Card")
    link.request("SetCurrentProgramScene", {"sceneName": "Card"})
    watch.wait(lambda it: it.checks["quiet"] == "fine" and it.checks["missing"] == "fine")
    assert nothing(watch)
    watch.scene("Talk")  # as if OBS said so, while the scene has no microphone
    watch.wait(raised("missing"))
    link.request("SetCurrentProgramScene", {"sceneName": "Talk"})
    watch.wait(nothing)


def test_a_pulled_microphone(room: Room, link: ObsConnection, watch: Watch) -> None:
    room.unplug("mic")
    after_s = watch.wait(raised("missing"))
    room.plug("mic")
    room.play("mic", SPEECH)
    # OBS does not come back to a device by itself: what resets it is not ours.
    link.request("SetInputSettings", {"inputName": MIC, "inputSettings": {"device_id": "room.monitor"}})
    link.request("SetInputSettings", {"inputName": MIC, "inputSettings": {"device_id": SOURCE.device}})
    report("mic-pulled", after_s, watch.wait(nothing), watch)
