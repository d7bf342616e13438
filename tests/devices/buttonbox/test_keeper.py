"""Boxes on real ptys, from the press to the engine and back to the lamps, and all that can go wrong.

A machine that stands still for half a second makes a press stale, as it must: fingers here press again then.
"""

import os
import re
import threading
import time
import tracemalloc
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from serial import Serial, SerialException

from stagebox.devices.buttonbox.codec import crc16
from stagebox.devices.buttonbox.finder import PortCandidate
from stagebox.devices.buttonbox.keeper import ButtonBoxKeeper
from stagebox.model.commands import Command, CommandBody, LearnButton, StartRecording, SwitchScene
from stagebox.model.errors import ApiError
from stagebox.model.facts.button_boxes import ButtonBoxesReading, ButtonBoxReading
from stagebox.model.observations import Observation, ProgramSceneEvent
from stagebox.model.said import said_of
from stagebox.model.settings import ButtonBoxSettings
from stagebox.rehearsal.simulated_button_box import SimulatedBox
from tests.api.conftest import EchoBox

pytestmark = pytest.mark.venue  # real ptys, and real time

SOON_S = 10.0


class Desk:
    """An engine whose OBS does at once what it is asked, and button boxes beside it."""

    def __init__(
        self, folder: Path, boxes: tuple[str, ...], find: Callable[..., object] | None = None
    ) -> None:
        self.folder = folder
        self.settings = ButtonBoxSettings(
            boxes=boxes,
            buttons={"1": "scene Speaker", "2": "scene Screen", "3": "record toggle", "4": "mark"},
            lamps={"1": "program Speaker", "2": "program Screen", "3": "recording"},
        )
        self.appliance = EchoBox(folder / "journal")
        self.engine = self.appliance.engine
        self.commands: list[tuple[float, Command]] = []
        self._changed = threading.Condition()
        self._seen = ButtonBoxesReading()
        options = {} if find is None else {"find": find}
        self.boxes = ButtonBoxKeeper(self.settings, self.post, self.submit, **options)  # type: ignore[arg-type]
        self._stop = self.engine.snapshots.listen(self.boxes.watch)
        self.boxes.start()

    def post(self, seen: Observation) -> None:
        self.engine.post(seen)
        if isinstance(seen, ButtonBoxesReading):
            with self._changed:
                self._seen = seen
                self._changed.notify_all()

    def submit(self, command: Command) -> None:
        with self._changed:
            self.commands.append((time.monotonic(), command))
            self._changed.notify_all()
        self.engine.submit(command)

    def wait_seen(
        self, holds: Callable[[tuple[ButtonBoxReading, ...]], bool], timeout_s: float = SOON_S
    ) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: holds(self._seen.boxes), timeout_s), self._seen

    def wait_first(self, holds: Callable[[ButtonBoxReading], bool]) -> None:
        """Wait until there is a box and the first one holds: none is told yet while the keeper starts."""
        self.wait_seen(lambda boxes: bool(boxes) and holds(boxes[0]))

    def wait_ready(self, count: int = 1) -> None:
        self.wait_seen(lambda boxes: [box.state for box in boxes].count("ready") == count)

    def press(self, box: SimulatedBox, button: int) -> Command:
        """Press until it counts; the finger stays on the button. Returns the command."""
        known = len(self.commands)
        for _ in range(5):
            box.press(button)
            with self._changed:
                if self._changed.wait_for(lambda: len(self.commands) > known, 3.0):
                    return self.commands[-1][1]
            box.release(button)
            time.sleep(0.1)
        raise AssertionError(f"no press counted: {self._seen}")

    def say(self, raw: "RawBox", body: str) -> Command:
        """Have a deed said until it counts."""
        for _ in range(5):
            raw.say(raw.line(f"{body} {raw.ms}"))
            with self._changed:
                if self._changed.wait_for(lambda: bool(self.commands), 2.0):
                    return self.commands[-1][1]
            raw.say(raw.line(f"BEAT {raw.ms}"))
        raise AssertionError(f"nothing counted: {self._seen}")

    @property
    def seen(self) -> ButtonBoxesReading:
        with self._changed:
            return self._seen

    def close(self) -> None:
        self._stop()
        self.boxes.close()
        self.engine.close()


@contextmanager
def desk(folder: Path, *names: str) -> Iterator[Desk]:
    one = Desk(folder, tuple(str(folder / name) for name in names))
    try:
        yield one
    finally:
        one.close()


