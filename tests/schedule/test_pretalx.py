"""A real pretalx: its exports say the same, and what its organisers change in mid-event is told."""

from pathlib import Path

import pytest

from stagebox.model.schedule import Consent
from stagebox.schedule.defaults import defaults_in
from stagebox.schedule.fetching import fetched
from stagebox.schedule.reading import read_schedule
from tests.schedule.pretalx import pretalx
from tests.schedule.reading import times
from tests.schedule.test_keeper import keeping_it, settings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

CHANGES = """
first = event.submissions.get(title__startswith="First")
first.title = "First, but renamed"
first.save()
place(first, "Hall", 10.5, 45)
place(event.submissions.get(title="After midnight"), "Garden", 12, 30)
event.submissions.get(title__startswith="Žluť").cancel()
add("A new one", "Hall", 14, 20, "Eve")
event.release_schedule("v2")
"""


def test_a_real_pretalx_is_read_and_followed_in_mid_event(tmp_path: Path) -> None:
    with pretalx(tmp_path) as server:
        for name in ("schedule.xml", "schedule.json", "schedule.ics"):
            came = fetched(server.address(name))
            schedule = read_schedule(came.data or b"", name, defaults_in("Europe/Prague"))
            assert [(talk.room, *times(talk)) for talk in schedule.talks] == [
                ("Garden", "11-29 09:00", "11-29 10:00"),
                ("Hall", "11-29 09:00", "11-29 09:45"),
                ("Hall", "11-29 10:00", "11-29 10:30"),
                ("Hall", "11-29 23:30", "11-30 00:00"),
            ]
            assert schedule.problems == ()
            if name != "schedule.ics":
                first, quiet = schedule.talks[1:3]
                assert (first.title, first.speakers) == ("First talk & more", ("Ann",))
                assert (first.consent.record, quiet.consent.record) == (Consent.YES, Consent.NO)
                assert first.code.isalnum()
                assert f"/talk/{first.code}/" in first.url

        wanted = settings(tmp_path, server.address("schedule.xml"))
        with keeping_it(wanted) as (keeper, heard):
            heard.titles("First talk & more", "Žluťoučký kůň", "After midnight")
            keeper.look_now()
            heard.checked()
            server.change(CHANGES)
            keeper.look_now()
            told = heard.titles("First, but renamed", "A new one")
        assert [said.words for said in told.changes] == [
            "“First, but renamed” is moved from 10:00 to 10:30.",
            "“First talk & more” is now called “First, but renamed”.",
            "“Žluťoučký kůň” is cancelled.",
            "“After midnight” is now in another room: Garden.",
            "“A new one” is new, at 14:00.",
        ]
