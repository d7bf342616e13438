"""Boxes that the scene pack knows are judged by name; marks or layouts that do not fit judge nothing."""

from collections.abc import Callable

import numpy as np
import pytest

from stagebox import resources
from stagebox.media.analysis.fields import glimpse
from stagebox.media.analysis.frame_classifier import FrameKind, YuvFrame
from stagebox.media.analysis.picture_findings import VideoTrackFacts, picture_findings
from stagebox.media.analysis.scene_boxes import BoxStretch, SceneBoxJudge
from stagebox.messages.code_catalogue import say
from stagebox.model.program import COLUMNS, ROWS, OnProgram, SceneBox, SceneLayout
from stagebox.model.report import Code, Severity
from stagebox.model.said import said_of
from stagebox.model.settings import VerifySettings
from stagebox.obs.layouts import layouts_of
from stagebox.obs.pack import load_pack

HEIGHT, WIDTH = 540, 960
SLIDES = SceneBox(role="slides", box=(0.015, 0.0725, 0.725, 0.855))
CAMERA = SceneBox(role="camera", box=(0.755, 0.6325, 0.23, 0.23))
GROUND = 60
BOTH = [OnProgram(scene="combo", start_s=0.0)]


def combo(ground: int = GROUND) -> SceneLayout:
    levels = np.full((ROWS, COLUMNS), ground)
    for left, top, width, height in (SLIDES.box, CAMERA.box):
        rows = slice(max(0, int(top * ROWS) - 1), int((top + height) * ROWS) + 2)
        levels[rows, max(0, int(left * COLUMNS) - 1) : int((left + width) * COLUMNS) + 2] = -1
    return SceneLayout(scene="combo", boxes=(SLIDES, CAMERA), ground=tuple(levels.ravel().tolist()))


FULL = SceneLayout(scene="speaker", boxes=(SceneBox(role="camera", box=(0.0, 0.0, 1.0, 1.0)),))


def put(y: np.ndarray, box: SceneBox, inside: np.ndarray | int) -> None:
    left, top, width, height = box.box
    rows = slice(round(top * HEIGHT), round((top + height) * HEIGHT))
    columns = slice(round(left * WIDTH), round((left + width) * WIDTH))
    shape = y[rows, columns].shape
    y[rows, columns] = inside if isinstance(inside, int) else np.resize(inside, shape)


def noise(number: int) -> np.ndarray:
    """A camera's picture: somebody in front of a wall, never twice the same."""
    chance = np.random.default_rng(number)
    wall = 90 + 30 * np.sin(np.arange(222) / 20 + number / 9)
    return np.clip(np.resize(wall, (124, 222)) + chance.normal(0, 5, (124, 222)), 0, 255)


def text(number: int) -> np.ndarray:
    lines = np.full((460, 694), 230)
    for top in range(20, 420, 40):
        lines[top : top + 16, 20:600:3] = np.random.default_rng(number).integers(20, 200, 194)
    return lines


def scene(slides: np.ndarray | int, camera: np.ndarray | int, ground: int = GROUND) -> YuvFrame:
    y = np.full((HEIGHT, WIDTH), ground)
    put(y, SLIDES, slides)
    put(y, CAMERA, camera)
    return plain(y)


