"""A real OBS on air at a real server: a talk that must not be streamed is a card there, and is recorded."""

import itertools
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest

from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.stream_server import StreamServer, wait_for_end
from stagebox.rehearsal.streaming import stream_settings
from stagebox.rehearsal.venue import Venue
from tests.schedule.reading import event, xml
from tests.venue.test_schedule import stagebox

pytestmark = [pytest.mark.venue, pytest.mark.timeout(300)]


def schedule(folder: Path) -> Path:
    """Two talks of this room, the first of which is on."""
    now = time.time()
    talks = []
    for guid, title, in_s in (("shy", "Not for the net", -60.0), ("open", "For everybody", 1740.0)):
        start = datetime.fromtimestamp(now + in_s, UTC).isoformat(timespec="seconds")
        talks.append(event(title, guid=guid, date=start, duration="30"))
    path = folder / "schedule.xml"
    head = "<time_zone_name>UTC</time_zone_name>"
    path.write_bytes(xml(('date="2026-11-29"', {"Rehearsal": talks}), head=head).encode())
    return path


def moves(path: Path) -> tuple[float, float]:
    """How much the pictures of a connection differ one from the next, and how loud it is at its loudest."""
    with av.open(str(path)) as arrived:
        shown = [frame.to_ndarray(format="gray").astype(int) for frame in arrived.decode(video=0)]
    with av.open(str(path)) as arrived:
        loudest = max(float(np.abs(frame.to_ndarray()).max()) for frame in arrived.decode(audio=0))
    changes = [np.abs(one - two).mean() for one, two in itertools.pairwise(shown)]
    return float(np.mean(changes)), loudest


def arrived(server: StreamServer, count: int) -> list[Path]:
    deadline = time.monotonic() + 20.0
    while len(found := server.arrived()) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(found) >= count
    return found


def test_a_talk_that_must_not_be_streamed_is_a_card_at_the_server_and_is_recorded(tmp_path: Path) -> None:
    with Venue() as venue:
        server = venue.stream_server()
        more = stream_settings(server, tmp_path / "state")
        with ServingVenue(venue, tmp_path, more=more) as box:
            path = schedule(tmp_path)
            assert stagebox(box, "schedule", "use", str(path)).returncode == 0
            assert stagebox(box, "scene", "combo").returncode == 0
            assert stagebox(box, "record", "start").returncode == 0
            assert stagebox(box, "stream", "start").returncode == 0
            box.client.wait_for(lambda seen: seen["streaming"] is True, 20.0)
            time.sleep(3.0)

            answer = box.client.send({"kind": "edit_talk", "key": "shy", "stream": "no"})
            assert answer["status"] == "done"
            seen = box.client.wait_for(lambda seen: seen["stream"]["card_stage"] == "shown", 30.0)
            assert (seen["stream"]["phase"], seen["stream"]["card"]) == ("live", "Not for the net")
            assert (seen["streaming"], seen["recording"]) == (False, True)
            time.sleep(3.0)

            assert box.client.send({"kind": "next_talk"})["status"] == "done"
            seen = box.client.wait_for(lambda seen: seen["streaming"] is True, 30.0)
            assert (seen["stream"]["card"], seen["recording"]) == ("", True)
            assert seen["session"]["talk_key"] == "open"
            time.sleep(3.0)
            assert stagebox(box, "stream", "stop").returncode == 0
            assert stagebox(box, "record", "stop").returncode == 0
            seen = box.client.wait_for(lambda seen: not seen["jobs"] and seen["session"] is None, 90.0)

            before, card, after = arrived(server, 3)
            wait_for_end(after)
            for program in (before, after):
                change, loudest = moves(program)
                assert change > 0.1, "slides and camera move"
                assert loudest > 0.01, "somebody speaks"
            change, loudest = moves(card)
            assert change < 0.5
            assert loudest < 1e-4
            for talk in seen["finished"]:
                report = json.loads(Path(talk["report"]).read_bytes())
                assert report["lossless"]
                assert not [one for one in report["findings"] if one["severity"] == "critical"]
