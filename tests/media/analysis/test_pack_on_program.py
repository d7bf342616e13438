"""Recordings of the pack's own scene, as real files: what a box lacks is found and named, also all along."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stagebox import resources
from stagebox.media.job import Job
from stagebox.media.pipeline import process_recording, verify_recording
from stagebox.model.program import OnProgram
from stagebox.model.report import Code, Report, Verdict
from stagebox.model.settings import Settings
from stagebox.obs.layouts import layouts_of
from stagebox.obs.pack import load_pack
from tests.media.analysis.sights import (
    BLACK,
    HEIGHT,
    RARE_KEYS,
    WIDTH,
    Painter,
    Pixels,
    camera,
    film,
    frozen,
    one_colour,
    shrunk,
    slides,
)

pytestmark = pytest.mark.venue

PACK = load_pack("conference", resources.folder("scenes"))
LAYOUTS = layouts_of(PACK)
LENGTH_S = 90.0


def both(slides: Painter, camera: Painter) -> Painter:
    """The pack's scene with both, as OBS draws it."""
    (scene,) = (scene for scene in PACK.scenes if scene.name == "combo")
    picture = next(item.picture for item in scene.items if item.picture)
    with Image.open(PACK.folder / picture) as image:
        back = np.asarray(image.convert("RGB").resize((WIDTH, HEIGHT)))

    boxes = [(item.box, item.show) for item in scene.items if item.show is not None]
    into = [(box, shrunk(slides if show == "slides" else camera, box)) for box, show in boxes]

    def paint(time_s: float, chance: np.random.Generator) -> Pixels:
        made = back.copy()
        for (left, top, _width, _height), painter in into:
            small = painter(time_s, chance)
            x, y = round(left * WIDTH), round(top * HEIGHT)
            made[y : y + small.shape[0], x : x + small.shape[1]] = small
        return made

    return paint


def sources_of(report: Report) -> list[tuple[Code, object]]:
    return [
        (one.code, one.evidence.get("source"))
        for one in report.findings
        if one.code in (Code.BLACK, Code.NO_SIGNAL, Code.FROZEN)
    ]


@pytest.mark.parametrize(
    ("painter", "expected"),
    [
        (both(slides(), BLACK), [(Code.BLACK, "camera")]),
        (both(one_colour(0, 0, 180), camera()), [(Code.NO_SIGNAL, "slides")]),
        (both(slides(), frozen(camera(), 3.0)), [(Code.FROZEN, "camera")]),
        (both(slides(each_s=200.0), camera()), []),
        (both(slides("#101418", "#d0d0d0"), camera(light=0.45)), []),
    ],
    ids=["no camera", "no slides", "a camera that stands", "one slide", "dark slides, dim stage"],
)
def test_a_box_that_is_wrong_all_along_is_found_without_marks(
    tmp_path: Path, painter: Painter, expected: list[tuple[Code, object]]
) -> None:
    path = film(tmp_path / "talk.flv", [(painter, LENGTH_S)], codec=RARE_KEYS)
    report = verify_recording(path, Settings(), layouts=LAYOUTS)
    assert sources_of(report) == expected
    assert [one.code for one in verify_recording(path, Settings()).findings if one.code is Code.FROZEN] == []


def test_marks_say_which_scene_it_was_and_a_part_of_the_talk_is_told(tmp_path: Path) -> None:
    painter = both(slides(), camera())
    parts = [(painter, 30.0), (both(slides(), frozen(camera(), 30.0)), 45.0), (painter, 30.0)]
    path = film(tmp_path / "talk.flv", parts, codec=RARE_KEYS)
    program = (OnProgram(scene="combo", start_s=0.0),)
    (tmp_path / "out").mkdir()
    report = process_recording(Job((path,), tmp_path / "out", layouts=LAYOUTS, program=program), Settings())
    (one,) = (one for one in report.findings if one.code is Code.FROZEN)
    assert abs(one.start_s - 30) <= 5
    assert abs(one.end_s - 75) <= 9
    assert (one.evidence["source"], one.evidence["scene"]) == ("camera", "combo")
    other = (OnProgram(scene="screen", start_s=0.0),)
    again = process_recording(Job((path,), tmp_path / "out", layouts=LAYOUTS, program=other), Settings())
    assert not [one for one in again.findings if one.evidence.get("source")]
    assert again.verdict in (Verdict.OK, Verdict.FLAGGED)
