"""Where the second ear's backup is kept."""

from pathlib import Path

from stagebox.model.intents import TalkDetails
from stagebox.model.snapshot import SessionView, session_view
from stagebox.model.state import Phase, Segment, Session
from stagebox.senses import backup_file

MAIN = Path("/main")


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
    beside = MAIN / "backup" / "talk.flac"
    assert backup_file(session(phase=Phase.STARTING), MAIN, None, fails=False) == beside
    assert backup_file(session(), MAIN, MAIN / "backup" / "before.flac", fails=True) == beside
    assert backup_file(session(phase=Phase.PROCESSING), MAIN, beside, fails=False) is None
    assert backup_file(None, MAIN, beside, fails=False) is None


def test_a_backup_stays_in_its_file_over_a_move_and_follows_only_when_it_cannot_be_written() -> None:
    beside, second = MAIN / "backup" / "talk.flac", Path("/second/backup/talk.flac")
    moved = session("/main/talk.flv", "/second/talk-part-2.flv")
    assert backup_file(moved, MAIN, beside, fails=False) == beside
    assert backup_file(moved, MAIN, beside, fails=True) == second
    # There it stays.
    assert backup_file(moved, MAIN, second, fails=False) == second
    # It failed before the recording moved: nowhere else to go yet.
    assert backup_file(session("/main/talk.flv"), MAIN, beside, fails=True) == beside
