"""The scene tiles: what is on program, what was asked, and what each would show. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from stagebox.kiosk.alarm_words import PICTURE_LOST, short_words
from stagebox.kiosk.asked import is_asked
from stagebox.kiosk.seen import Seen, Translate, names, rows, text
from stagebox.kiosk.unset import tile_words
from stagebox.kiosk.values import Tile

ORDER = ("screen", "combo", "speaker", "intro", "intermission", "outro")
CARDS = frozenset({"intro", "intermission", "outro"})
SHOWS = {"screen": ("slides",), "combo": ("slides", "camera"), "speaker": ("camera",)}
"""Which sources a scene of the conference pack shows."""


def label_of(scene: str, translate: Translate) -> str:
    """What a scene is called on its tile; one that is not of the pack keeps its name in OBS."""
    known = {
        "screen": translate("tiles", "Screen"),
        "combo": translate("tiles", "Both"),
        "speaker": translate("tiles", "Speaker"),
        "intro": translate("tiles", "Intro"),
        "intermission": translate("tiles", "Intermission"),
        "outro": translate("tiles", "Outro"),
    }
    return known.get(scene.casefold(), scene)


def tiles_of(seen: Seen, translate: Translate) -> tuple[Tile, ...]:
    """The tiles in their fixed places: before OBS told its scenes, the pack's six, not to be touched."""
    there = names(seen.snapshot, "scenes")
    up = seen.fresh and text(seen.part("obs"), "link") == "up"
    program = text(seen.snapshot, "program_scene") if up else ""
    wanted = text(seen.snapshot, "wanted_scene")
    newest = next((one.target for one in reversed(seen.asked) if one.kind == "switch_scene"), "")
    asked = newest or wanted
    lost = {scene: _lost(seen, scene) for scene in there or ORDER}
    missing = {scene: tile_words(seen, scene, translate) for scene in there or ORDER}
    return tuple(
        Tile(
            scene=scene,
            label=label_of(scene, translate),
            program=scene == program,
            asked=scene == asked and scene != program,
            enabled=up and bool(there),
            picture=f"scene/{scene}",
            note=short_words(text(lost[scene], "code"), translate) if lost[scene] else "",
            grave=text(lost[scene], "level") == "critical",
            missing=missing[scene][0],
            empty=missing[scene][1],
        )
        for scene in ranked(there or ORDER)
    )


def ranked(scenes: Iterable[str]) -> list[str]:
    """Scenes in the order of their tiles, as many as there are tiles."""
    return sorted(scenes, key=_rank)[:12]


def _rank(scene: str) -> tuple[int, str]:
    folded = scene.casefold()
    return (ORDER.index(folded) if folded in ORDER else len(ORDER), folded)


def _lost(seen: Seen, scene: str) -> Mapping[str, Any]:
    """The alarm about the picture that a scene would show; empty for none."""
    if not seen.fresh:
        return {}
    for role in SHOWS.get(scene.casefold(), ()):
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
