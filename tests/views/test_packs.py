"""A pack of another house, with eight scenes and two languages: no line of Python knows its names."""

from pathlib import Path
from typing import Any

import pytest
from pydantic_core import to_jsonable_python

from stagebox.engine.rules import ReducerRules
from stagebox.model.observations import ProgramSceneEvent
from stagebox.model.report import Code
from stagebox.obs.pack import ScenePack, load_pack
from stagebox.views.button_box import button_box_of
from stagebox.views.returned import followed
from stagebox.views.seen import Left, Seen
from stagebox.views.view import view_of
from tests.engine.messages import Box, obs_connected
from tests.views.seeing import seeing
from tests.views.snapshots import NOW, alarm, recording, well, with_box

NAMES = ["wide", "lectern", "slides", "board", "panel", "welcome", "lunch", "thanks"]
TOML = """
format = 1
name = "other house"
go_live = "welcome"
[[scenes]]
name = "wide"
label = "Hall and slides"
labels = { de = "Saal und Folien" }
sound = true
items = [{ show = "slides", box = [0, 0, 0.7, 1] }, { show = "camera", box = [0.7, 0.7, 0.3, 0.3] }]
[[scenes]]
name = "lectern"
label = "Lectern"
labels = { de = "Pult" }
sound = true
items = [{ show = "camera", box = [0, 0, 1, 1] }]
[[scenes]]
name = "slides"
label = "Slides"
labels = { de = "Folien" }
sound = true
items = [{ show = "slides", box = [0, 0, 1, 1] }]
[[scenes]]
name = "board"
label = "Board"
labels = { de = "Tafel" }
sound = true
items = [{ picture = "frame.png", box = [0, 0, 1, 1] }, { show = "camera", box = [0, 0.2, 0.8, 0.8] }]
[[scenes]]
name = "panel"
label = "Panel"
labels = { de = "Podium" }
sound = true
items = [{ show = "camera", box = [0, 0, 1, 0.5] }, { show = "slides", box = [0, 0.5, 1, 0.5] }]
[[scenes]]
name = "welcome"
label = "Welcome"
labels = { de = "Willkommen" }
items = [{ card = "intro", box = [0, 0, 1, 1] }]
[[scenes]]
name = "lunch"
label = "Lunch"
labels = { de = "Mittagspause" }
items = [{ card = "intermission", box = [0, 0, 1, 1] }, { card = "countdown", box = [0.5, 0, 0.4, 0.1] }]
[[scenes]]
name = "thanks"
label = "Thanks"
labels = { de = "Danke" }
items = [{ card = "outro", box = [0, 0, 1, 1] }]
"""


@pytest.fixture
def pack(tmp_path: Path) -> ScenePack:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "pack.toml").write_text(TOML, encoding="utf-8")
    (folder / "frame.png").write_bytes(b"")
    return load_pack(str(folder), tmp_path)


def seen(pack: ScenePack, snapshot: dict[str, Any], language: str = "de", **changes: Any) -> Seen:
    known = snapshot | {"scenes": sorted(NAMES), "pack": to_jsonable_python(pack.told)}
    return seeing(known, age_s=0.1, utc_s=NOW, language=language, catalogued=True, **changes)


def test_tiles_stand_in_the_packs_order_and_are_called_as_it_says(pack: ScenePack) -> None:
    german = view_of(seen(pack, well(program_scene="panel"))).tiles
    assert [one.scene for one in german] == NAMES
    assert [one.label for one in german][:2] == ["Saal und Folien", "Pult"]
    assert [one.scene for one in german if one.program] == ["panel"]
    english = view_of(seen(pack, well(), language="en")).tiles
    assert english[0].label == "Hall and slides"
    nobody_speaks_it = view_of(seen(pack, well(), language="cs")).tiles
    assert nobody_speaks_it[0].label == "Hall and slides"


def test_a_tile_knows_what_it_would_show(pack: ScenePack) -> None:
    tiles = view_of(seen(pack, well(alarms=[alarm("black", "slides", "critical")]), language="en")).tiles
    assert [one.scene for one in tiles if one.note] == ["wide", "slides", "panel"]


def test_lost_slides_are_left_by_a_touch_for_the_first_scene_without_them_and_offered_again(
    pack: ScenePack,
) -> None:
    lost = recording(program_scene="wide", alarms=[alarm("black", "slides")])
    (banner,) = view_of(seen(pack, lost)).alarms
    assert (banner.button.target, "Pult" in banner.button.label) == ("lectern", True)
    told = seen(pack, lost).snapshot
    left = followed(None, told, 1.0)
    assert left == Left(role="slides", scene="wide")
    back = seen(pack, recording(program_scene="lectern"))
    left = followed(left, back.snapshot, 2.0)
    (hint,) = view_of(seen(pack, recording(program_scene="lectern"), left=left)).hints
    assert (hint.button.target, "Saal und Folien" in hint.button.label) == ("wide", True)


def test_where_both_pictures_are_lost_no_touch_leads_to_the_other_lost_one(pack: ScenePack) -> None:
    lost = [alarm("black", "slides"), alarm("no_signal", "camera")]
    alarms = view_of(seen(pack, recording(program_scene="wide", alarms=lost))).alarms
    assert [one.button.kind for one in alarms] == ["", ""]


@pytest.mark.parametrize("told", [None, [], [{"name": 7}], "rubbish"])
def test_scenes_of_which_nothing_is_known_keep_their_names_and_claim_nothing(told: object) -> None:
    known = well(program_scene="wide", scenes=["wide", "lectern"], pack=told)
    view = view_of(seeing(known, age_s=0.1, utc_s=NOW, catalogued=True))
    assert [(one.scene, one.label) for one in view.tiles] == [("lectern", "lectern"), ("wide", "wide")]
    lost = recording(program_scene="wide", scenes=["wide"], pack=told, alarms=[alarm("black", "slides")])
    view = view_of(seeing(lost, age_s=0.1, utc_s=NOW, catalogued=True))
    assert [one.button.kind for one in view.alarms] == [""]


def test_its_cards_are_cards_by_what_they_are(pack: ScenePack) -> None:
    health = well()["health"] | {str(Code.CARD_ON_PROGRAM): True}
    (hint,) = view_of(seen(pack, recording(program_scene="lunch", health=health))).hints
    assert "Mittagspause" in hint.text
    assert hint.button.target == "wide"
    (hint,) = view_of(seen(pack, recording(program_scene="thanks", health=health))).hints
    assert (hint.key, "Danke" in hint.text) == ("outro", True)


def test_the_button_box_offers_its_scenes_by_their_labels(pack: ScenePack) -> None:
    page = button_box_of(
        seen(pack, with_box()),
        lambda text: text,
    )
    deeds = [one.target for one in page.deeds if one.target.startswith("scene ")]
    assert deeds == [f"scene {name}" for name in NAMES]
    assert [one.name for one in page.deeds][:2] == ["Scene Saal und Folien", "Scene Pult"]


def test_the_engine_keeps_its_words_of_thanks_and_misses_its_scenes(pack: ScenePack) -> None:
    box = Box(rules=ReducerRules(scenes=pack.told, own_name="stagebox"))
    box.say(obs_connected(program="Intro"))
    box.say(ProgramSceneEvent(generation=1, scene="thanks"))
    box.wait(30.0)
    assert box.codes() == ["scenes_gone"]
