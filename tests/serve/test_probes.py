"""Where the backup recorder's backup is kept."""

from pathlib import Path

from stagebox.model.commands import TalkDetails
from stagebox.model.settings import RecordingSettings
from stagebox.model.snapshot import SessionView, session_view
from stagebox.model.state import Phase, Segment, Session
from stagebox.serve.probes import backup_file

BOTH = RecordingSettings(folder=Path("/main"), second_folder=Path("/second"))
ONE = RecordingSettings(folder=Path("/main"))
BESIDE = Path("/main/backup/talk.flac")


def session(*paths: str, phase: Phase = Phase.RECORDING) -> SessionView:
    segments = tuple(Segment(path=path, started_utc=1.0) for path in paths)
    talk = Session(
        id="1",
        name="talk",
        talk=TalkDetails(),
        phase=phase,
        wanted=True,
        origin="touch",
        asked_utc=1.0,
        segments=segments,
    )
    return session_view(talk, 0.0)


def test_a_backup_begins_beside_the_recording_and_ends_with_it() -> None:
    assert backup_file(session(phase=Phase.STARTING), BOTH, None, fails=False) == BESIDE
    assert backup_file(session(), BOTH, Path("/main/backup/before.flac"), fails=True) == BESIDE
    assert backup_file(session(phase=Phase.PROCESSING), BOTH, BESIDE, fails=False) is None
    assert backup_file(None, BOTH, BESIDE, fails=False) is None


def test_a_backup_stays_in_its_file_over_a_move_and_leaves_it_only_when_it_cannot_be_written() -> None:
    second = Path("/second/backup/talk.flac")
    moved = session("/main/talk.flv", "/second/talk-part-2.flv")
    assert backup_file(moved, BOTH, BESIDE, fails=False) == BESIDE
    assert backup_file(moved, BOTH, BESIDE, fails=True) == second
    assert backup_file(moved, BOTH, second, fails=False) == second, "there it stays"
    assert backup_file(moved, ONE, BESIDE, fails=True) == BESIDE
