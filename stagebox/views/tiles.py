"""The scene tiles: what is on program, what was asked, and what each would show. Pure."""

from stagebox.messages.code_catalogue import short
from stagebox.model.alarms import Alarm
from stagebox.model.health_view import PICTURE_LOST
from stagebox.views.asked import is_asked
from stagebox.views.scenes import in_order, label_of, shown_in
from stagebox.views.seen import Seen, Translate
from stagebox.views.unset import tile_words
from stagebox.views.values import Tile

BLANK = ("", "", "", "", "", "")
"""What stands in the tiles' places until anything is known."""


def tiles_of(seen: Seen, translate: Translate) -> tuple[Tile, ...]:
    """The tiles in their fixed places: before OBS told its scenes, the pack's, not to be touched."""
    there = seen.snapshot.scenes
    scenes = there or [one.name for one in seen.snapshot.pack] or BLANK
    up = seen.fresh and seen.snapshot.obs.link == "up"
    program = seen.snapshot.program_scene if up else ""
    wanted = seen.snapshot.wanted_scene
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
            note=translate(short(alarm.code)) if (alarm := lost[scene]) is not None else "",
            grave=alarm is not None and alarm.level == "critical",
            missing=missing[scene][0],
            empty=missing[scene][1],
        )
        for scene in in_order(seen.snapshot, scenes)
    )


def _lost(seen: Seen, scene: str) -> Alarm | None:
    """The alarm about the picture that a scene would show; None for none."""
    if not seen.fresh:
        return None
    for role in shown_in(seen.snapshot, scene):
        for alarm in seen.snapshot.alarms:
            if alarm.role == role and alarm.code in PICTURE_LOST:
                return alarm
    return None


def would_do_nothing(seen: Seen, scene: str) -> bool:
    """Whether a touch on `scene` asks for what is, or was asked a moment ago."""
    if is_asked(seen.asked, "switch_scene", scene):
        return True
    pending = any(one.kind == "switch_scene" for one in seen.asked)
    return not pending and seen.snapshot.program_scene == scene
