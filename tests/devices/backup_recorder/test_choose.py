"""Which of PortAudio's devices the microphone of the settings is."""

import pytest

from stagebox.devices.backup_recorder.choose import (
    CannotHearError,
    PortAudioDevice,
    alsa_cards,
    choose,
    environment,
    rates_to_try,
)

CARDS = " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n 2 [USB            ]: USB-Audio - Scarlett\n"


def device(index: int, name: str, api: str = "ALSA", channels: int = 2, **more: bool) -> PortAudioDevice:
    return PortAudioDevice(index, name, api, channels, 44_100, **more)


LINUX = [
    device(0, "HDA Intel PCH: ALC256 Analog (hw:0,0)"),
    device(1, "Scarlett 2i2: USB Audio (hw:2,0)"),
    device(2, "HDA NVidia: HDMI 0 (hw:1,3)", channels=0),
    device(3, "pulse", channels=32),
    device(4, "default", channels=32),
]
WINDOWS = [
    device(0, "Microphone (USB)", "MME"),
    device(1, "Microphone (USB)", "Windows WASAPI"),
    device(2, "Line In (Mixer)", "Windows WASAPI", is_default=True),
]


@pytest.mark.parametrize(
    ("kind", "name", "devices", "index"),
    [
        ("pulse", "room.monitor", LINUX, 3),
        ("pulse", "", LINUX, 3),
        ("alsa", "hw:CARD=USB,DEV=0", LINUX, 1),
        ("alsa", "plughw:CARD=PCH,DEV=0", LINUX, 0),
        ("alsa", "hw:2,0", LINUX, 1),
        ("alsa", "sysdefault:CARD=USB", LINUX, 1),
        ("alsa", "Scarlett", LINUX, 1),
        ("alsa", "default", LINUX, 4),
        ("wasapi", "Microphone (USB)", WINDOWS, 1),
        ("wasapi", "mixer", WINDOWS, 2),
        ("wasapi", "default", WINDOWS, 2),
        ("wasapi", "{0.0.1.00000000}.{a-guid}", WINDOWS[:2], 1),
    ],
)
def test_the_device_is_found(kind: str, name: str, devices: list[PortAudioDevice], index: int) -> None:
    assert choose(kind, name, devices, alsa_cards(CARDS)).index == index


@pytest.mark.parametrize(
    ("kind", "name", "devices", "key"),
    [
        ("pulse", "room.monitor", [], "lacks_package"),
        ("alsa", "hw:CARD=Gone,DEV=0", LINUX, "absent"),
        ("alsa", "hw:1,3", LINUX, "absent"),  # it has no inputs
        ("alsa", "(hw:", LINUX, "several"),
        ("wasapi", "{0.0.1.00000000}.{a-guid}", WINDOWS, "absent"),
        ("coreaudio", "", [], "gone"),
        ("smoke", "x", LINUX, "kind"),
    ],
)
def test_what_cannot_be_found_is_a_sentence_and_never_another_microphone(
    kind: str, name: str, devices: list[PortAudioDevice], key: str
) -> None:
    with pytest.raises(CannotHearError) as error:
        choose(kind, name, devices, alsa_cards(CARDS))
    assert error.value.detail.said.code == f"ear_down.{key}"
    assert error.value.remedy


def test_pulseaudio_is_told_by_the_environment_which_source_to_use() -> None:
    assert environment("pulse", "room.monitor")["PULSE_SOURCE"] == "room.monitor"
    assert environment("pulse", "default")["PULSE_SOURCE"] is None
    assert environment("alsa", "hw:0,0") == {}


def test_the_rate_of_obs_is_tried_first_and_none_twice() -> None:
    rates = rates_to_try(LINUX[0])
    assert rates[:2] == (48_000, 44_100)
    assert len(set(rates)) == len(rates)
