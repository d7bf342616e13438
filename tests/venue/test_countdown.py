"""The countdown as viewers see it: on real OBS's program, second by second, until the talk starts."""

import io
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from pydantic import SecretStr

from stagebox.obs.cards import countdown_words, draw_countdown
from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.screenshot import screenshot
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue
from stagebox.rehearsal.venue_settings import CANVAS_HEIGHT, CANVAS_WIDTH

pytestmark = [pytest.mark.venue, pytest.mark.timeout(120)]

CANVAS = (CANVAS_WIDTH, CANVAS_HEIGHT)
LEFT, TOP = round(0.502 * CANVAS_WIDTH), round(0.012 * CANVAS_HEIGHT)
"""Where the conference pack puts it."""
COUNTS_S = 9
"""From how much it counts down."""
LATE_S = 2.2
"""OBS looks once a second whether the picture has changed; the rest is drawing on a busy machine."""
NOTHING = ""
SURE = 0.7

Shape = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Look:
    """What the countdown on program said, and at which wall time."""

    utc: float
    words: str


class Reader:
    """Tells which words the countdown shows, by their shapes; "" when it shows none."""

    def __init__(self, planned_start: str, starts_utc: float, folder: Path) -> None:
        self._known = {}
        for left_s in range(1, COUNTS_S + 30):
            words = countdown_words(planned_start, starts_utc - left_s)
            with Image.open(draw_countdown(folder, CANVAS, words)) as picture:
                self._known[words] = _shape(np.asarray(picture)[:, :, 3].astype(np.float64))
        self._size = next(iter(self._known.values())).shape

    def read(self, jpeg: bytes) -> str:
        """The words in this picture of the program."""
        with Image.open(io.BytesIO(jpeg)) as picture:
            luma = np.asarray(picture.convert("L"), np.float64)
        height, width = self._size
        seen = _shape(luma[TOP : TOP + height, LEFT : LEFT + width])
        alike = {words: float((seen * shape).mean()) for words, shape in self._known.items()}
        best = max(alike, key=lambda words: alike[words])
        return best if alike[best] > SURE else NOTHING


def _shape(values: Shape) -> Shape:
    spread = float(values.std())
    return (values - values.mean()) / (spread if spread > 0 else 1.0)


@dataclass(frozen=True)
class Counted:
    """All looks, from before the intro's first second to after the start."""

    planned_start: str
    starts_utc: float
    looks: tuple[Look, ...]

    def changes(self) -> Iterator[Look]:
        """The first look at each new text."""
        said = None
        for look in self.looks:
            if look.words != said:
                yield look
            said = look.words


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    """A talk that starts in some seconds, with the intro on program, looked at until after its start."""
    with Venue() as venue, ServingVenue(venue, tmp_path_factory.mktemp("serve")) as serving:
        starts_utc = math.floor(time.time()) + COUNTS_S + 2.0
        planned_start = datetime.fromtimestamp(starts_utc, UTC).isoformat()
        reader = Reader(planned_start, starts_utc, tmp_path_factory.mktemp("known"))
        talk = {"title": "Countdown", "planned_start": planned_start}
        for want in (
            {"kind": "set_talk", "talk": talk},
            {"kind": "switch_scene", "scene": "intro"},
        ):
            assert serving.client.send(want)["status"] == "done"
        obs = serving.obs
        target = ObsTarget(obs["host"], obs["port"], SecretStr(obs["password"]))
        looks = []
        with ObsConnection(target, timeout_s=5.0) as connection:
            while time.time() < starts_utc + LATE_S + 1.0:
                program = connection.request("GetCurrentProgramScene")["currentProgramSceneName"]
                jpeg = screenshot(connection, str(program), *CANVAS)
                looks.append(Look(time.time(), reader.read(jpeg)))
        return Counted(planned_start, starts_utc, tuple(looks))


def test_the_program_counts_down_a_second_at_a_time(counted: Counted) -> None:
    said = [look.words for look in counted.changes() if look.words != NOTHING]
    assert said == sorted(set(said), reverse=True), "it only ever counts down, and never vanishes in between"
    # OBS's own second is a little longer than ours: now and then it jumps over one.
    assert len(said) >= COUNTS_S - 4, said


def test_what_it_says_was_true_a_moment_ago(counted: Counted) -> None:
    for look in counted.looks:
        if look.words != NOTHING:
            lately = np.arange(0.0, LATE_S, 0.1)
            assert look.words in {countdown_words(counted.planned_start, look.utc - late) for late in lately}


def test_it_is_gone_when_the_talk_starts(counted: Counted) -> None:
    last = max(look.utc for look in counted.looks if look.words != NOTHING)
    assert counted.starts_utc - 2.0 <= last <= counted.starts_utc + LATE_S
    assert counted.looks[-1].words == NOTHING
