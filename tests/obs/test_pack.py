"""Scene packs are read strictly, and errors name the file and the key."""

from pathlib import Path

import pytest

from stagebox.model.errors import SettingsError
from stagebox.model.settings import AudioSource, VideoSource
from stagebox.obs.inputs import audio_input, video_input
from stagebox.obs.pack import load_pack

PACKS = Path(__file__).parents[2] / "scenes"
SCENE = '[[scenes]]\nname = "a"\nlabel = "A"\n'
HEAD = 'format = 1\nname = "p"\n'
ITEM = 'items = [{ show = "slides", box = [0, 0, 1, 1] }]\n'


def test_the_conference_pack_has_the_six_scenes_and_is_silent_on_cards() -> None:
    pack = load_pack("conference", PACKS)
    assert [scene.name for scene in pack.scenes] == [
        "screen",
        "combo",
        "speaker",
        "intro",
        "intermission",
        "outro",
    ]
    assert [scene.name for scene in pack.scenes if scene.sound] == ["screen", "combo", "speaker"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (HEAD + SCENE + ITEM.replace("slides", "slide"), "scenes.0.items.0.show"),
        (HEAD + SCENE + ITEM.replace("[0, 0, 1, 1]", "[0.5, 0, 1, 1]"), "leaves the canvas"),
        (HEAD + SCENE + ITEM.replace("box", "card = 'intro', box"), "exactly one"),
        (HEAD + SCENE + ITEM.replace('show = "slides"', 'picture = "no.png"'), "no.png is not there"),
        (HEAD + SCENE + ITEM.replace('show = "slides"', 'picture = "../x.png"'), "items.0.picture"),
        (HEAD + SCENE + ITEM + SCENE + ITEM, "names two things"),
        (HEAD + "colour = 3\n" + SCENE + ITEM, "colour"),
        (HEAD.replace("1", "2") + SCENE + ITEM, "format"),
        ("= nonsense", "cannot be read"),
    ],
)
def test_a_wrong_pack_is_refused_with_file_and_key(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "pack.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_pack(str(tmp_path), PACKS)
    assert named in caught.value.what
    assert "pack.toml" in caught.value.what


def test_an_unknown_pack_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="conference"):
        load_pack("confrence", PACKS)


def test_a_capture_card_is_opened_anew_when_it_stalls() -> None:
    card = video_input(VideoSource(kind="v4l2", device="/dev/video0"), frozenset())
    assert card is not None
    assert card.settings["auto_reset"] is True


def test_a_display_by_name_is_captured_through_its_server() -> None:
    laptop = video_input(VideoSource(kind="x11", device=":77"), frozenset())
    assert laptop is not None
    assert (laptop.kind, laptop.settings) == ("xshm_input", {"advanced": True, "server": ":77"})


def test_an_empty_role_has_no_input() -> None:
    assert video_input(VideoSource(), frozenset()) is None
    assert audio_input(AudioSource()) is None
