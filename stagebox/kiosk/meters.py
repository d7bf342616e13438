"""Meters that move like meters: fast up, slow down, the peak held, a clip latched. Pure."""

from dataclasses import dataclass, replace

from stagebox.model.levels import MeterLevels

FLOOR_DBFS = -60.0
FALL_DB_PER_S = 20.0
HOLD_S = 1.5
CLIP_DBFS = -0.1
MOST_CHANNELS = 2
TELL_EVERY_S = 0.3
"""The figure beside the bars changes no faster than it can be read."""
CLIP_TOLD_S = 10.0
"""So long a clip is said instead of the level; its light stays on until a person touches the meter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One bar. Levels are dBFS; `clipped` stays until a person touches the meter."""

    level_dbfs: float = FLOOR_DBFS
    peak_dbfs: float = FLOOR_DBFS
    peak_at: float = 0.0
    clipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meters:
    """All bars at the monotonic second `at`; `known` is False while nobody tells levels.

    `clips` is the appliance's count of clips. `told_dbfs` is the loudest bar as a figure, told at `told_at`;
    `clipped_at` is when it last clipped.
    """

    channels: tuple[Channel, ...] = ()
    at: float = 0.0
    known: bool = False
    clips: int = 0
    told_dbfs: float = FLOOR_DBFS
    told_at: float = 0.0
    clipped_at: float | None = None

    @property
    def too_loud(self) -> bool:
        """Whether the last clip is so new that it is said in words."""
        return self.clipped_at is not None and self.at - self.clipped_at < CLIP_TOLD_S


def moved(before: Meters, sound: MeterLevels, now: float, *, fresh: bool) -> Meters:
    """The meters after `sound` (a reading of levels, or the snapshot's health.sound) was seen at `now`."""
    told = sound.channels[:MOST_CHANNELS]
    if not fresh or not told:
        return Meters(at=now)
    passed_s = max(0.0, now - before.at) if before.known else 0.0
    fall_db = FALL_DB_PER_S * passed_s
    clips = sound.clipped
    more_clips = before.known and clips > before.clips
    channels, clips_now = [], more_clips
    for index, one in enumerate(told):
        old = before.channels[index] if before.known and index < len(before.channels) else Channel()
        rms = _level(one.rms_dbfs)
        peak = _level(one.peak_dbfs)
        held = old.peak_dbfs if now - old.peak_at < HOLD_S else max(FLOOR_DBFS, old.peak_dbfs - fall_db)
        risen = peak >= held
        clips_now = clips_now or peak >= CLIP_DBFS
        channels.append(
            Channel(
                level_dbfs=max(rms, old.level_dbfs - fall_db),
                peak_dbfs=peak if risen else held,
                peak_at=now if risen else old.peak_at,
                clipped=old.clipped or more_clips or peak >= CLIP_DBFS,
            )
        )
    tell = not before.known or now - before.told_at >= TELL_EVERY_S
    return Meters(
        channels=tuple(channels),
        at=now,
        known=True,
        clips=clips,
        told_dbfs=max(one.level_dbfs for one in channels) if tell else before.told_dbfs,
        told_at=now if tell else before.told_at,
        clipped_at=now if clips_now else before.clipped_at,
    )


def unlatched(before: Meters) -> Meters:
    """The meters with every clip light off."""
    channels = tuple(replace(one, clipped=False) for one in before.channels)
    return replace(before, channels=channels, clipped_at=None)


def _level(value: float) -> float:
    return max(FLOOR_DBFS, min(0.0, value))
