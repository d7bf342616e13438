"""Why a stream is not live. Pure."""

from collections.abc import Mapping

from stagebox.messages.code_catalogue import say
from stagebox.model.stream_state import WHIP_SINCE, StreamSetUp, StreamTrouble

CODES: Mapping[StreamTrouble, str] = {
    "": "stream_not_live",
    "unknown": "stream_unknown",
    "refused": "stream_refused",
    "gone": "stream_gone",
    "no_network": "stream_no_network",
    "stuck": "stream_stuck",
    "set_up": "stream_set_up",
    "obs": "stream_obs",
}
"""The sentence that says why."""


def reason(trouble: StreamTrouble, detail: str = "") -> str:
    """Why the stream is not live, as a sentence."""
    return detail or say(CODES[trouble])


def version_problem(set_up: StreamSetUp, obs_version: str) -> tuple[str, str] | None:
    """What is wrong with this target for an OBS of this version, and what to do; None when nothing is.

    An OBS whose version cannot be read is not refused: it says itself what it cannot do.
    """
    major = obs_version.partition(".")[0]
    if set_up.protocol != "whip" or not major.isdecimal() or int(major) >= WHIP_SINCE:
        return None
    return say("no_whip", version=obs_version, since=WHIP_SINCE), say("no_whip_remedy")
