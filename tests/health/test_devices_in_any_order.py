"""Devices are pulled and put back in any order during a recording: each comes back by its own remedy."""

from itertools import permutations

import pytest

from stagebox.health.due_remedies import due_remedies
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts, PictureReading, PictureRole
from stagebox.model.remedies import RemedyLedger
from stagebox.model.settings import HealthSettings, RemedySettings

ROLES: tuple[PictureRole, ...] = ("slides", "camera")
EVENTS = tuple(permutations([("pull", "slides"), ("pull", "camera"), ("back", "slides"), ("back", "camera")]))
SANE = [order for order in EVENTS if all(order.index(("pull", r)) < order.index(("back", r)) for r in ROLES)]


def seen(role: PictureRole, at: float, *, there: bool, stale: bool) -> PictureFacts:
    look = PictureReading(
        role=role,
        input_name=role,
        exists=True,
        device="present" if there else "absent",
        stale_source=stale,
        on_program=True,
    )
    return PictureFacts(at=at, seen=look)


@pytest.mark.parametrize("order", SANE, ids=lambda order: " ".join(f"{what}-{role}" for what, role in order))
def test_each_source_is_brought_back_once_its_device_is(order: tuple[tuple[str, PictureRole], ...]) -> None:
    there = dict.fromkeys(ROLES, True)
    stale = dict.fromkeys(ROLES, False)
    ledger, now = RemedyLedger(), 100.0
    brought: list[str] = []
    for what, role in order:
        there[role] = what == "back"
        stale[role] = what == "back" or stale[role]
        # The rules look five times a second; OBS takes a second to open a device anew.
        for _ in range(5):
            now += 0.2
            facts = HealthFacts(
                pictures={one: seen(one, now, there=there[one], stale=stale[one]) for one in ROLES},
                obs_up=True,
                recording=True,
            )
            ledger, due = due_remedies(
                facts,
                HealthSettings(),
                RemedySettings(),
                ledger,
                now,
                on_air=True,
                muted=None,
                declared_live=False,
            )
            for remedy in due:
                assert there[remedy.role], "a device that is not there is not brought back"  # type: ignore[index]
                if remedy.remedy == "bring_back":
                    assert not remedy.asks
                    brought.append(remedy.role)
                    stale[remedy.role] = False  # type: ignore[index]
    assert sorted(brought) == ["camera", "slides"], "each once, and none while the other one is away"
