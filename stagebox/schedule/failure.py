"""A schedule that cannot be had."""

import re

from stagebox.messages.code_catalogue import say
from stagebox.model.errors import StageboxError
from stagebox.model.said import Fact

_PASSWORD = re.compile(r"(?<=://)[^/\s]*@")


class ScheduleError(StageboxError):
    """A schedule cannot be fetched or read; what was known before stays."""


def refused(code: str, remedy: str = "", **facts: Fact) -> ScheduleError:
    """The error of a sentence, and of what to do; both know the facts, without passwords in addresses."""
    facts = {name: _PASSWORD.sub("", one) if isinstance(one, str) else one for name, one in facts.items()}
    return ScheduleError(say(code, **facts), say(remedy, **facts) if remedy else "")
