"""A screen reads what `serve` of another version tells: what it does not know is left out, never an error."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagebox.model.snapshot import Snapshot
from stagebox.views.parsing import levels_of, report_of, sessions_of, snapshot_of
from stagebox.views.seen import Seen
from stagebox.views.view import view_of
from tests.views.snapshots import alarm, recording, session, well


def test_the_whole_is_read() -> None:
    known = snapshot_of(recording(alarms=[alarm("black", "slides")]))
    assert known.session is not None
    assert (known.session.id, known.alarms[0].code, known.obs.link) == ("talk-1", "black", "up")


def test_an_alarm_whose_code_is_not_known_is_shown_all_the_same() -> None:
    known = snapshot_of(recording(alarms=[alarm("of_tomorrow", "slides")]))
    (banner,) = view_of(Seen(snapshot=known, connected=True)).alarms
    assert (banner.level, banner.title.partition(" for")[0]) == ("critical", "Slides: of tomorrow")


def test_of_what_cannot_be_read_only_that_is_left_out() -> None:
    told = recording(
        alarms=[alarm("black", "slides"), alarm("muted", "mic", "of_tomorrow")], folder="of_tomorrow"
    )
    told["health"]["proof"] = {"state": "of_tomorrow"}
    told["of_tomorrow"] = {"any": "thing"}
    known = snapshot_of(told)
    assert [one.code for one in known.alarms] == ["black"]
    assert known.folder == "unknown"
    assert known.health.proof.state != "green"
    assert known.room == "Hall B"


def test_what_lacks_what_it_needs_is_left_out_whole() -> None:
    assert sessions_of([session(), {"title": "of nobody"}])[0].id == "talk-1"
    report = report_of(
        {"findings": [{"code": "black", "severity": "warning"}, {"message": "without a code"}]}
    )
    assert [one.code for one in report.findings] == ["black"]


@pytest.mark.parametrize("told", [None, 3, "text", [], {}, {"seq": "many"}, {"health": 7}])
def test_what_is_no_snapshot_is_nothing(told: Any) -> None:
    assert snapshot_of(told) == Snapshot()
    assert levels_of(told).channels == ()


def _places(told: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(told, dict):
        found += [one for key, value in told.items() for one in _places(value, (*path, key))]
    elif isinstance(told, list):
        found += [one for key, value in enumerate(told) for one in _places(value, (*path, key))]
    return found


FULL = recording(alarms=[alarm("black", "slides")], finished=[session(id="talk-0", phase="done")])


@given(st.sampled_from(_places(FULL)), st.sampled_from([None, "of_tomorrow", -1, [], {}, [None], {"x": 1}]))
def test_whatever_stands_anywhere_the_rest_is_read_and_shown(place: tuple[Any, ...], odd: Any) -> None:
    told = recording(alarms=[alarm("black", "slides")], finished=[session(id="talk-0", phase="done")])
    where = told
    for key in place[:-1]:
        where = where[key]
    where[place[-1]] = odd
    known = snapshot_of(told)
    view_of(Seen(snapshot=known, connected=True))
    assert known.room == "Hall B" or place == ("room",)


def test_a_well_room_stays_well() -> None:
    assert view_of(Seen(snapshot=snapshot_of(well()), connected=True)).stage.face == "live"
