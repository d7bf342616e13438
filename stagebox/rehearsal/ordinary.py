"""An ordinary talk in the venue, moment by moment: what happens in each hall and must not raise an alarm."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from stagebox.rehearsal.venue import Venue

TERMINAL = 2
"""The dark slide of `slides.TALK`."""
DRAWN_S = 0.3
"""After this long a slide is painted, and can stand still."""


@dataclass(frozen=True, slots=True)
class TalkMoment:
    """One stretch of the talk: for `seconds`, the scene on program, a slide that stands still, the sound.

    `slide` None lets the slides change. `sound` is speech, pause (the noise of a quiet hall) or applause.
    """

    words: str
    seconds: float
    scene: str
    slide: int | None = None
    sound: str = "speech"


TALK: tuple[TalkMoment, ...] = (
    TalkMoment("a still slide", 40, "combo", slide=0),
    TalkMoment("a dark terminal", 40, "screen", slide=TERMINAL),
    TalkMoment("a pause for thought", 18, "screen", slide=TERMINAL, sound="pause"),
    TalkMoment("slides that change", 30, "combo"),
    TalkMoment("applause", 9, "speaker", slide=4, sound="applause"),
    TalkMoment("questions", 30, "speaker", slide=5),
    TalkMoment("a pause before an answer", 12, "combo", slide=5, sound="pause"),
    TalkMoment("a title card in between", 15, "intermission", slide=5),
)


def play(venue: Venue, switch: Callable[[str], None], stop: threading.Event) -> Iterator[TalkMoment]:
    """Play the talk over and over until `stop`; yields each moment when it has begun.

    Whoever iterates waits its length. Raises what `switch` raises.
    """
    scene = ""
    for moment in cycle(TALK):
        if stop.is_set():
            return
        venue.slides.restore()
        venue.slides.pin(moment.slide)
        venue.mic.sounds(moment.sound)
        if moment.scene != scene:
            switch(moment.scene)
            scene = moment.scene
        if moment.slide is not None:
            stop.wait(DRAWN_S)
            venue.slides.freeze()
        yield moment
