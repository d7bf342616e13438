"""Where the scenes of a pack show slides and camera, and what they look like around them.

Done without numpy: `process` asks for it while its workers load.
"""

import math

from PIL import Image

from stagebox.model.program import COLUMNS, ROWS, SceneBox, SceneLayout
from stagebox.obs.pack import PackItem, Scene, ScenePack

BLACK_LEVEL = 16
LEAST_GROUND_SHARE = 0.05
"""With less around its boxes, a scene cannot be known by that."""
_LUMA = (0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, BLACK_LEVEL)
"""BT.709 in video levels, as OBS draws."""
_CHANGES = -1


def layouts_of(pack: ScenePack) -> tuple[SceneLayout, ...]:
    """The pack's scenes; one with a picture that cannot be read has no ground."""
    return tuple(_layout(pack, scene) for scene in pack.scenes)


def _layout(pack: ScenePack, scene: Scene) -> SceneLayout:
    boxes = tuple(SceneBox(role=item.show, box=item.box) for item in scene.items if item.show is not None)
    if not boxes:
        return SceneLayout(scene=scene.name, boxes=(), sound=scene.sound)
    ground = [[BLACK_LEVEL] * COLUMNS for _ in range(ROWS)]
    for item in scene.items:
        rows, columns = _fields(item)
        try:
            levels = _levels(pack, item, len(rows), len(columns))
        except OSError:
            return SceneLayout(scene=scene.name, boxes=boxes, sound=scene.sound)
        for number, row in enumerate(rows):
            start = number * len(columns)
            ground[row][columns.start : columns.stop] = levels[start : start + len(columns)]
    told = tuple(level for row in ground for level in row)
    known = sum(level != _CHANGES for level in told) / len(told)
    ground_told = told if known >= LEAST_GROUND_SHARE else ()
    return SceneLayout(scene=scene.name, boxes=boxes, ground=ground_told, sound=scene.sound)


def _fields(item: PackItem) -> tuple[range, range]:
    """The fields of an item's box; of what changes, one more on each side: those at its edges are of both."""
    left, top, width, height = item.box
    more = 0 if item.picture is not None and item.fill else 1
    return (
        range(max(0, int(top * ROWS) - more), min(ROWS, math.ceil((top + height) * ROWS) + more)),
        range(max(0, int(left * COLUMNS) - more), min(COLUMNS, math.ceil((left + width) * COLUMNS) + more)),
    )


def _levels(pack: ScenePack, item: PackItem, rows: int, columns: int) -> list[int]:
    """A picture's luma in so many fields, row by row; raises OSError when it cannot be read.

    Of what is no picture, or keeps its shape inside its box, nothing is known.
    """
    if item.picture is None or not item.fill:
        return [_CHANGES] * (rows * columns)
    with Image.open(pack.folder / item.picture) as image:
        small = image.convert("RGB").resize((columns, rows), Image.Resampling.BOX)
    return list(small.convert("L", matrix=_LUMA).tobytes())
