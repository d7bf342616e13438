"""What the doctor says of a picture, with the classic traps in mind."""

import io
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from PIL import Image

from stagebox.doctor import pictures
from stagebox.doctor.result import CheckLevel, CheckResult
from stagebox.doctor.traps import TrapSigns
from stagebox.health.picture_features import Pixels, thumbnail
from stagebox.model.settings import HealthSettings, VideoSource
from stagebox.obs.connection import ObsLinkError, ObsRefusedError

Kind = Literal["v4l2", "x11", "media", "none"]
LIMITS = HealthSettings()
RNG = np.random.default_rng(7)


def jpeg(luma: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(luma.astype(np.uint8)).convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()


def flat(level: float) -> np.ndarray:
    return np.full((360, 640), level)


def terminal() -> np.ndarray:
    """A dark terminal with a few words."""
    luma = flat(8)
    luma[40:52:4, 20:200:3] = 220
    return luma


def slide(low: float = 0, high: float = 255) -> np.ndarray:
    luma = flat(high)
    luma[100:200, 100:500] = low
    return luma


def examine(
    luma: np.ndarray, folder: Path, role: str = "slides", kind: Kind = "v4l2", signs: TrapSigns | None = None
) -> CheckResult:
    def save(name: str, content: bytes) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    source = VideoSource(kind=kind, device="/dev/video0")
    content = jpeg(luma)
    return pictures.picture(
        lambda name: content, role, "an input", source, signs or TrapSigns(), save, LIMITS
    )


def test_a_good_picture_is_good_and_saved(tmp_path: Path) -> None:
    result = examine(slide(), tmp_path)
    assert result.level is CheckLevel.GOOD
    assert Path(str(result.evidence["picture"])).read_bytes()[:2] == b"\xff\xd8"


def test_a_dark_terminal_is_not_black(tmp_path: Path) -> None:
    assert examine(terminal(), tmp_path).level is CheckLevel.GOOD


@pytest.mark.parametrize(
    ("role", "kind", "signs", "words"),
    [
        ("slides", "v4l2", TrapSigns(), "HDCP"),
        ("camera", "v4l2", TrapSigns(), "exposure"),
        ("slides", "x11", TrapSigns(gpus=2), "2 graphics processors"),
        ("slides", "x11", TrapSigns(gpus=1), "Wayland"),
        ("camera", "v4l2", TrapSigns(holders=("zoom",)), "zoom"),
        ("camera", "v4l2", TrapSigns(usb_mbps=480, usb_shared_with=("video2",)), "USB 2"),
        ("slides", "media", TrapSigns(), "file"),
    ],
)
def test_a_black_picture_names_the_trap_whose_signs_are_there(
    role: str, kind: Kind, signs: TrapSigns, words: str, tmp_path: Path
) -> None:
    result = examine(flat(2), tmp_path, role, kind, signs)
    assert (result.level, result.summary) == (CheckLevel.LOOK, "The picture is black.")
    assert words in result.remedy


def test_without_signs_a_trap_is_not_named(tmp_path: Path) -> None:
    remedy = examine(flat(2), tmp_path, signs=TrapSigns(gpus=2, usb_mbps=5000)).remedy
    assert "graphics" not in remedy
    assert "USB 2" not in remedy
    assert "Another program" not in remedy


def test_one_colour_is_no_signal(tmp_path: Path) -> None:
    result = examine(flat(120), tmp_path)
    assert result.level is CheckLevel.LOOK
    assert "one colour" in result.summary


def test_colour_bars_and_a_taught_card_are_no_signal(tmp_path: Path) -> None:
    colours = [(1, 1, 1), (1, 1, 0), (0, 1, 1), (0, 1, 0), (1, 0, 1), (1, 0, 0), (0, 0, 1)]
    bars = np.zeros((360, 644, 3), np.uint8)
    for number, colour in enumerate(colours):
        bars[:, number * 92 : (number + 1) * 92] = np.array(colour) * 191
    out = io.BytesIO()
    Image.fromarray(bars).save(out, "JPEG", quality=90)
    source = VideoSource(kind="v4l2", device="/dev/video0")

    def told(*cards: Pixels) -> str:
        look = pictures.look_at(out.getvalue(), cards)
        return pictures.judge("slides", source, look, TrapSigns(), "slides.jpg", LIMITS).summary

    assert "colour bars" in told()
    assert "no-signal picture" in told(thumbnail(bars))


def test_a_dark_camera_needs_light_or_exposure(tmp_path: Path) -> None:
    dark = np.clip(20 + RNG.normal(0, 12, (360, 640)), 0, 90)
    result = examine(dark, tmp_path, "camera")
    assert result.level is CheckLevel.LOOK
    assert "exposure" in result.remedy


def test_grey_black_and_grey_white_are_limited_range(tmp_path: Path) -> None:
    result = examine(slide(16, 235), tmp_path)
    assert result.level is CheckLevel.NOTE
    assert "Limited" in result.remedy


def test_a_crowded_usb_is_noted_even_with_a_picture(tmp_path: Path) -> None:
    result = examine(slide(), tmp_path, signs=TrapSigns(usb_mbps=480, usb_shared_with=("video2",)))
    assert result.level is CheckLevel.NOTE
    assert "video2" in result.remedy


def test_an_input_that_obs_does_not_have_is_told(tmp_path: Path) -> None:
    def refuse(name: str) -> bytes:
        raise ObsRefusedError("GetSourceScreenshot", 600, "no such source")

    source = VideoSource(kind="v4l2", device="/dev/video0")
    result = pictures.picture(
        refuse, "slides", "an input", source, TrapSigns(), lambda name, content: tmp_path, LIMITS
    )
    assert result.level is CheckLevel.LOOK
    assert "stagebox devices" in result.remedy


def test_a_lost_obs_is_not_taken_for_a_lost_picture(tmp_path: Path) -> None:
    def lose(name: str) -> bytes:
        raise ObsLinkError("lost", "OBS went away.")

    source = VideoSource(kind="v4l2", device="/dev/video0")
    with pytest.raises(ObsLinkError):
        pictures.picture(
            lose, "slides", "an input", source, TrapSigns(), lambda name, content: tmp_path, LIMITS
        )


def test_a_box_may_do_without_a_camera_and_not_without_slides(tmp_path: Path) -> None:
    assert examine(flat(0), tmp_path, role="camera", kind="none").level is CheckLevel.NOTE
    found = examine(flat(0), tmp_path, kind="none")
    assert (found.level, found.target) == (CheckLevel.LOOK, "setup/sources/slides")
