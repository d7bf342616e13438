"""Faults at random around the engine's thread: it goes on, each command is answered, nothing is stopped."""

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.engine import journal_keeper
from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import (
    Command,
    MarkMoment,
    SetButton,
    SetTalk,
    StartRecording,
    SwitchScene,
    TalkDetails,
)
from stagebox.model.effects import Effect, ObsStartRecord, ObsStopRecord
from stagebox.model.observations import ProgramSceneEvent, RecordStateEvent
from stagebox.model.snapshot import Snapshot
from tests.engine.messages import obs_connected
from tests.health.machine_facts import HOST

WISHES: tuple[Any, ...] = (
    StartRecording(talk=TalkDetails(title="A talk")),
    SwitchScene(scene="Both"),
    SwitchScene(scene="Nonsense"),
    SetTalk(talk=TalkDetails(title="Next")),
    MarkMoment(words="here"),
    SetButton(place="1", words="record"),
)


class Faulty:
    """OBS that does what it is asked, behind listeners, saves, effects and a disk that fail at random."""

    def __init__(self, folder: Path, seed: int, share: float) -> None:
        self.random, self.share = Random(seed), share
        self.lock = threading.Lock()
        self.stops = 0
        self.answered: set[str] = set()
        rules = ReducerRules(start_s=0.05, scene_s=0.05)
        self.engine = Engine(folder, rules, event="Conf", room="Hall")
        self.engine.snapshots.listen(self.listen)
        self.engine.snapshots.listen(self.note)

    def stumble(self) -> None:
        with self.lock:
            if self.random.random() < self.share:
                raise self.random.choice([RuntimeError("boom"), OSError(errno.EIO, "I/O"), KeyError("x")])

    def listen(self, snapshot: Snapshot) -> None:
        self.stumble()

    def note(self, snapshot: Snapshot) -> None:
        self.answered.update(one.intent_id for one in snapshot.answers if one.status != "pending")

    def save(self, session: object) -> None:
        self.stumble()

    def execute(self, effect: Effect) -> None:
        self.stops += isinstance(effect, ObsStopRecord)
        self.stumble()
        if isinstance(effect, ObsStartRecord):
            path = f"/rec/{effect.filename_stem}.flv"
            self.engine.post(RecordStateEvent(generation=1, phase="started", path=path))
        elif effect.kind == "obs_switch_scene":
            self.engine.post(ProgramSceneEvent(generation=1, scene=effect.scene))

    def disk(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def does(*args: Any) -> Any:
            with self.lock:
                fate = self.random.random() / max(self.share, 1e-9)
            if fate < 0.4:
                raise OSError(errno.ENOSPC, "No space left on device")
            if fate < 0.8:
                raise OSError(errno.EIO, "Input/output error")
            if fate < 1.0:
                threading.Event().wait(0.03)  # Longer than anybody waits: the disk hangs.
            return call(*args)

        return does


@pytest.mark.slow
@given(
    st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 0.8]), st.lists(st.sampled_from(WISHES), max_size=12)
)
@settings(max_examples=25, deadline=None)
def test_whatever_fails_the_engine_goes_on_and_answers_and_stops_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, share: float, wishes: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("faulty")
    box = Faulty(folder, seed, share)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal_keeper, "PATIENCE_S", 0.01)
        for name in ("write", "fdatasync", "fsync"):
            patch.setattr(f"os.{name}", box.disk(getattr(os, name)))
        box.engine.start(EngineOutputs(execute=box.execute, save=box.save))
        box.engine.post(obs_connected())
        box.engine.post(HOST)
        asked = [Command(id=f"i{number}", origin="touch", want=want) for number, want in enumerate(wishes)]
        for command in asked:
            box.engine.submit(command)
        waiting = {one.id for one in asked if not isinstance(one.want, SetButton)}
        seen = box.engine.snapshots.wait_for(lambda _: waiting <= box.answered, 20.0)
        assert seen is not None, waiting - box.answered
        assert box.engine.alive
        wanted = any(isinstance(one.want, StartRecording) for one in asked)
        if wanted:
            assert box.engine.snapshots.wait_for(lambda snapshot: bool(snapshot.recording), 20.0)
        assert box.stops == 0
    # The disk is well again: what it lacks is made good, and the next engine knows the talk.
    box.share = 0.0
    box.engine.submit(Command(id="last", origin="touch", want=SetTalk(talk=TalkDetails(title="Last"))))
    assert box.engine.snapshots.wait_for(lambda _: "last" in box.answered, 20.0)
    box.engine.close()
    assert not box.engine.alive
    again = Engine(folder, ReducerRules(), event="Conf", room="Hall")
    assert again.recovered.next_talk.title == "Last"
    assert (again.recovered.session is not None) is wanted
    again.close()