class RawBox:
    """A port at which anything may be said."""

    def __init__(self, link: Path) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        link.symlink_to(os.ttyname(self.slave))
        self.heard = b""
        self.seq = 0

    def line(self, body: str) -> bytes:
        self.seq += 1
        text = f"{self.seq % 65536} {body}".encode()
        return b"%s*%04X\n" % (text, crc16(text))

    def say(self, data: bytes) -> None:
        os.write(self.master, data)

    def wait_greeting(self, again: bool = False) -> str:
        if again:
            self.heard = b""
        while not (found := re.search(rb"HELLO 1 (\d+)\*....\n", self.heard)):
            self.heard += os.read(self.master, 4096)
        return found[1].decode()

    def answer(self, name: str = "left") -> None:
        self.say(self.line(f"HELLO 1 {name} 6 6 {self.wait_greeting()} {self.ms}"))

    @property
    def ms(self) -> int:
        return int(time.monotonic() * 1000) % 2**30

    def close(self) -> None:
        os.close(self.master)
        os.close(self.slave)


def on(lamps: str) -> Callable[[str], bool]:
    return lambda shown: shown == lamps


def test_a_press_becomes_a_command_and_the_lamp_follows_what_obs_says(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at, SimulatedBox(tmp_path / "box") as box:
        box.wait_for_lamps(on("010000"), SOON_S)
        command = at.press(box, 1)
        box.wait_for_lamps(on("100000"), SOON_S)
        box.release(1)
        assert command.origin == "button"
        assert command.want == SwitchScene(scene="Speaker")
        at.engine.post(ProgramSceneEvent(generation=1, scene="Intro"))
        box.wait_for_lamps(on("000000"), SOON_S)


def test_a_recording_is_started_by_a_press_and_ended_by_a_hold(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at, SimulatedBox(tmp_path / "box") as box:
        at.wait_ready()
        at.press(box, 3)
        assert at.appliance.wait_for(lambda shot: shot.session is not None, SOON_S)
        box.wait_for_lamps(lambda shown: shown[2:3] in ("s", "f"), SOON_S)
        box.release(3)
        at.press(box, 4)
        assert at.appliance.wait_for(lambda shot: any(a.kind == "mark_moment" for a in shot.answers), SOON_S)
        box.release(4)
        at.press(box, 3)
        assert at.appliance.wait_for(lambda shot: shot.session is None, SOON_S)


def test_unplugged_in_the_middle_of_a_press_nothing_is_invented(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at, SimulatedBox(tmp_path / "box") as box:
        at.wait_ready()
        at.press(box, 3)
        box.unplug()
        at.wait_first(lambda box: box.state == "gone")
        box.plug()  # the finger is still on the button
        box.wait_for_lamps(lambda shown: shown[:2] == "01", SOON_S)
        assert at.appliance.wait_for(lambda shot: shot.session is not None, SOON_S)
        time.sleep(1.3)  # longer than a hold
        assert len(at.commands) == 1
        assert at.appliance.latest.session is not None


def test_unplugged_in_the_middle_of_a_line_the_next_box_is_understood(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at:
        raw = RawBox(tmp_path / "box")
        raw.answer()
        at.wait_ready()
        raw.say(raw.line(f"PRESS 1 {raw.ms}")[:9])
        raw.close()
        (tmp_path / "box").unlink()
        at.wait_first(lambda box: box.state == "gone")
        with SimulatedBox(tmp_path / "box") as box:
            at.wait_ready()
            assert at.commands == []
            at.press(box, 1)
            assert len(at.commands) == 1


def test_presses_that_waited_in_the_port_are_not_replayed(tmp_path: Path) -> None:
    raw = RawBox(tmp_path / "box")
    raw.say(b"".join(raw.line(f"PRESS 1 {raw.ms}") for _ in range(20)))
    with desk(tmp_path, "box") as at:
        raw.answer()
        raw.say(raw.line(f"PRESS 2 {(raw.ms - 900) % 2**30}"))
        assert at.say(raw, "PRESS 4").want.kind == "mark_moment"
        assert len(at.commands) == 1
        at.wait_first(lambda box: box.stale == 1)
    raw.close()


def test_a_flood_is_survived_with_a_flat_memory_and_touch_still_gets_through(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at:
        raw = RawBox(tmp_path / "box")
        raw.answer()
        at.wait_ready()
        stop = threading.Event()
        sent = [0]

        def flood() -> None:
            until = time.monotonic()
            while not stop.is_set():
                lines = b"".join(raw.line(f"PRESS 1 {raw.ms}") for _ in range(100))
                raw.say(lines)
                sent[0] += 100
                until += 0.01
                stop.wait(max(0.0, until - time.monotonic()))

        flooding = threading.Thread(target=flood)
        flooding.start()
        try:
            at.wait_first(lambda box: box.state == "chatters")
            tracemalloc.start()
            before = tracemalloc.get_traced_memory()[0]
            waiting = []
            for number in range(20):
                want: CommandBody = SwitchScene(scene=["Intro", "Outro"][number % 2])
                if number == 10:
                    want = StartRecording()
                command = Command(id=f"touch{number}", origin="touch", want=want)
                at.engine.submit(command)
                waiting.append(len(at.engine.mailbox))
                assert at.appliance.wait_for(
                    lambda shot, name=command.id: any(  # type: ignore[misc]
                        answer.intent_id == name and answer.status == "done" for answer in shot.answers
                    ),
                    2.0,
                )
                time.sleep(0.1)
            assert at.appliance.wait_for(lambda shot: shot.recording is True, 2.0)
            grown = tracemalloc.get_traced_memory()[0] - before
            tracemalloc.stop()
        finally:
            stop.set()
            flooding.join()
        assert sent[0] > 5000
        assert grown < 1_000_000
        assert max(waiting) < 100
        assert len(at.commands) <= 120  # what came before it was known to chatter
        assert at.seen.boxes[0].flooded > 1000
        presses = len(at.commands)
        at.wait_first(lambda box: box.state in ("gone", "looking"))
        assert len(at.commands) == presses
        raw.close()


def test_garbage_of_every_kind_invents_no_command(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at:
        raw = RawBox(tmp_path / "box")
        raw.answer()
        at.wait_ready()
        good = raw.line(f"PRESS 1 {raw.ms}")
        raw.say(os.urandom(900).replace(b"\n", b"x") + b"\n")
        raw.say(b"x" * 5000 + b"\n")
        raw.say(good[:-2] + b"0\n" if good[-2:-1] != b"0" else good[:-2] + b"1\n")
        raw.say(b"Traceback (most recent call last):\n>>> \n")
        raw.say(raw.line("PRESS 99 5") + raw.line("SHOUT") + raw.line(f"HOLD 3 {raw.ms}"))
        assert at.say(raw, "PRESS 4").want.kind == "mark_moment"
        assert len(at.commands) == 1
        at.wait_first(lambda box: box.refused >= 5)
        raw.close()


def test_a_box_of_another_version_is_told_and_not_obeyed(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at:
        raw = RawBox(tmp_path / "box")
        raw.wait_greeting()
        raw.say(raw.line("HELLO 2 left 6 6 0 0") + raw.line(f"PRESS 1 {raw.ms}"))
        at.wait_first(lambda box: box.state == "other_version")
        said = said_of(at.seen.boxes[0].detail)
        assert (said.code, said.facts["version"]) == ("button_box_gone.other_version", 2)
        assert at.commands == []
        raw.close()


def test_of_two_boxes_with_one_id_the_first_is_obeyed_and_both_ports_are_told(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, "a", "b") as at, SimulatedBox(tmp_path / "a") as first:
        at.wait_seen(lambda boxes: any(box.state == "ready" for box in boxes))
        with SimulatedBox(tmp_path / "b") as second:
            at.wait_seen(lambda boxes: any(box.state == "twin" for box in boxes))
            (twin,) = (box for box in at.seen.boxes if box.state == "twin")
            assert str(tmp_path / "a") in twin.detail
            assert str(tmp_path / "b") in twin.detail
            second.press(1)
            assert at.press(first, 2).want == SwitchScene(scene="Screen")
            assert set(second.lamps) == {"s"}
            first.unplug()
            at.wait_seen(lambda boxes: [box.state for box in boxes].count("ready") == 1)
            second.release(1)
            assert at.press(second, 1).want == SwitchScene(scene="Speaker")


def test_two_boxes_work_side_by_side(tmp_path: Path) -> None:
    with (
        desk(tmp_path, "a", "b") as at,
        SimulatedBox(tmp_path / "a", name="left") as left,
        SimulatedBox(tmp_path / "b", name="right") as right,
    ):
        at.wait_ready(2)
        at.press(left, 1)
        right.wait_for_lamps(on("100000"), SOON_S)
        at.press(right, 2)
        left.wait_for_lamps(on("010000"), SOON_S)


def test_a_port_is_opened_for_one_alone(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at, SimulatedBox(tmp_path / "box"):
        at.wait_ready()
        with pytest.raises(SerialException):
            Serial(str(tmp_path / "box"), exclusive=True)


def test_a_press_to_be_learned_is_reported_once_and_not_carried_out(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at, SimulatedBox(tmp_path / "box") as box:
        at.wait_ready()
        at.boxes.learn(30.0)
        at.wait_seen(lambda _: at.seen.learning)
        box.press(3)
        at.wait_seen(lambda _: at.seen.learned is not None)
        assert at.seen.learned is not None
        assert (at.seen.learned.box, at.seen.learned.button) == ("left", 3)
        assert not at.seen.learning
        time.sleep(1.2)  # the press becomes a hold: that, too, does nothing
        box.release(3)
        assert at.press(box, 1).want == SwitchScene(scene="Speaker")
        assert len(at.commands) == 1


def test_a_press_is_learned_before_anything_is_known_of_obs(tmp_path: Path) -> None:
    """It does nothing, so nobody need know what it would do: it was lost in the first moment of a start."""
    ready, learned = threading.Event(), threading.Event()

    def seen(news: Observation) -> None:
        if isinstance(news, ButtonBoxesReading):
            if any(box.state == "ready" for box in news.boxes):
                ready.set()
            if news.learned is not None and news.learned.button == 3:
                learned.set()

    boxes = ButtonBoxKeeper(ButtonBoxSettings(boxes=(str(tmp_path / "box"),)), seen, lambda _: None)
    boxes.learn(30.0)
    boxes.start()
    with SimulatedBox(tmp_path / "box") as box:
        assert ready.wait(SOON_S)
        box.press(3)
        assert learned.wait(SOON_S)
    assert boxes.close()


def test_learning_is_asked_for_by_a_command(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at:
        at.engine.submit(Command(id="l", origin="touch", want=LearnButton(seconds=5)))
        assert at.appliance.wait_for(lambda shot: any(a.status == "done" for a in shot.answers), SOON_S)


def test_other_settings_hold_at_once_and_the_box_stays(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at, SimulatedBox(tmp_path / "box") as box:
        box.wait_for_lamps(on("010000"), SOON_S)
        at.boxes.change(
            at.settings.model_copy(update={"buttons": {"5": "scene Outro"}, "lamps": {"6": "program Outro"}})
        )
        box.wait_for_lamps(on("000000"), SOON_S)
        at.press(box, 5)
        box.wait_for_lamps(on("000001"), SOON_S)
        assert not any("HELLO" in one.text and one.way == "in" for one in at.boxes.traffic()[-4:])


def test_a_host_that_ends_says_goodbye(tmp_path: Path) -> None:
    with SimulatedBox(tmp_path / "box") as box:
        with desk(tmp_path, "box"):
            box.wait_for_lamps(on("010000"), SOON_S)
        box.wait_for_lamps(on("ssssss"), 2.0)


def test_an_engine_that_publishes_nothing_leaves_all_lamps_blinking_slowly(tmp_path: Path) -> None:
    with desk(tmp_path, "box") as at, SimulatedBox(tmp_path / "box") as box:
        box.wait_for_lamps(on("010000"), SOON_S)
        at.engine.close()
        box.wait_for_lamps(on("ssssss"), SOON_S)


def test_a_box_wanted_by_its_id_is_found_among_strangers(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]

    def find(_: tuple[str, ...]) -> tuple[PortCandidate, ...]:
        return tuple(PortCandidate(str(path)) for path in paths if path.exists())

    at = Desk(tmp_path, ("stage",), find)
    try:
        with SimulatedBox(paths[0], name="other") as other:
            at.wait_seen(lambda boxes: any("another one is: other" in box.detail for box in boxes))
            with SimulatedBox(paths[1], name="stage") as box:
                at.wait_ready()
                other.press(1)
                assert at.press(box, 2).want == SwitchScene(scene="Screen")
    finally:
        at.close()


def test_a_mailbox_that_is_full_is_no_harm(tmp_path: Path) -> None:
    def full(_: Command) -> None:
        raise ApiError("stagebox is too busy to take this now.")

    seen: list[Observation] = []
    settings = ButtonBoxSettings(boxes=(str(tmp_path / "box"),), buttons={"1": "mark"})
    boxes = ButtonBoxKeeper(settings, seen.append, full)
    appliance = EchoBox(tmp_path / "journal")
    boxes.watch(appliance.latest)
    boxes.start()
    with SimulatedBox(tmp_path / "box") as box:
        box.wait_for_lamps(lambda shown: shown == "000000", SOON_S)
        box.press(1)
        box.release(1)
        boxes.watch(appliance.latest)
        assert box.lamps in ("000000", "ssssss")
    assert boxes.close()
    appliance.engine.close()
