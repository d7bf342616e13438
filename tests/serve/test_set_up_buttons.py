"""A button is given something else to do: from the wish to the settings file, and what is refused."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from stagebox import resources
from stagebox.model.commands import SetButton
from stagebox.model.effects import ChangeSettings
from stagebox.model.observations import SettingsEvent, SetUpAnswered
from stagebox.model.settings import Settings
from stagebox.obs.connection import ObsTarget
from stagebox.obs.pack import load_pack
from stagebox.serve.set_up_executor import SetUpActions, SetUpExecutor
from stagebox.settings.reading import load
from tests.engine.messages import Box
from tests.venue_tools import Seen, free_port

BOXES = """
# at the desk
[button_box]
boxes = ["left", "right"]

[button_box.buttons]
1 = "scene screen"   # the big one
"left:2" = "mark"

[button_box.lamps]
1 = "program screen"
"""


class Room:
    """The engine's part and Set-up's part, with the file between them. OBS is away: a button needs none."""

    def __init__(self, folder: Path, boxes: str) -> None:
        self.file = folder / "stagebox.toml"
        self.file.write_text(f'state_dir = "{folder}/state"\n{boxes}')
        self.engine = Box()
        self.seen = Seen()
        self.taken_up: list[Settings] = []
        self.set_up = SetUpExecutor(
            load(self.file),
            self.file,
            load_pack("conference", resources.folder("scenes")),
            ObsTarget("127.0.0.1", free_port(), SecretStr("")),
            self.seen.post,
            SetUpActions(take_up=self.taken_up.append, prove=lambda folder, reserve_bytes: None),
            local=True,
        )
        self.set_up.start()

    def give(self, place: str, words: str) -> SetUpAnswered:
        assert self.engine.want(SetButton(place=place, words=words)).status == "pending"
        effect = self.engine.effects[-1]
        assert isinstance(effect, ChangeSettings)
        self.set_up.submit(effect)
        return self.seen.wait_for(SetUpAnswered, lambda one: one.effect_id == effect.effect_id)

    @property
    def written(self) -> dict[str, Any]:
        found: dict[str, Any] = tomllib.loads(self.file.read_text())["button_box"]
        return found


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path, BOXES)
    yield made
    made.set_up.close()


@pytest.mark.parametrize(
    ("place", "words", "lamp"),
    [
        ("1", "scene speaker", "program speaker"),
        ("4", "record toggle", "recording"),
        ("left:3", "stream toggle", "stream"),
        ("right:16", "acknowledge", "alarm"),
    ],
)
def test_button_and_lamp_are_in_the_file_and_in_force(room: Room, place: str, words: str, lamp: str) -> None:
    answer = room.give(place, words)
    assert (answer.ok, answer.words) == (True, "")
    assert room.written["buttons"][place] == words
    assert room.written["lamps"][place] == lamp
    assert room.taken_up[-1].button_box == load(room.file).button_box
    assert room.seen.of(SettingsEvent)[-1].in_force.buttons[place] == words


def test_all_else_in_the_file_stays(room: Room) -> None:
    room.give("left:3", "mark")
    text = room.file.read_text()
    assert "# at the desk" in text
    assert '1 = "scene screen"   # the big one' in text
    assert room.written["buttons"] == {"1": "scene screen", "left:2": "mark", "left:3": "mark"}


def test_a_button_with_no_lamp_of_its_own_leaves_none_behind(room: Room) -> None:
    assert room.give("1", "mark").ok
    assert room.written["buttons"]["1"] == "mark"
    assert "1" not in room.written.get("lamps", {})


def test_a_button_that_shall_do_nothing_is_taken_out(room: Room) -> None:
    assert room.give("1", "").ok
    assert room.give("left:2", "").ok
    assert not room.written.get("buttons")
    assert not room.written.get("lamps")
    assert room.seen.of(SettingsEvent)[-1].in_force.buttons == {}
    assert room.give("5", "").ok  # it did nothing before


@pytest.mark.parametrize(
    ("place", "words", "why"),
    [
        ("1", "scene balcony", "the scene pack has no scene “balcony”"),
        ("1", "record stop", "write “record stop hold”"),
        ("1", "dance", "“dance” is no action"),
        ("17", "mark", "“17” is no button or lamp"),
        ("middle:1", "mark", "“middle” is none of the boxes"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_changes(
    room: Room, place: str, words: str, why: str
) -> None:
    before = room.file.read_bytes()
    answer = room.give(place, words)
    assert not answer.ok
    assert why in answer.words
    assert answer.words.endswith(".")
    assert room.file.read_bytes() == before
    assert room.taken_up == []


def test_without_a_box_no_button_can_be_given_anything(tmp_path: Path) -> None:
    room = Room(tmp_path, "")
    try:
        answer = room.give("1", "scene screen")
        assert not answer.ok
        assert "no box is named: say which in button_box.boxes" in answer.words
        assert "button_box" not in room.file.read_text()
    finally:
        room.set_up.close()
