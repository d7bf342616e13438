"""What a screen shows of a processed talk beside its report: filmstrip, waveform, loudness, live alarms.

It lies beside the report as `NAME.view`, a JSON object of the schema `stagebox.view/1`, so that a view needs
neither the recording nor ffmpeg.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from stagebox.media.filmstrip import FilmPicture
from stagebox.media.job import LiveAlarm

SCHEMA = "stagebox.view/1"
SUFFIX = ".view"
COLUMNS = 200


@dataclass(frozen=True, slots=True)
class TalkOverview:
    """All of it.

    `loudness_lufs` is None when there is no sound. `waveform` holds the lowest and highest sample, -1 to 1,
    of at most 500 equal steps.
    """

    loudness_lufs: float | None = None
    waveform: tuple[tuple[float, float], ...] = ()
    alarms: tuple[LiveAlarm, ...] = ()
    pictures: tuple[FilmPicture, ...] = ()

    @property
    def poster(self) -> FilmPicture | None:
        """The picture that tells most: the one with the most detail. A black one is the smallest."""
        return max(self.pictures, key=lambda one: len(one.jpeg), default=None)

    def to_json(self) -> bytes:
        """The file's content."""
        value = {
            "schema": SCHEMA,
            "loudness_lufs": self.loudness_lufs,
            "waveform": [[round(low, 3), round(high, 3)] for low, high in self.waveform],
            "alarms": [asdict(alarm) for alarm in self.alarms],
            "pictures": [
                {"at_s": round(one.at_s, 3), "jpeg": base64.b64encode(one.jpeg).decode("ascii")}
                for one in self.pictures
            ],
        }
        return json.dumps(value, ensure_ascii=True).encode()


def path_beside(report: Path) -> Path:
    """Where the overview of the talk with this JSON report lies."""
    return report.with_suffix(SUFFIX)


def read_beside(report: Path) -> TalkOverview:
    """The overview of the talk with this JSON report; an empty one when there is none that can be read."""
    try:
        value = json.loads(path_beside(report).read_bytes())
        if value["schema"] != SCHEMA:
            return TalkOverview()
        return TalkOverview(
            loudness_lufs=value["loudness_lufs"],
            waveform=tuple((float(low), float(high)) for low, high in value["waveform"]),
            alarms=tuple(LiveAlarm(**alarm) for alarm in value["alarms"]),
            pictures=tuple(
                FilmPicture(float(one["at_s"]), base64.b64decode(one["jpeg"], validate=True))
                for one in value["pictures"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return TalkOverview()


def thinned(
    waveform: Sequence[tuple[float, float]], columns: int = COLUMNS
) -> tuple[tuple[float, float], ...]:
    """At most so many columns, each with the lowest and highest of what it stands for, within -1 to 1."""
    if not waveform:
        return ()
    size = max(len(waveform) / columns, 1.0)
    made = []
    for number in range(int(len(waveform) / size)):
        part = waveform[int(number * size) : max(int((number + 1) * size), int(number * size) + 1)]
        made.append((max(min(low for low, _ in part), -1.0), min(max(high for _, high in part), 1.0)))
    return tuple(made)
