"""An alarm: a check that is raised, in words for people, and its mark on a session's timeline."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from stagebox.model.report import Code, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A check that is raised. `since_utc` is when it was; `remedy` is what to do, in plain words.

    An acknowledged alarm has been seen by a person. It stays until its cause is gone. A `serve` of another
    version may raise a code that is not known here.
    """

    code: Annotated[Code | str, Field(union_mode="left_to_right")]
    level: Severity
    role: str
    since_utc: float
    message: str
    remedy: str
    acknowledged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmKey:
    """Names an alarm: a code and a role have at most one."""

    code: Code
    role: Annotated[str, Field(max_length=40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineMark:
    """An alarm that was up while a session was recorded, or a moment that a person marked.

    Seconds of recorded time; `end_s` None while the alarm is up, equal to `start_s` for a moment. `lacks_s`
    are seconds of the talk that the recording lacks there, though its own clock went on without a gap.
    """

    code: Code | Literal["moment"]
    level: Severity
    role: str
    start_s: float
    end_s: float | None
    message: str
    lacks_s: float = 0.0
