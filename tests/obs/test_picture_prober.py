"""The picture prober on a real OBS: what happens to a source is known, and undone."""

import contextlib
import io
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from stagebox.devices.presence import presence_of
from stagebox.health.black import black
from stagebox.health.check import Outcome, Rule
from stagebox.health.due_remedies import due_remedies
from stagebox.health.frozen import frozen
from stagebox.health.missing import missing
from stagebox.health.no_signal import no_signal
from stagebox.health.picture_features import Pixels, features_of
from stagebox.health.picture_size import size_words
from stagebox.model.errors import ObsError
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFeatures, PictureRole
from stagebox.model.remedies import RemedyLedger, RemedyWanted
from stagebox.model.settings import HealthSettings, RemedySettings
from stagebox.obs.connection import ObsTarget
from stagebox.obs.picture_prober import PictureProber
from tests.health import painted
from tests.obs.painted_screen import Room, Watcher, room_below, show
from tests.venue_tools import PASSWORD, free_port

pytestmark = pytest.mark.venue

LIMITS = HealthSettings()
SOON_LOOKS = 2
"""A look that had begun, and the next one: with two looks a second that is the time that is promised."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with room_below(tmp_path_factory.mktemp("room")) as found:
        yield found


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()


def analyse(role: PictureRole, pixels: Pixels) -> PictureFeatures:
    return features_of(pixels)


@pytest.fixture
def prober(room: Room, watcher: Watcher) -> Iterator[PictureProber]:
    for display in (room.slides, room.camera):
        if not display.alive():
            display.revive()
    show(room.slides, painted.white_slide())
    show(room.camera, painted.lit_stage(1))
    with room.obs.connect() as obs:
        for role in ("slides", "camera"):
            obs.request(
                "SetInputSettings",
                {"inputName": room.source(role).input_name, "inputSettings": {}, "overlay": True},
            )
    found = PictureProber(
        room.obs.target,
        [room.source("slides"), room.source("camera")],
        watcher.post,
        analyse=analyse,
        presence=presence_of,
        request_timeout_s=5.0,
    )
    found.start()
    watcher.wait_for(said(missing, "slides", "fine"))
    watcher.wait_for(said(missing, "camera", "fine"))
    yield found
    assert found.close()


def said(rule: Rule, role: str, outcome: Outcome) -> Callable[[HealthFacts, float], bool]:
    def holds(facts: HealthFacts, now: float) -> bool:
        return any(check.role == role and check.outcome == outcome for check in rule(facts, LIMITS, now))

    return holds


def test_a_killed_laptop_is_missing_at_the_next_look_and_comes_back(
    room: Room, watcher: Watcher, prober: PictureProber
) -> None:
    killed = time.monotonic()
    room.slides.kill()
    watcher.wait_for(said(missing, "slides", "bad"))
    assert watcher.looks_since(killed, "slides") <= SOON_LOOKS
    room.slides.revive(800, 600)
    show(room.slides, painted.photo_slide())
    watcher.wait_for(
        lambda facts, now: bool(facts.pictures["slides"].seen and facts.pictures["slides"].seen.stale_source)
    )
    facts = HealthFacts(pictures=dict(watcher.pictures))
    ledger, due = due_remedies(
        facts,
        LIMITS,
        RemedySettings(),
        RemedyLedger(),
        time.monotonic(),
        on_air=True,
        muted=None,
        declared_live=True,
    )
    assert [(remedy.remedy, remedy.role, remedy.asks) for remedy in due] == [("bring_back", "slides", False)]
    assert ledger.tries
    assert prober.submit(due[0])
    watcher.wait_for(said(missing, "slides", "fine"))
    watcher.wait_for(
        lambda facts, now: size_words("slides", facts.pictures["slides"], LIMITS, now) is not None
    )
    assert [taken.ok for taken in watcher.taken] == [True]
    seen = watcher.pictures["slides"].seen
    assert seen is not None
    assert (seen.width, seen.height) == (800, 600)


def test_a_laptop_that_comes_back_between_two_looks_is_noticed(
    room: Room, watcher: Watcher, prober: PictureProber
) -> None:
    room.slides.kill()
    room.slides.revive()
    watcher.wait_for(said(missing, "slides", "bad"))


@pytest.mark.parametrize(
    ("rule", "paint"),
    [
        (black, lambda: painted.even(0, 0, 0)),
        (no_signal, lambda: painted.even(0, 0, 200)),
        (no_signal, painted.smpte_bars),
    ],
)
def test_what_the_laptop_shows_is_seen_and_ends(
    room: Room, watcher: Watcher, prober: PictureProber, rule: Rule, paint: Callable[[], Pixels]
) -> None:
    shown = time.monotonic()
    show(room.slides, paint())
    watcher.wait_for(said(rule, "slides", "bad"))
    assert watcher.looks_since(shown, "slides") <= SOON_LOOKS
    show(room.slides, painted.white_slide())
    ended = time.monotonic()
    watcher.wait_for(said(rule, "slides", "fine"))
    assert watcher.looks_since(ended, "slides") <= SOON_LOOKS


def test_a_dark_terminal_is_not_black(room: Room, watcher: Watcher, prober: PictureProber) -> None:
    began = time.monotonic()
    show(room.slides, painted.terminal(1))
    watcher.wait_for(
        lambda facts, now: sum(at > began + 1.0 and look.role == "slides" for at, look in watcher.looks) >= 4
    )
    late = [look.picture for at, look in watcher.looks if at > began + 1.0 and look.role == "slides"]
    assert all(
        picture is not None and picture.peak_level > LIMITS.pictures.black_peak_level for picture in late
    )
    assert said(no_signal, "slides", "fine")(HealthFacts(pictures=dict(watcher.pictures)), time.monotonic())


def test_a_camera_that_stands_still_is_frozen_and_one_that_moves_is_not(
    room: Room, watcher: Watcher, prober: PictureProber
) -> None:
    watcher.wait_for(said(frozen, "camera", "bad"))
    stop = threading.Event()

    def film() -> None:
        seed = 0
        while not stop.wait(0.1):
            seed += 1
            show(room.camera, painted.lit_stage(seed % 7))

    painter = threading.Thread(target=film)
    painter.start()
    try:
        watcher.wait_for(said(frozen, "camera", "fine"))
    finally:
        stop.set()
        painter.join(10)


def test_an_input_that_was_removed_is_missing(room: Room, watcher: Watcher) -> None:
    gone = room.source("slides")
    prober = PictureProber(
        room.obs.target,
        [type(gone)(role="slides", input_name="nobody", kind="x11", device=gone.device, scenes=gone.scenes)],
        watcher.post,
        analyse=analyse,
        presence=presence_of,
    )
    prober.start()
    watcher.wait_for(said(missing, "slides", "bad"))
    assert prober.close()


@pytest.mark.parametrize("role", ["slides", "camera", "program"])
def test_the_last_picture_is_kept_for_the_screens(prober: PictureProber, role: str) -> None:
    data = prober.latest_jpeg(role)
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        assert image.width == 480


def test_a_role_that_is_not_set_has_no_picture(prober: PictureProber) -> None:
    with pytest.raises(ObsError, match=r"sources\.mic"):
        prober.latest_jpeg("mic")


def test_a_remedy_for_a_source_that_is_not_set_is_answered(watcher: Watcher, prober: PictureProber) -> None:
    assert prober.submit(RemedyWanted(remedy="reset_source", role="screen", asks=False, words=""))
    watcher.wait_for(lambda facts, now: bool(watcher.taken))
    assert not watcher.taken[0].ok


def test_without_an_obs_it_says_so_and_ends_in_time(watcher: Watcher) -> None:
    nowhere = ObsTarget("127.0.0.1", free_port(), PASSWORD)
    prober = PictureProber(nowhere, [], watcher.post, analyse=analyse, presence=presence_of)
    prober.start()
    with pytest.raises(ObsError, match="no picture of program"):
        prober.latest_jpeg("program", timeout_s=0.2)
    began = time.monotonic()
    assert prober.close()
    assert time.monotonic() - began < 2.0


class Relay:
    """A port that leads to OBS, and can be cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._open += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(source, sink)).start()

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self.cut()
        for end in (self._listener, *self._open):
            end.close()


def test_after_a_cut_connection_it_looks_again(room: Room, watcher: Watcher) -> None:
    relay = Relay(room.obs.target.port)
    prober = PictureProber(
        ObsTarget("127.0.0.1", relay.port, PASSWORD),
        [room.source("camera")],
        watcher.post,
        analyse=analyse,
        presence=presence_of,
    )
    prober.start()
    try:
        watcher.wait_for(said(missing, "camera", "fine"))
        relay.cut()
        cut = time.monotonic()
        watcher.wait_for(lambda facts, now: any(at > cut + 0.5 for at, _ in watcher.looks))
    finally:
        assert prober.close()
        relay.close()
