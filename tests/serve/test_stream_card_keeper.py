"""The card in the stream's place, at a real RTMP server: its picture, its silence, and no key to be seen."""

import os
import queue
import signal
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from pydantic import SecretStr

from stagebox.model.effects import StreamCard
from stagebox.model.observations import CardEvent
from stagebox.model.settings import Settings
from stagebox.rehearsal.children import VenueHousehold
from stagebox.rehearsal.stream_server import StreamServer, wait_for_end
from stagebox.serve.stream_card_keeper import StreamCardKeeper
from stagebox.serve.stream_target_store import StreamTargetStore

pytestmark = pytest.mark.venue

PATIENCE_S = 20.0


class Card:
    """A keeper, and what it tells."""

    def __init__(self, server: str, key: str, folder: Path) -> None:
        self.told: queue.Queue[CardEvent] = queue.Queue()
        settings = Settings.model_validate(
            {
                "state_dir": folder / "state",
                "stream": {"server": server},
                "obs": {"canvas_width": 640, "canvas_height": 360},
            }
        )
        settings.state_dir.mkdir(mode=0o700)
        store = StreamTargetStore(settings, lambda event: None, config=folder / "stagebox.toml")
        if key:
            store.set_key(SecretStr(key))
        self.keeper = StreamCardKeeper(settings, store, self.told.put)
        self.keeper.start()

    def next(self, state: str) -> CardEvent:
        """Wait until it tells this; what it tells before is passed over."""
        while (event := self.told.get(timeout=PATIENCE_S)).state != state:
            continue
        return event


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StreamServer]:
    (tmp_path / "venue").mkdir()
    household = VenueHousehold(tmp_path / "venue")
    made = StreamServer(household)
    made.start()
    yield made
    made.close()
    household.close()


def children() -> dict[int, bytes]:
    """The arguments and the environment of each child that streams a card."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
            if b"stagebox.devices.stream_card" in line:
                found[int(path.parent.name)] = line + path.with_name("environ").read_bytes()
        except OSError:
            continue
    return found


def pictures_and_loudest(path: Path) -> tuple[list[np.ndarray], float]:
    """The pictures that arrived, and the loudest sample."""
    with av.open(str(path)) as arrived:
        shown = [frame.to_ndarray(format="rgb24") for frame in arrived.decode(video=0)]
    with av.open(str(path)) as arrived:
        loudest = max(float(np.abs(frame.to_ndarray()).max()) for frame in arrived.decode(audio=0))
    return shown, loudest


def test_the_server_gets_the_card_and_silence_until_it_ends(server: StreamServer, tmp_path: Path) -> None:
    card = Card(server.url, server.key, tmp_path)
    card.keeper.submit(StreamCard(effect_id="e1", on=True))
    assert card.next("live").effect_id == "e1"
    (first,) = children().items()
    assert server.key.encode() not in first[1]

    os.kill(first[0], signal.SIGKILL)
    card.next("lost")
    card.next("live")
    server.kill()
    card.next("lost")
    server.start()
    card.next("live")

    card.keeper.submit(StreamCard(effect_id="e2", on=False))
    assert card.next("ended").effect_id == "e2"
    assert children() == {}
    card.keeper.close()
    whole = server.arrived()
    assert len(whole) == 3
    wait_for_end(whole[-1])
    shown, loudest = pictures_and_loudest(whole[-1])
    assert len(shown) >= 5
    assert shown[0].shape == (360, 640, 3)
    assert shown[-1].std() > 5, "there are words on it"
    with av.open(str(tmp_path / "state" / "cards" / "stream.png")) as drawn:
        wanted = next(drawn.decode(video=0)).reformat(640, 360).to_ndarray(format="rgb24")
    assert np.abs(shown[-1].astype(int) - wanted.astype(int)).mean() < 8
    assert loudest < 1e-4


def test_who_ends_without_a_word_leaves_no_card_behind(server: StreamServer, tmp_path: Path) -> None:
    card = Card(server.url, server.key, tmp_path)
    card.keeper.submit(StreamCard(effect_id="e1", on=True))
    card.next("live")
    card.keeper.close()
    assert children() == {}


def test_a_server_that_hangs_does_not_hold_the_end_up(server: StreamServer, tmp_path: Path) -> None:
    card = Card(server.url, server.key, tmp_path)
    card.keeper.submit(StreamCard(effect_id="e1", on=True))
    card.next("live")
    server.hang(True)
    card.keeper.submit(StreamCard(effect_id="e2", on=False))
    card.next("ended")
    assert children() == {}
    card.keeper.close()


@pytest.mark.parametrize(("address", "key"), [("srt://127.0.0.1:9", "x"), ("rtmp://127.0.0.1/live", "")])
def test_a_target_that_takes_no_card_is_told_as_dark(address: str, key: str, tmp_path: Path) -> None:
    card = Card(address, key, tmp_path)
    card.keeper.submit(StreamCard(effect_id="e1", on=True))
    assert card.next("dark").effect_id == "e1"
    card.keeper.submit(StreamCard(effect_id="e2", on=False))
    assert card.next("ended").effect_id == "e2"
    card.keeper.close()
