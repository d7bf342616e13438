"""The title cards: nothing is cut, and OBS can tell that a picture is new."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from stagebox.model.commands import TalkDetails
from stagebox.model.settings import EventSettings
from stagebox.obs.cards import CardText, card_texts, draw_card, draw_cards
from stagebox.obs.lettering import fit

pytestmark = pytest.mark.slow

EVENT = EventSettings(title="DevConf 2026", room="Hall B")
LONG = "Příliš žluťoučký kůň " * 9
TITLES = ["", "Short", LONG, "x" * 200, "测试中文标题" * 30, "🎉 emoji 👩‍💻 \u202e\x00\n", "ﷺ" * 40]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("canvas", [(1920, 1080), (1280, 720), (640, 360), (720, 1280)])
def test_any_title_leaves_the_edges_of_the_card_free(title: str, canvas: tuple[int, int]) -> None:
    bare = draw_card(canvas, CardText("", "", "", "", ""))
    card = draw_card(canvas, CardText("Up next", title, title, title[:120], "Room"))
    box = ImageChops.difference(bare, card).getbbox()
    assert card.size == canvas
    assert box is not None
    margin = min(canvas) // 40
    assert box[0] >= margin
    assert box[1] >= margin
    assert box[2] <= canvas[0] - margin
    assert box[3] <= canvas[1] - margin // 2


@pytest.mark.parametrize("text", [LONG, "x" * 200, "word " * 40])
def test_wrapping_loses_no_character(text: str) -> None:
    block = fit(text, "bold", largest=128, width=1000, height=400)
    assert "".join(block.lines).replace(" ", "") == text.replace(" ", "")
    assert block.width <= 1000
    assert block.height <= 400


def test_the_cards_say_the_talk_its_speaker_and_when(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = TalkDetails(title="A talk", speaker="Ada", planned_start="not a time")
    texts = card_texts(EVENT, talk)
    assert (texts["intro"].title, texts["intro"].below) == ("A talk", "Ada")
    assert "DevConf 2026" in texts["outro"].title
    timed = TalkDetails(title="A talk", planned_start="2026-05-05T10:00:00+00:00")
    assert "Starts at " in card_texts(EVENT, timed)["intro"].above


def test_a_redrawn_card_is_newer_by_a_whole_second_and_an_equal_one_is_left(tmp_path: Path) -> None:
    first = draw_cards(tmp_path, (640, 360), EVENT, TalkDetails(title="One"))
    assert set(first) == {"intro", "intermission", "outro"}
    before_s = first["intro"].stat().st_mtime
    draw_cards(tmp_path, (640, 360), EVENT, TalkDetails(title="One"))
    assert first["intro"].stat().st_mtime == before_s
    draw_cards(tmp_path, (640, 360), EVENT, TalkDetails(title="Two"))
    assert int(first["intro"].stat().st_mtime) > int(before_s)
    with Image.open(first["intro"]) as picture:
        assert picture.size == (640, 360)
    names = sorted(os.listdir(tmp_path))  # noqa: PTH208 (names)
    assert names == ["countdown.png", "intermission.png", "intro.png", "outro.png"]


def test_pillow_is_not_loaded_until_a_card_is_drawn() -> None:
    code = "import sys, stagebox.obs.provision, stagebox.obs.cards; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
