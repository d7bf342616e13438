"""When a fault counts as noticed."""

from typing import Any, cast

import pytest

from stagebox.rehearsal import fault_player
from stagebox.rehearsal.faults import FAULTS, FaultTargets

NOBODY = cast(FaultTargets, None)
"""What these faults do not ask."""


def seen(level: str, code: str = "clipping") -> dict[str, Any]:
    return {"alarms": [{"code": "clock_unsynced", "level": "note"}, {"code": code, "level": level}]}


@pytest.mark.parametrize(("level", "is_noticed"), [("note", False), ("warning", True), ("critical", True)])
def test_what_is_only_noted_is_not_noticed_yet(level: str, is_noticed: bool) -> None:
    assert fault_player.noticed(FAULTS["mic-clipping"], NOBODY, seen(level)) is is_noticed


def test_another_alarm_does_not_count() -> None:
    assert not fault_player.noticed(FAULTS["mic-clipping"], NOBODY, seen("critical", "silent"))
    assert not fault_player.noticed(FAULTS["mic-clipping"], NOBODY, None)
