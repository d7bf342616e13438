"""The scene tiles: what is on program, what was asked, and what each would show. Pure."""

from collections.abc import Mapping
from typing import Any

from stagebox.kiosk.alarm_words import PICTURE_LOST
from stagebox.kiosk.asked import is_asked
from stagebox.kiosk.scenes import in_order, label_of, shown_in
from stagebox.kiosk.seen import Seen, Translate, names, rows, text
from stagebox.kiosk.unset import tile_words
from stagebox.kiosk.values import Tile
from stagebox.messages.catalogue import short

BLANK = ("", "", "", "", "", "")
"""What stands in the tiles' places until anything is known."""


def tiles_of(seen: Seen, translate: Translate) -> tuple[Tile, ...]:
    """The tiles in their fixed places: before OBS told its scenes, the pack's, not to be touched."""
    there = names(seen.snapshot, "scenes")
    scenes = there or [text(one, "name") for one in rows(seen.snapshot, "pack")] or BLANK
    up = seen.fresh and text(seen.part("obs"), "link") == "up"
    program = text(seen.snapshot, "program_scene") if up else ""
    wanted = text(seen.snapshot, "wanted_scene")
    newest = next((one.target for one in reversed(seen.asked) if one.kind == "switch_scene"), "")
    asked = newest or wanted
    lost = {scene: _lost(seen, scene) for scene in scenes}
    missing = {scene: tile_words(seen, scene, translate) for scene in scenes}
    return tuple(
        Tile(
            scene=scene,
            label=label_of(seen, scene),
            program=bool(scene) and scene == program,
            asked=bool(scene) and scene == asked and scene != program,
            enabled=up and bool(there),
            picture=f"scene/{scene}" if scene else "",
            note=translate(short(text(lost[scene], "code"))) if lost[scene] else "",
            grave=text(lost[scene], "level") == "critical",
            missing=missing[scene][0],
            empty=missing[scene][1],
        )
        for scene in in_order(seen.snapshot, scenes)
    )


def _lost(seen: Seen, scene: str) -> Mapping[str, Any]:
    """The alarm about the picture that a scene would show; empty for none."""
    if not seen.fresh:
        return {}
    for role in shown_in(seen.snapshot, scene):
        for alarm in rows(seen.snapshot, "alarms"):
            if text(alarm, "role") == role and text(alarm, "code") in PICTURE_LOST:
                return alarm
    return {}


def would_do_nothing(seen: Seen, scene: str) -> bool:
    """Whether a touch on `scene` asks for what is, or was asked a moment ago."""
    if is_asked(seen.asked, "switch_scene", scene):
        return True
    pending = any(one.kind == "switch_scene" for one in seen.asked)
    return not pending and text(seen.snapshot, "program_scene") == scene
