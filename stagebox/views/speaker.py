"""The speaker's own screen: how long they have, large, and what the crew tells them. Pure."""

import math

from stagebox.model.figures import clock as length
from stagebox.views.now_and_next import ENDS_SOON_S, end_of, now_and_next, zone_of
from stagebox.views.seen import Seen, Translate
from stagebox.views.values import SpeakerScreen, TimeLevel
from stagebox.views.words import clock, talk_title


def speaker_of(seen: Seen, translate: Translate) -> SpeakerScreen:
    """The screen. A talk's end is a plan and no reading: it holds also while nothing is heard of the box."""
    session = seen.snapshot.session
    told = now_and_next(seen, translate)
    day = clock(seen.utc_s, zone_of(seen))
    title = talk_title(session, translate) if session is not None else seen.snapshot.next_talk.title
    end = end_of(session) if session is not None else None
    if end is None:
        waits = told.left if told is not None and session is None and told.level != "red" else ""
        return SpeakerScreen(time=day, words=waits, title=title, message=seen.snapshot.message)
    left_s = end - seen.utc_s
    if left_s > 0:
        level: TimeLevel = "amber" if left_s <= ENDS_SOON_S else ""
        time, words = length(math.ceil(left_s)), translate("time left")
    else:
        level, time, words = "red", length(-left_s), translate("over time")
    return SpeakerScreen(
        time=time, words=words, level=level, title=title, clock=day, message=seen.snapshot.message
    )
