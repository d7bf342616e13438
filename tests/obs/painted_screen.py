"""Presenter's and camera's screens that a test paints on, kills and brings back; and OBS looking at them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stagebox.health.folds.pictures import fold_pictures
from stagebox.health.picture_features import Pixels
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts, PictureReading
from stagebox.model.remedies import RemedyTaken
from stagebox.obs.remedy_requests import WatchedSource
from stagebox.rehearsal.children import VenueHousehold
from stagebox.rehearsal.display import Display, write_authority
from tests.venue_tools import RealObs, running_obs

SCENE = "pictures"


def show(display: Display, pixels: Pixels) -> None:
    """Paint red-green-blue pixels over the whole display."""
    scaled = np.asarray(Image.fromarray(pixels).resize((display.width, display.height)))
    whole = np.zeros((display.height, display.width, 4), np.uint8)
    whole[:, :, :3] = scaled[:, :, ::-1]
    assert display.paint((0, 0, whole))


@dataclass
class Room:
    """A real OBS that looks at two displays of ours."""

    obs: RealObs
    slides: Display
    camera: Display

    def source(self, role: str) -> WatchedSource:
        display = self.slides if role == "slides" else self.camera
        return WatchedSource(
            role=role,  # type: ignore[arg-type]  # One of the two.
            input_name=f"test {role}",
            kind="x11",
            device=display.name,
            scenes=("no such scene", SCENE),
        )


@contextmanager
def room_below(folder: Path) -> Iterator[Room]:
    """Start all of it, with the inputs in a scene on program."""
    house = folder / "house"
    house.mkdir()
    household = VenueHousehold(house)
    try:
        authority = house / "authority"
        write_authority(authority)
        slides = Display(household, "slides", 640, 360, authority)
        camera = Display(household, "camera", 320, 180, authority)
        slides.start()
        camera.start()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XAUTHORITY", str(authority))
            with running_obs(folder / "obs") as obs:
                room = Room(obs, slides, camera)
                with obs.connect() as connection:
                    connection.request("CreateScene", {"sceneName": SCENE})
                    connection.request("SetCurrentProgramScene", {"sceneName": SCENE})
                    for role in ("slides", "camera"):
                        source = room.source(role)
                        connection.request(
                            "CreateInput",
                            {
                                "sceneName": SCENE,
                                "inputName": source.input_name,
                                "inputKind": "xshm_input",
                                "inputSettings": {"advanced": True, "server": source.device},
                            },
                        )
                yield room
    finally:
        household.close()


@dataclass
class Watcher:
    """Takes what the prober posts, folds it as the engine does, and waits for what it comes to."""

    pictures: dict[str, PictureFacts] = field(default_factory=dict)
    looks: list[tuple[float, PictureReading]] = field(default_factory=list)
    taken: list[RemedyTaken] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def post(self, observation: PictureReading | RemedyTaken) -> None:
        now = time.monotonic()
        with self._changed:
            if isinstance(observation, PictureReading):
                before = self.pictures.get(observation.role, PictureFacts())
                self.pictures[observation.role] = fold_pictures(before, observation, now)
                self.looks.append((now, observation))
            else:
                self.taken.append(observation)
            self._changed.notify_all()

    def looks_since(self, at: float, role: str) -> int:
        """How many looks at a role were posted after a moment."""
        with self._changed:
            return sum(posted > at and look.role == role for posted, look in self.looks)

    def wait_for(self, holds: Callable[[HealthFacts, float], bool], timeout_s: float = 15.0) -> float:
        """Wait until `holds` is true of the facts, and return when that was (monotonic seconds)."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while True:
                now = time.monotonic()
                if holds(HealthFacts(pictures=dict(self.pictures)), now):
                    return now
                assert now < deadline, f"not in time; the facts: {self.pictures}, {self.taken}"
                self._changed.wait(deadline - now)