def plain(y: np.ndarray) -> YuvFrame:
    half = np.full((HEIGHT // 2, WIDTH // 2), 128, np.uint8)
    return YuvFrame(y.astype(np.uint8), half, half)


def seen(
    staged: SceneBoxJudge, shown: Callable[[int], YuvFrame], *, looks: int = 60, every_s: int = 5
) -> list[BoxStretch]:
    for number in range(looks):
        picture = shown(number)
        staged.take(picture, glimpse(picture, float(number * every_s)))
    return staged.stretches(float(looks * every_s))


def told(stretches: list[BoxStretch]) -> list[tuple[str, FrameKind | None, float, float]]:
    return [(one.box.role, one.kind, one.start_s, one.end_s) for one in stretches]


@pytest.mark.parametrize("program", [BOTH, []], ids=["by its marks", "by what is around the boxes"])
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (
            lambda n: scene(text(n // 6), 16 if 20 <= n < 40 else noise(n)),
            [("camera", FrameKind.BLACK, 100, 200)],
        ),
        (lambda n: scene(text(n // 6), 16), [("camera", FrameKind.BLACK, 0, 300)]),
        (lambda n: scene(16, noise(n)), [("slides", FrameKind.BLACK, 0, 300)]),
        (
            lambda n: scene(120 if n >= 50 else text(n // 6), noise(n)),
            [("slides", FrameKind.UNIFORM, 250, 300)],
        ),
        (lambda n: scene(text(n // 6), noise(20 if 20 <= n < 40 else n)), [("camera", None, 97.5, 195)]),
        (lambda n: scene(text(n // 6), noise(1)), [("camera", None, 0, 295)]),
        (lambda n: scene(text(n // 6), noise(n)), []),
        (lambda n: scene(text(1), noise(n)), []),
    ],
    ids=[
        "for a time",
        "all along",
        "slides all along",
        "to the end",
        "stops",
        "never moves",
        "well",
        "one slide",
    ],
)
def test_a_box_is_judged_by_itself(
    program: list[OnProgram],
    shown: Callable[[int], YuvFrame],
    expected: list[tuple[str, FrameKind | None, float, float]],
) -> None:
    assert told(seen(SceneBoxJudge([combo(), FULL], program), shown)) == expected


def test_looks_an_minute_apart_tell_that_a_camera_stopped() -> None:
    """As in a talk of an hour: no other rule looks at steps that long."""
    stood = seen(
        SceneBoxJudge([combo()], BOTH), lambda n: scene(text(n), noise(30 if 30 <= n < 40 else n)), every_s=60
    )
    assert told(stood) == [("camera", None, 29.5 * 60, 39 * 60)]


def test_somebody_who_stands_still_is_no_camera_that_stops() -> None:
    """The noise of the wall goes on behind a speaker who does not move for five minutes."""

    def shown(number: int) -> YuvFrame:
        moves = number if not 20 <= number < 40 else 20
        wall = 90 + 30 * np.sin(np.arange(222) / 20 + moves / 9)
        chance = np.random.default_rng(number).normal(0, 2, (124, 222))
        return scene(text(3), np.clip(np.resize(wall, (124, 222)) + chance, 0, 255))

    assert seen(SceneBoxJudge([combo()], BOTH), shown) == []


def test_a_full_camera_is_known_by_the_marks_alone() -> None:
    def shown(number: int) -> YuvFrame:
        y = np.full((HEIGHT, WIDTH), 0)
        y[:, :] = np.resize(noise(20 if 20 <= number < 40 else number), (HEIGHT, WIDTH))
        return plain(y)

    (one,) = seen(SceneBoxJudge([combo(), FULL], [OnProgram(scene="speaker", start_s=0.0)]), shown)
    assert (one.scene, one.kind, one.start_s, one.end_s) == ("speaker", None, 97.5, 195)
    assert seen(SceneBoxJudge([combo(), FULL]), shown) == []


BLACK_CAMERA = scene(text(1), 16)


@pytest.mark.parametrize(
    ("layouts", "program"),
    [
        ([], BOTH),
        ([FULL], BOTH),
        ([combo()], [OnProgram(scene="intro", start_s=0.0)]),
        ([combo(120)], BOTH),
        ([combo(120)], []),
        ([combo(), SceneLayout(scene="twin", boxes=(CAMERA,), ground=combo().ground)], []),
        ([SceneLayout(scene="combo", boxes=(CAMERA,), ground=(1, 2, 3))], []),
        ([combo()], [OnProgram(scene="combo", start_s=500.0)]),
        ([combo()], [OnProgram(scene="combo", start_s=float(at)) for at in range(300)]),
    ],
    ids=[
        "no pack",
        "another pack",
        "a card",
        "looks otherwise",
        "foreign and looks otherwise",
        "two scenes alike",
        "no layout",
        "marks of later",
        "always changing",
    ],
)
def test_marks_and_layouts_that_do_not_fit_judge_nothing(
    layouts: list[SceneLayout], program: list[OnProgram]
) -> None:
    assert seen(SceneBoxJudge(layouts, program), lambda n: BLACK_CAMERA) == []


def test_where_nobody_knew_the_scene_it_is_known_by_its_ground() -> None:
    program = [OnProgram(scene="", start_s=0.0), OnProgram(scene="combo", start_s=150.0)]
    (first, second) = seen(SceneBoxJudge([combo()], program), lambda n: BLACK_CAMERA)
    assert (first.start_s, first.end_s, second.end_s) == (0.0, 150.0, 300.0)


def test_a_change_of_scene_ends_what_is_wrong() -> None:
    program = [OnProgram(scene="combo", start_s=0.0), OnProgram(scene="screen", start_s=62.0)]
    (one,) = seen(SceneBoxJudge([combo()], program), lambda n: BLACK_CAMERA)
    assert (one.start_s, one.end_s) == (0.0, 62.0)


def test_what_is_found_names_the_source() -> None:
    def box(of: SceneBox, kind: FrameKind | None, length_s: float) -> BoxStretch:
        return BoxStretch(100.0, 100.0 + length_s, of, "combo", kind)

    facts = VideoTrackFacts(
        length_s=1000.0,
        boxes=(
            box(CAMERA, FrameKind.BLACK, 70),
            box(SLIDES, FrameKind.WORDS, 70),
            box(CAMERA, None, 90),
            box(CAMERA, None, 5),
        ),
    )
    found = picture_findings(facts, VerifySettings(), camera=False)
    assert [(one.code, one.severity) for one in found] == [
        (Code.BLACK, Severity.WARNING),
        (Code.NO_SIGNAL, Severity.WARNING),
        (Code.FROZEN, Severity.WARNING),
    ]
    said = [said_of(one.message) for one in found]
    assert [one.code for one in said] == ["black+camera", "no_signal+slides", "frozen+camera"]
    assert said[1].facts["seen"] == said_of(say("no_signal+words"))
    assert found[0].evidence["source"] == "camera"
    assert found[0].evidence["scene"] == "combo"


def test_the_conference_pack_has_a_scene_with_ground() -> None:
    layouts = {
        layout.scene: layout for layout in layouts_of(load_pack("conference", resources.folder("scenes")))
    }
    assert {name for name, layout in layouts.items() if layout.boxes} == {"screen", "speaker", "combo"}
    assert {name for name, layout in layouts.items() if not layout.sound} == {
        "intro",
        "intermission",
        "outro",
    }
    assert layouts["screen"].ground == ()
    assert {box.role for box in layouts["combo"].boxes} == {"slides", "camera"}
    assert len(layouts["combo"].ground) == ROWS * COLUMNS
    assert 0.05 < sum(level >= 0 for level in layouts["combo"].ground) / (ROWS * COLUMNS) < 0.4
