"""Faults that a rehearsal can play: each is done to the venue, never to the appliance's own reports."""

from collections.abc import Callable
from dataclasses import dataclass

from stagebox.rehearsal.venue import Venue

BEGINS_SHARE, ENDS_SHARE = 0.35, 0.7
"""A fault begins and ends at these shares of the rehearsal's length."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is done to the venue, and how it is undone; `words` say it to a person."""

    words: str
    begin: Callable[[Venue], None]
    end: Callable[[Venue], None]


def _slides_back(venue: Venue) -> None:
    venue.slides.restore()


def _camera_back(venue: Venue) -> None:
    venue.camera.restore()


def _mic_back(venue: Venue) -> None:
    venue.mic.restore()


FAULTS: dict[str, Fault] = {
    "camera-frozen": Fault("the camera stands still", lambda venue: venue.camera.freeze(), _camera_back),
    "mic-clipping": Fault("the microphone is far too loud", lambda venue: venue.mic.gain(30.0), _mic_back),
    "mic-one-channel": Fault(
        "one channel of the microphone is dead", lambda venue: venue.mic.one_channel(), _mic_back
    ),
    "mic-pulled": Fault("the microphone is pulled out", lambda venue: venue.mic.unplug(), _mic_back),
    "mic-silent": Fault("the microphone is silent", lambda venue: venue.mic.silence(), _mic_back),
    "slides-black": Fault(
        "the presenter's laptop shows black", lambda venue: venue.slides.black(), _slides_back
    ),
    "slides-lost": Fault(
        "the presenter's laptop is pulled out", lambda venue: venue.slides.kill(), _slides_back
    ),
    "slides-no-signal": Fault(
        "the presenter's laptop shows an even blue", lambda venue: venue.slides.blank(0, 0, 200), _slides_back
    ),
}
"""By the name that `stagebox rehearse --fault` takes."""
