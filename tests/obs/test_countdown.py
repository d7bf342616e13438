"""The countdown on the holding scenes: its words, its picture, and when it is drawn."""

import queue
from pathlib import Path

import pytest
from PIL import Image
from pydantic import SecretStr

from stagebox import resources
from stagebox.model.commands import TalkDetails
from stagebox.model.settings import Settings
from stagebox.obs.cards import card_path, countdown_words, draw_cards, draw_countdown
from stagebox.obs.connection import ObsTarget
from stagebox.obs.pack import load_pack
from stagebox.obs.scene_provisioner import SceneProvisioner

START = "2027-01-15T10:00:00+00:00"
START_UTC = 1_800_007_200.0


@pytest.mark.parametrize(
    ("before_s", "words"),
    [
        (272.0, "Starts in 4:32"),
        (271.2, "Starts in 4:32"),
        (0.4, "Starts in 0:01"),
        (5400.0, "Starts in 1:30:00"),
        (0.0, ""),
        (-60.0, ""),
        (90_000.0, ""),
    ],
)
def test_the_countdown_says_how_long_it_is(before_s: float, words: str) -> None:
    assert countdown_words(START, START_UTC - before_s) == words


@pytest.mark.parametrize("planned", ["", "soon", "2027-13-01T00:00:00+00:00"])
def test_a_talk_without_a_planned_start_is_not_counted_down_to(planned: str) -> None:
    assert countdown_words(planned, START_UTC) == ""


def test_the_countdown_is_drawn_on_nothing_and_an_empty_one_shows_nothing(tmp_path: Path) -> None:
    path = draw_countdown(tmp_path, (1280, 720), "Starts in 4:32")
    with Image.open(path) as picture:
        assert picture.mode == "RGBA"
        low, high = picture.getchannel("A").getextrema()
        assert (low, high) == (0, 255)
    first_s = path.stat().st_mtime
    draw_countdown(tmp_path, (1280, 720), "")
    with Image.open(path) as picture:
        assert picture.getchannel("A").getextrema() == (0, 0)
    assert int(path.stat().st_mtime) > int(first_s), "OBS compares whole seconds"


def test_cards_come_with_a_countdown_that_says_nothing_yet(tmp_path: Path) -> None:
    draw_cards(tmp_path, (640, 360), Settings().event, TalkDetails())
    assert card_path(tmp_path, "countdown").exists()


def test_the_conference_pack_goes_live_on_the_intro_and_counts_there() -> None:
    pack = load_pack("conference", resources.folder("scenes"))
    assert pack.go_live == "intro"
    counting = {scene.name for scene in pack.scenes if any(item.card == "countdown" for item in scene.items)}
    assert counting == {"intro", "intermission"}


def test_it_counts_each_second_only_while_there_is_something_to_count(
    tmp_path: Path,
) -> None:
    pack = load_pack("conference", resources.folder("scenes"))
    nowhere = ObsTarget("127.0.0.1", 9, SecretStr(""))
    hand = SceneProvisioner(Settings(state_dir=tmp_path), pack, nowhere, lambda told: None)
    with pytest.raises(queue.Empty):
        hand._tasks.get_nowait()
    hand._counts_to = "2999-01-01T00:00:00+00:00"
    hand._count()
    assert not card_path(tmp_path / "cards", "countdown").exists(), "too far away to count"
