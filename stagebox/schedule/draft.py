"""A talk while it is read, before the whole schedule is known; and how each field is tidied. Pure."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from html.entities import html5
from typing import Any
from zoneinfo import ZoneInfo

from stagebox.messages.code_catalogue import say
from stagebox.model.said import Fact, Said, Sentence
from stagebox.model.schedule import Consent, ScheduledRoom, ScheduleProblem, TalkConsent

UNKNOWN = TalkConsent()
_YES, _NO = ("false", "no", "0", "f", "n"), ("true", "yes", "1", "t", "y")
_MARKUP = re.compile(
    r"<(b|i|em|strong|u|p|span|sub|sup|small|code|tt)(?:\s[^<>]*)?>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL
)
MARKUP_MOST = 10_000
"""In longer texts no formatting is looked for: what is never closed takes very long."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LETTER = {"Cc": " ", "Zl": " ", "Zp": " ", "Cs": "\ufffd"}
"""What stands for a letter of a category that no file name, page or terminal takes: half an emoji is Cs."""
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class TalkDraft:
    """What one entry of a schedule says. Times in seconds since 1970, the length in seconds.

    Args:
        ids: what it may be known by, best first; empty ones are passed over.
        written_length: the length as it is written, where nobody can read it.
        ends_with_next: no end is written on purpose: it lasts until the next talk of its room.
    """

    where: Said
    title: str
    start_utc: float
    end_utc: float | None = None
    length_s: float | None = None
    written_length: str = ""
    ends_with_next: bool = False
    ids: tuple[str, ...] = ()
    guid: str = ""
    code: str = ""
    subtitle: str = ""
    speakers: tuple[str, ...] = ()
    room: str = ""
    language: str = ""
    consent: TalkConsent = UNKNOWN
    url: str = ""


@dataclass(slots=True, kw_only=True)
class ScheduleDraft:
    """What a format found in a document.

    Args:
        zone: in which times without an offset were read.
        rooms: those that the file lists, in its order; rooms that only talks name are added.
        lists_rooms: several rooms may stand in one field, with commas between them.
    """

    title: str = ""
    version: str = ""
    zone: "Zone"
    rooms: list[ScheduledRoom] = field(default_factory=list)
    talks: list[TalkDraft] = field(default_factory=list)
    problems: list[ScheduleProblem] = field(default_factory=list)
    lists_rooms: bool = False

    def problem(self, where: Said, code: str, *, left_out: bool = False, **facts: Fact) -> None:
        """Say what is wrong with a place."""
        self.problems.append(ScheduleProblem(where=where.words, what=say(code, **facts), left_out=left_out))


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone and its name."""

    name: str
    rules: tzinfo


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a schedule that does not say it is read with: its zone, and the day of a list without any."""

    zone: Zone
    today: date


def zone_named(name: str) -> Zone | None:
    """The zone of this name; None: there is none."""
    if name.upper() in ("UTC", "GMT", "Z"):
        return Zone("UTC", UTC)
    try:
        return Zone(name, ZoneInfo(name))
    except (ValueError, OSError, LookupError):
        return None


def zone_of(name: str, otherwise: Zone, draft_problems: list[ScheduleProblem]) -> Zone:
    """The zone that a file names; one that there is not is told, and the other one taken."""
    if not name:
        return otherwise
    found = zone_named(name)
    if found is None:
        what = say("schedule_zone_unknown", zone=name, taken=otherwise.name)
        draft_problems.append(ScheduleProblem(where=say("schedule_whole"), what=what))
    return found or otherwise


def tidy(value: Any) -> str:
    """A text as one line for people: formatting of HTML, control characters and doubled spaces are gone.

    What merely looks like HTML stays: `Vec<T>`, `The <script> element`.
    """
    if value is None or isinstance(value, dict | list | bool):
        return ""
    text = str(value)
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if "<" in text and len(text) <= MARKUP_MOST:
        text = _BREAK.sub(" ", text)
        for _ in range(4):
            text, changed = _MARKUP.subn(r"\2", text)
            if not changed:
                break
    text = "".join(_LETTER.get(unicodedata.category(one), one) for one in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _unescaped(found: re.Match[str]) -> str:
    """The letter that an entity of HTML stands for; what is none stays."""
    written = found[0]
    if written[1] == "#":
        return html.unescape(written)
    return html5.get(written[1:]) or html5.get(written[1:].lower(), written)


def people(values: Iterable[Any]) -> tuple[str, ...]:
    """Names without empty ones and repeats, in their order."""
    return tuple(dict.fromkeys(name for name in map(tidy, values) if name))


def allowed(opted_out: Any) -> Consent:
    """What a flag by which a speaker opts out says: only a plain false is a yes."""
    word = str(opted_out).strip().lower() if opted_out is not None else ""
    return Consent.YES if word in _YES else Consent.NO if word in _NO else Consent.UNKNOWN


def consent(opted_out: Any, no_stream: Any = None) -> TalkConsent:
    """What frab's and pretalx's flags say: who opts out allows nothing, `do_not_stream` is the stream's.

    Args:
        opted_out: the flag, or a tuple of all that are there: the strictest of them counts.
    """
    said = {allowed(one) for one in (opted_out if isinstance(opted_out, tuple) else (opted_out,))}
    all_three = next((one for one in (Consent.NO, Consent.YES) if one in said), Consent.UNKNOWN)
    stream = allowed(no_stream)
    if all_three is not Consent.NO and stream is not Consent.UNKNOWN:
        return TalkConsent(record=all_three, stream=stream, publish=all_three)
    return TalkConsent(record=all_three, stream=all_three, publish=all_three)


def place(number: int, talk_id: str, title: str) -> Sentence:
    """Where in the list of events this is, for people: by its number there, its id, its title."""
    if talk_id:
        return (
            say("schedule_event_titled", id=talk_id, title=title)
            if title
            else say("schedule_event", id=talk_id)
        )
    return say("schedule_titled", title=title) if title else say("schedule_number", n=number)
