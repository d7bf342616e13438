"""What stagebox.toml may say of the button box, and what is refused, with its line."""

from pathlib import Path

import pytest

from stagebox.model.button_words import action_of, for_box, lamp_beside, lamp_of
from stagebox.model.errors import SettingsError
from stagebox.settings.reading import load


def settings_file(folder: Path, *lines: str, boxes: str = '["left"]') -> Path:
    file = folder / "stagebox.toml"
    file.write_text("\n".join(["[button_box]", f"boxes = {boxes}", "[button_box.buttons]", *lines]) + "\n")
    return file


def test_what_can_be_is_taken(tmp_path: Path) -> None:
    box = load(
        settings_file(tmp_path, '1 = "scene screen"', '2 = "record toggle"', '"left:3" = "mark"')
    ).button_box
    assert box.boxes == ("left",)
    assert for_box(box.buttons, "left") == {1: "scene screen", 2: "record toggle", 3: "mark"}
    assert for_box(box.buttons, "right") == {1: "scene screen", 2: "record toggle"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('2 = "scene nowhere"', "the scene pack has no scene “nowhere”"),
        ('2 = "record stop"', "record stop hold"),
        ('2 = "stream stop"', "stream stop hold"),
        ('17 = "mark"', "from 1 to 16"),
        ('0 = "mark"', "from 1 to 16"),
        ('"01" = "mark"', "from 1 to 16"),
        ('"right:1" = "mark"', "none of the boxes"),
        ('2 = "fly"', "no action"),
        ('1 = "mark"', "line 4 already"),
        ("2 = 5", "button_box.buttons"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(settings_file(tmp_path, '1 = "scene screen"', line))
    assert "line 5" in refused.value.what
    assert words in refused.value.what


@pytest.mark.parametrize("boxes", ['["Left"]', '["left", "left"]', '[""]', '["tty"'])
def test_boxes_that_cannot_be_are_refused(tmp_path: Path, boxes: str) -> None:
    with pytest.raises(SettingsError, match=r"line [23]"):
        load(settings_file(tmp_path, boxes=boxes))


def test_buttons_without_a_box_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"line 4.*no box is named"):
        load(settings_file(tmp_path, '1 = "mark"', boxes="[]"))


@pytest.mark.parametrize(
    ("button", "lamp"),
    [
        ("scene Two words", "program Two words"),
        ("record toggle", "recording"),
        ("stream stop hold", "stream"),
        ("acknowledge", "alarm"),
        ("mark", ""),
        ("", ""),
    ],
)
def test_the_lamp_in_a_button_shows_what_the_button_does(button: str, lamp: str) -> None:
    assert lamp_beside(button) == lamp
    if lamp:
        assert lamp_of(lamp)
        assert action_of(button)
