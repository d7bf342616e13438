"""The stream: what is wanted, what was seen of it, and what its target needs of OBS. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from stagebox.model.said import Said, Sentence

Protocol = Literal["", "rtmp", "rtmps", "srt", "rist", "whip", "other"]
"""How OBS sends. "other" is what a service of OBS's own list speaks, whatever that is; "" is no target."""

StreamTrouble = Literal["", "unknown", "refused", "gone", "no_network", "stuck", "set_up", "obs"]
"""Why the stream is not where it should be.

refused: the server answers and does not take the stream. gone: the server does not answer. no_network: this
computer reaches nothing. stuck: the server takes no more data. set_up: target or key cannot be used. obs:
OBS refused.
"""

ServerAnswer = Literal["answers", "closed", "silent", "hung", "no_network", "not_known"]
"""What the streaming server did when it was asked for a sign of life.

closed: nobody listens there. silent: no answer at all. hung: it takes the connection and then says nothing.
not_known: this kind of server cannot be asked (SRT and RIST go over UDP).
"""

NO_TARGET = Sentence(Said(code="no_target", words="It is not set where to stream to."))
NO_TARGET_HELP = Sentence(
    Said(
        code="no_target_help",
        words="Choose it in Set-up, Stream, or set stream.service or stream.server in stagebox.toml.",
    )
)
"""What is wrong before anybody has said where to; the catalogue's own words."""

WHIP_SINCE = 30
"""The first OBS whose custom service can send by WHIP."""


class StreamPhase(StrEnum):
    """The life of the stream, from the wish to go live until OBS confirmed its end."""

    OFF = "off"
    CONNECTING = "connecting"
    LIVE = "live"
    RECONNECTING = "reconnecting"
    FAILED = "failed"
    STOPPING = "stopping"


class CardStage(StrEnum):
    """Whether a card is streamed in OBS's place.

    clearing: OBS is to end its stream first. starting: the card connects. shown: viewers see it. dark: this
    kind of server takes none, and viewers see nothing. returning: it ends, then OBS streams again.
    """

    NONE = ""
    CLEARING = "clearing"
    STARTING = "starting"
    SHOWN = "shown"
    DARK = "dark"
    RETURNING = "returning"


TROUBLED = frozenset({StreamPhase.RECONNECTING, StreamPhase.FAILED})
"""Wanted and not there: the server is asked for a sign of life, and OBS is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamSetUp:
    """Where the stream shall go, without the key. `problem` and `remedy` say why it cannot, "" when it can.

    `target` names it for people. `own` says that OBS's own settings are used as they are, because stagebox
    only joined that OBS and no target is set. `private` is an OBS of our own, which must not keep the key.
    `change` grows with each change of target or key.
    """

    target: str = ""
    protocol: Protocol = ""
    has_key: bool = False
    own: bool = False
    private: bool = False
    problem: str = NO_TARGET
    remedy: str = NO_TARGET_HELP
    change: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamState:
    """The stream as the engine knows it. Times are monotonic seconds, unless `_utc`.

    `wanted` is a person's wish. `attempts` counts requests in vain since it was last live. `deadline` is when
    a wait ends. `effect_id` and `probe_id` are the last request to OBS and to the server. `lost_at` is when a
    live stream was lost. `answers_since` is since when the server answers although the stream is not live.
    `live_s` is what was live before `live_since`. `hurried` says that OBS was told to end its own waiting.
    `doubt_since` is when OBS's figures began to contradict its events.
    `card` is the talk for which a card takes OBS's place, `card_stage` how that is, and `card_effect` the
    last request for it.
    """

    phase: StreamPhase = StreamPhase.OFF
    wanted: bool = False
    origin: str = ""
    asked_utc: float = 0.0
    trouble: StreamTrouble = ""
    detail: str = ""
    attempts: int = 0
    effect_id: str = ""
    probe_id: str = ""
    deadline: float | None = None
    was_live: bool = False
    live_since: float | None = None
    live_s: float = 0.0
    lost_at: float | None = None
    answers_since: float | None = None
    hurried: bool = False
    doubt_since: float | None = None
    card: str = ""
    card_stage: CardStage = CardStage.NONE
    card_effect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFigures:
    """OBS's figures of its stream. `congestion` runs from 0 to 1: how full OBS's queue to the server is."""

    active: bool
    reconnecting: bool
    sent_bytes: int
    congestion: float
    skipped_frames: int
    total_frames: int


_OF_ANSWER: Mapping[ServerAnswer, StreamTrouble] = {
    "answers": "unknown",
    "closed": "gone",
    "silent": "gone",
    "hung": "stuck",
    "no_network": "no_network",
    "not_known": "unknown",
}


def trouble_of(answer: ServerAnswer) -> StreamTrouble:
    """What keeps the stream from getting through, by the server's sign of life alone."""
    return _OF_ANSWER[answer]
