"""Which device is likely the one for a role: a guess by name that never offers what is taken or silly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagebox.model.set_up import DeviceFound
from stagebox.views.sensible import sensible


def video(name: str, kind: str = "v4l2") -> DeviceFound:
    return DeviceFound(kind=kind, device=f"/dev/{name}", name=name)


def audio(name: str, device: str = "") -> DeviceFound:
    return DeviceFound(kind="pulse", device=device or f"alsa_input.{name}", name=name)


SCREEN = DeviceFound(kind="x11", device="", name="The screen of this computer")
ROOM = [video("Logitech C920"), video("Elgato HD60 X"), SCREEN]


def chosen(role: str, found: list[DeviceFound], taken: tuple[tuple[str, str], ...] = ()) -> str:
    one = sensible(role, found, taken)
    return one.name if one is not None else ""


@pytest.mark.parametrize(
    ("role", "found", "name"),
    [
        ("slides", ROOM, "Elgato HD60 X"),
        ("camera", ROOM, "Logitech C920"),
        ("slides", [video("Logitech C920"), SCREEN], ""),
        ("slides", [video("USB3 Video: USB3 Video")], "USB3 Video: USB3 Video"),
        ("camera", [video("Integrated: Front"), SCREEN], "Integrated: Front"),
        ("camera", [SCREEN], ""),
        ("slides", [], ""),
        ("mic", [audio("Default", "default"), audio("Zoom H1n")], "Zoom H1n"),
        ("mic", [audio("Default", "default")], "Default"),
        ("mic", [audio("Monitor of HDMI"), audio("Default", "default")], "Default"),
        (
            "mic",
            [audio("Built-in Audio Analog Stereo"), audio("USB PnP Audio Device")],
            "USB PnP Audio Device",
        ),
        ("mic", [audio("room", "room.monitor")], ""),
    ],
)
def test_names_speak_for_devices(role: str, found: list[DeviceFound], name: str) -> None:
    assert chosen(role, found) == name


def test_what_another_role_has_is_not_offered() -> None:
    assert chosen("camera", ROOM, (("v4l2", "/dev/Logitech C920"),)) != "Logitech C920"


@given(
    st.sampled_from(("slides", "camera", "mic")),
    st.lists(st.text(max_size=30), max_size=6),
    st.lists(st.integers(0, 5), max_size=3),
)
def test_whatever_devices_are_called_a_free_one_is_offered_or_none(
    role: str, names: list[str], taken: list[int]
) -> None:
    found = [audio(one) if role == "mic" else video(one) for one in names]
    others = [(found[n].kind, found[n].device) for n in taken if n < len(found)]
    one = sensible(role, found, others)
    assert one is None or (one in found and (one.kind, one.device) not in others)
