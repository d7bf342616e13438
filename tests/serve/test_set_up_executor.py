"""Set-up without OBS: what reaches the file and the probes, and what is said when something cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest
from pydantic import SecretStr

from stagebox import resources
from stagebox.model.effects import ChangeSettings, FindDevices, SetUpEffect
from stagebox.model.errors import StorageError
from stagebox.model.observations import DevicesReading, SettingsEvent, SetUpAnswered
from stagebox.model.said import said_of
from stagebox.model.set_up import ChosenDevice
from stagebox.model.settings import Settings
from stagebox.obs.connection import ObsTarget
from stagebox.obs.pack import load_pack
from stagebox.serve.set_up_executor import SetUpActions, SetUpExecutor, found_places
from stagebox.settings.reading import load
from tests.venue_tools import Seen, free_port


@dataclass
class Bench:
    """A Set-up whose OBS is away, with what it told and handed on."""

    file: Path
    set_up: SetUpExecutor
    seen: Seen = field(default_factory=Seen)
    taken_up: list[Settings] = field(default_factory=list)

    def do(self, effect: SetUpEffect) -> SetUpAnswered:
        self.set_up.submit(effect)
        return self.seen.wait_for(SetUpAnswered, lambda one: one.effect_id == effect.effect_id)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    file = tmp_path / "stagebox.toml"
    file.write_text(f'# ours\nstate_dir = "{tmp_path}/state"\n[recording]\nfolder = "{tmp_path}/rec"\n')
    seen, taken_up = Seen(), list[Settings]()

    def prove(folder: Path, reserve_bytes: int) -> None:
        del reserve_bytes
        if folder.name == "full":
            raise StorageError("It is full.", "Free some room.")

    made = SetUpExecutor(
        load(file),
        file,
        load_pack("conference", resources.folder("scenes")),
        ObsTarget("127.0.0.1", free_port(), SecretStr("")),
        seen.post,
        SetUpActions(take_up=taken_up.append, prove=prove),
        local=True,
    )
    made.start()
    yield Bench(file, made, seen, taken_up)
    made.close()


def test_it_says_what_is_in_force_when_it_begins(bench: Bench, tmp_path: Path) -> None:
    told = bench.seen.wait_for(SettingsEvent).in_force
    assert (told.title, told.room, told.folder) == ("Our conference", "Main room", f"{tmp_path}/rec")
    assert told.mic == ChosenDevice(kind="none", device="")


def test_a_device_is_saved_and_handed_on_although_obs_is_away(bench: Bench) -> None:
    keys = (("sources.mic.kind", "pulse"), ("sources.mic.device", "room"))
    answer = bench.do(ChangeSettings(effect_id="e1", changes=keys, role="mic"))
    assert answer.ok
    assert answer.words.startswith("Saved. OBS is not there")
    assert load(bench.file).sources.mic.device == "room"
    assert bench.file.read_text().startswith("# ours\n")
    assert bench.taken_up[-1].sources.mic.kind == "pulse"
    assert bench.seen.of(SettingsEvent)[-1].in_force.mic == ChosenDevice(kind="pulse", device="room")


def test_a_folder_that_cannot_take_a_recording_is_refused_and_nothing_changes(
    bench: Bench, tmp_path: Path
) -> None:
    before = bench.file.read_text()
    changes = (("recording.folder", f"{tmp_path}/full"),)
    answer = bench.do(ChangeSettings(effect_id="e1", changes=changes))
    assert not answer.ok
    assert answer.words == "It is full. Free some room."
    assert said_of(answer.words).code == "not_saved"
    assert bench.file.read_text() == before
    assert bench.taken_up == []


def test_a_file_that_somebody_is_editing_refuses_in_a_sentence(bench: Bench) -> None:
    bench.file.write_text("[event\n")
    changes = (("event.title", "DevConf"), ("event.room", "Hall B"))
    answer = bench.do(ChangeSettings(effect_id="e1", changes=changes))
    assert not answer.ok
    assert "line 1, column 7: a table's name is not closed with ]." in answer.words
    assert bench.file.read_text() == "[event\n"


def test_what_was_edited_by_hand_meanwhile_stays_for_the_next_start(bench: Bench) -> None:
    bench.file.write_text(bench.file.read_text() + "reserve_bytes = 100_000_000\n")
    bench.do(ChangeSettings(effect_id="e1", changes=(("event.title", "DevConf"), ("event.room", "Hall B"))))
    assert load(bench.file).recording.reserve_bytes == 100_000_000
    assert bench.taken_up[-1].recording.reserve_bytes == Settings().recording.reserve_bytes
    assert bench.taken_up[-1].event.room == "Hall B"


def test_without_obs_a_look_tells_the_folders_and_why_there_are_no_devices(
    bench: Bench, tmp_path: Path
) -> None:
    answer = bench.do(FindDevices(effect_id="e1"))
    assert not answer.ok
    found = bench.seen.of(DevicesReading)[-1]
    assert "No OBS answers" in found.trouble
    assert found.places[0].path == f"{tmp_path}/rec"
    assert found.places[0].free_bytes > 0


def test_each_file_system_is_offered_once_and_the_present_folder_first(tmp_path: Path) -> None:
    places = found_places(tmp_path / "not" / "yet" / "there")
    assert places[0].path == str(tmp_path / "not" / "yet" / "there")
    devices = [
        next(one for one in (Path(place.path), *Path(place.path).parents) if one.is_dir()).stat().st_dev
        for place in places
    ]
    assert len(set(devices)) == len(devices)


def test_folders_that_were_used_before_are_offered_with_their_room(tmp_path: Path) -> None:
    used, gone = tmp_path / "used", tmp_path / "gone"
    used.mkdir()
    places = {one.path: one.free_bytes for one in found_places(tmp_path / "rec", (used, gone, used))}
    assert places[str(used)] > 0
    assert str(gone) not in places


def test_a_typed_list_becomes_the_schedules_file(bench: Bench, tmp_path: Path) -> None:
    answer = bench.do(ChangeSettings(effect_id="e1", changes=(("schedule.room", ""),), talks="10:00 Opening"))
    assert answer.ok, answer.words
    source = Path(load(bench.file).schedule.source)
    assert source.parent == tmp_path / "state"
    assert source.read_text().endswith("10:00 Opening\n")
    assert bench.taken_up[-1].schedule.source == str(source)


def test_schedules_on_a_plugged_in_disk_are_told(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "schedule.xml").write_text("x")
    with patch("stagebox.serve.set_up_executor.removable", lambda: (tmp_path,)):
        bench.do(FindDevices(effect_id="e1"))
    found = bench.seen.wait_for(DevicesReading, lambda one: bool(one.schedules))
    assert found.schedules == (str(tmp_path / "schedule.xml"),)
