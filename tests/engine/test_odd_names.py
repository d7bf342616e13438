"""A recording whose file name is no UTF-8: it keeps nobody from starting, and its talk keeps it."""

import os
from dataclasses import replace
from pathlib import Path

from stagebox.api.server import SNAPSHOT
from stagebox.engine.engine import Engine, EngineOutputs, sessions_in
from stagebox.engine.inventory import Inventory, recordings_in
from stagebox.engine.rules import ReducerRules
from stagebox.engine.session_catalogue import CatalogueWriter, SessionCatalogue
from stagebox.media import manifest, storage
from stagebox.model.effects import Effect, ProcessSession
from stagebox.model.observations import DevicesReading, EffectFailed, SettingsEvent
from stagebox.model.paths import path_of
from stagebox.model.set_up import ActiveSettings, PlaceFound
from stagebox.model.state import State
from stagebox.serve.rebuild import sessions_in as rebuilt
from tests.engine.messages import obs_connected, recording_box
from tests.engine.test_engine import World, make, start_command, wait
from tests.serve.test_rebuild import entry

ODD = os.fsdecode(b"caf\xe9")


def on_disk(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"FLV")
    return path


def engine_with(folder: Path, recordings: Path, *, sessions: State = State()) -> Engine:  # noqa: B008  # frozen
    inventory = Inventory(sessions=sessions_in(sessions), files=recordings_in((recordings,)))
    return Engine(folder, ReducerRules(), event="Conf", room="Hall", inventory=inventory)


def test_a_foreign_recording_with_such_a_name_keeps_nobody_from_starting(tmp_path: Path) -> None:
    recordings = tmp_path / "rec"
    recordings.mkdir()
    on_disk(recordings, f"{ODD}.flv")
    engine = engine_with(tmp_path / "journal", recordings)
    engine.start(World().outputs)
    seen = wait(engine, lambda snapshot: snapshot.notice)
    engine.close()
    assert "caf\\xe9.flv" in seen.notice
    assert b"caf" in SNAPSHOT.dump_json(seen)


def test_a_part_of_a_talk_with_such_a_name_is_journalled_saved_and_processed_from_the_disk(
    tmp_path: Path,
) -> None:
    recordings = tmp_path / "rec"
    recordings.mkdir()
    box = recording_box("/rec/first.flv")
    box.stop()
    box.stopped("/rec/first.flv")
    odd = on_disk(recordings, f"{box.state.jobs[0].name} ({ODD}).flv")
    for _ in range(2):  # The second start finds it in the journal.
        effects: list[Effect] = []
        engine = engine_with(tmp_path / "journal", recordings, sessions=box.state)
        catalogue = SessionCatalogue(tmp_path / "catalogue.sqlite")
        writer = CatalogueWriter(catalogue)
        engine.start(EngineOutputs(execute=effects.append, save=writer.save))
        wait(engine, lambda snapshot: snapshot.jobs)
        engine.close()
        writer.close()
        asked = [effect for effect in effects if isinstance(effect, ProcessSession)]
        assert odd in [path_of(path) for path in asked[-1].segments]
        (saved,) = catalogue.newest()
        assert odd in [path_of(one.path) for one in saved.segments]


def test_a_name_in_the_catalogues_rows_is_known_when_the_folder_is_looked_at_again(tmp_path: Path) -> None:
    on_disk(tmp_path, f"{ODD}.flv")
    (file,) = recordings_in((tmp_path,))
    session = recording_box(file.path).state.session
    assert session is not None
    catalogue = SessionCatalogue(tmp_path / "catalogue.sqlite")
    catalogue.save(session)
    assert file.path in catalogue.paths()


def test_talks_that_were_processed_from_such_files_are_made_again(tmp_path: Path) -> None:
    hidden = storage.prepare(tmp_path)
    mp4 = on_disk(tmp_path, f"{ODD}.mp4")
    one = replace(entry(ODD, manifest.stamp(mp4), {"title": ODD}), sources=(manifest.stamp(mp4),))
    manifest.save(hidden, "one", one)
    catalogue = SessionCatalogue(tmp_path / "catalogue.sqlite")
    catalogue.save_all(rebuilt(tmp_path))
    (found,) = catalogue.newest()
    assert path_of(found.output) == path_of(found.segments[0].path) == mp4
    assert path_of(found.report).name == f"{ODD}.json"


def test_what_others_tell_with_such_names_is_shown_and_journalled(tmp_path: Path) -> None:
    engine = make(tmp_path)
    engine.start(World().outputs)
    engine.post(SettingsEvent(in_force=ActiveSettings(title="Conf", room="Hall", folder=f"/media/{ODD}")))
    engine.post(DevicesReading(utc=1.0, places=(PlaceFound(path=f"/media/{ODD}", free_bytes=1),)))
    engine.post(EffectFailed(effect_id="x", what=f"{ODD} cannot be read."))
    engine.post(obs_connected())
    engine.submit(start_command())
    seen = wait(engine, lambda snapshot: snapshot.session is not None)
    engine.close()
    assert rb"\\xe9" in SNAPSHOT.dump_json(seen)
    again = make(tmp_path)
    assert again.damaged_lines == 0
    assert again.recovered.settings == ActiveSettings(title="Conf", room="Hall", folder="/media/caf\\xe9")
    assert again.recovered.session is not None
    again.close()
