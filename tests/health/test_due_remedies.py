"""Which remedy is due: rate-limited, switchable, and nothing that viewers notice unasked."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.health.due_remedies import declared_live, due_remedies, on_air
from stagebox.model.facts import HealthFacts
from stagebox.model.remedies import RemedyLedger, RemedyWanted
from stagebox.model.settings import HealthSettings, RemedySettings
from tests.health import painted
from tests.health.seen import figures, folded, look

LIMITS = HealthSettings()
STALE = folded(look(stale_source=True))
BLANK = folded(look(picture=None))
STILL = [look("camera", figures(painted.lit_stage(1)))] * 9
FINE = folded(look())


def due(
    facts: HealthFacts,
    ledger: RemedyLedger | None = None,
    now: float = 100.0,
    *,
    settings: RemedySettings | None = None,
    air: bool = True,
    muted: bool | None = False,
    live: bool = True,
) -> tuple[RemedyLedger, tuple[RemedyWanted, ...]]:
    return due_remedies(
        facts,
        LIMITS,
        settings or RemedySettings(),
        ledger or RemedyLedger(),
        now,
        on_air=air,
        muted=muted,
        declared_live=live,
    )


def named(remedies: tuple[RemedyWanted, ...]) -> list[tuple[str, str, bool]]:
    return [(remedy.remedy, remedy.role, remedy.asks) for remedy in remedies]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STALE, [("bring_back", "slides", False)]),
        (BLANK, [("reset_source", "slides", False)]),
        (FINE, []),
        (folded(look(device="absent")), []),
        (folded(look(device="absent", stale_source=True)), []),
        (folded(look(exists=False, picture=None)), [("build_scenes", "slides", True)]),
        (folded(*STILL), [("reset_source", "camera", True)]),
        (
            folded(*STILL, look("camera", STILL[0].picture, on_program=False)),
            [("reset_source", "camera", False)],
        ),
        (
            folded(*STILL, look("camera", STILL[0].picture, on_program=None)),
            [("reset_source", "camera", True)],
        ),
        (HealthFacts(), []),
    ],
)
def test_a_source_gets_the_remedy_that_it_needs(
    facts: HealthFacts, expected: list[tuple[str, str, bool]]
) -> None:
    assert named(due(facts)[1]) == expected


def test_stale_facts_call_for_nothing() -> None:
    assert due(STALE, now=104.0)[1] == ()


@pytest.mark.parametrize(
    ("muted", "live", "air", "expected"),
    [
        (True, True, False, [("unmute", "mic", False)]),
        (True, True, True, [("unmute", "mic", True)]),
        (True, False, False, []),
        (None, True, False, []),
        (False, True, False, []),
    ],
)
def test_the_microphone_is_unmuted_unasked_only_when_nobody_hears(
    muted: bool | None, live: bool, air: bool, expected: list[tuple[str, str, bool]]
) -> None:
    assert named(due(FINE, muted=muted, live=live, air=air)[1]) == expected


@pytest.mark.parametrize(
    ("switch", "facts"), [("bring_back", STALE), ("reset_source", BLANK), ("unmute", FINE)]
)
def test_each_remedy_can_be_switched_off(switch: str, facts: HealthFacts) -> None:
    settings = RemedySettings.model_validate({switch: False})
    assert due(facts, settings=settings, muted=True, air=False, live=switch == "unmute")[1] == ()


def test_tries_get_rarer_and_end() -> None:
    ledger, tried_at = RemedyLedger(), []
    for tenth in range(4000):
        now = tenth / 10
        ledger, remedies = due(folded(look(stale_source=True), until=now), ledger, now)
        if remedies:
            tried_at.append(now)
    assert tried_at == [0.0, 2.0, 6.0, 14.0, 30.0]


def test_a_fault_that_ended_long_ago_is_tried_anew() -> None:
    ledger, first = due(STALE)
    ledger, _ = due(folded(look(), until=103.0), ledger, 103.0)
    assert ledger.tries == {}
    assert first
    assert due(folded(look(stale_source=True), until=103.5), ledger, 103.5)[1]


@given(st.lists(st.tuples(st.floats(0.05, 1.0), st.booleans()), max_size=60))
@settings(deadline=None)
def test_a_loose_plug_never_restarts_a_source_faster_than_set(steps: list[tuple[float, bool]]) -> None:
    ledger, now, tried_at = RemedyLedger(), 0.0, []
    for pause_s, stale in steps:
        now += pause_s
        ledger, remedies = due(folded(look(stale_source=stale), until=now), ledger, now)
        tried_at += [now] * len(remedies)
    pauses = [after - before for before, after in itertools.pairwise(tried_at)]
    assert all(pause_s >= RemedySettings().again_after_s - 1e-9 for pause_s in pauses)


@pytest.mark.parametrize(
    ("recording", "streaming", "expected"),
    [
        (False, False, False),
        (True, False, True),
        (False, True, True),
        (None, False, True),
        (False, None, True),
    ],
)
def test_unknown_counts_as_on_air(recording: bool | None, streaming: bool | None, expected: bool) -> None:
    assert on_air(recording, streaming) is expected


def test_a_scene_that_the_pack_does_not_know_declares_nothing() -> None:
    assert declared_live({"screen": True, "intro": False}, "screen")
    assert not declared_live({"screen": True, "intro": False}, "intro")
    assert not declared_live({"screen": True}, "mine")
