"""What a box's catalogue knows is told without a running stagebox, and names talks in recordings."""

import json
from pathlib import Path

import pytest

from stagebox.cli import run
from stagebox.commands import talks
from stagebox.engine.session_catalogue import SessionCatalogue
from stagebox.media.index.run_log import CatalogueTalk
from stagebox.model.commands import TalkDetails
from stagebox.model.settings import Settings
from stagebox.model.state import Phase, Segment, Session


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A box whose catalogue has one talk, in one recording."""
    session = Session(
        id="one",
        name="2026-11-28 A talk",
        talk=TalkDetails(title="A talk", speaker="Ada Example", room="Main hall"),
        phase=Phase.DONE,
        wanted=False,
        origin="test",
        asked_utc=1_795_000_000.0,
        started_utc=1_795_000_000.0,
        segments=(Segment(path=str(tmp_path / "talk.flv"), started_utc=1_795_000_000.0, ended_utc=1.0),),
        verdict="flagged",
    )
    SessionCatalogue(tmp_path / talks.CATALOGUE).save(session)
    return Settings(state_dir=tmp_path)


def test_a_recording_of_the_box_has_its_talk_and_others_have_none(tmp_path: Path, settings: Settings) -> None:
    found = talks.known(settings, [tmp_path / "talk.flv", tmp_path / "another.flv"])
    about = CatalogueTalk("A talk", "Ada Example", "Main hall", "2026-11-18T11:06:40+00:00")
    assert found == {str(tmp_path / "talk.flv"): about}


@pytest.mark.parametrize("content", [None, b"", b"no database" * 100])
def test_a_catalogue_that_is_not_there_or_damaged_knows_nothing(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / talks.CATALOGUE).write_bytes(content)
    assert talks.known(Settings(state_dir=tmp_path), [tmp_path / "talk.flv"]) == {}


def test_sessions_are_told_without_a_running_stagebox(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    del settings
    config = tmp_path / "stagebox.toml"
    config.write_text(f'state_dir = "{tmp_path}"\n')
    assert run(["--config", str(config), "sessions", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["title"], told["verdict"]) == ("A talk", "flagged")
    assert run(["--config", str(config), "sessions"]) == 0
    assert "needs a look" in capsys.readouterr().out
