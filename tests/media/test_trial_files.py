"""What a trial made goes; nothing else does."""

from pathlib import Path

from stagebox.media import trial_files
from stagebox.model.effects import ProcessSession


def trial(*paths: Path, name: str = "20261128T120000Z_Room_test") -> ProcessSession:
    return ProcessSession(
        effect_id="e1",
        session_id="s",
        segments=tuple(map(str, paths)),
        name=name,
        expected_s=2.0,
        title="test",
        speaker="",
        room="",
        started_utc=0.0,
        trial=True,
    )


def test_only_the_files_that_bear_its_name_and_its_folder_go(tmp_path: Path) -> None:
    own = tmp_path / "rec/20261128T120000Z_Room_test.flv"
    foreign = tmp_path / "rec/20261128T120000Z_Room_test-part-2.flv"
    talk = tmp_path / "rec/20261128T110000Z_Room_A-talk.flv"
    own.parent.mkdir()
    for path in (own, foreign, talk):
        path.write_bytes(b"FLV")
    made = trial_files.folder_of(tmp_path / "state", trial())
    made.mkdir(parents=True)
    (made / "a.mp4").write_bytes(b"mp4")
    trial_files.remove(tmp_path / "state", trial(own, foreign, talk))
    assert sorted(path.name for path in (tmp_path / "rec").iterdir()) == [talk.name, foreign.name]
    assert not made.exists()


def test_a_link_of_its_name_leads_to_no_loss_and_a_file_that_is_gone_already_is_no_fault(
    tmp_path: Path,
) -> None:
    talk = tmp_path / "talk.flv"
    talk.write_bytes(b"FLV")
    link = tmp_path / "20261128T120000Z_Room_test.flv"
    link.symlink_to(talk)
    trial_files.remove(tmp_path / "state", trial(link, tmp_path / "gone" / link.name))
    assert talk.exists()


def test_the_result_keeps_what_the_check_judges_by() -> None:
    finding = {"code": "black", "severity": "warning", "message": "Black.", "remedy": "Wake it."}
    report = {
        "verdict": "flagged",
        "duration_s": 2.1,
        "streams": [{"kind": "video", "codec": "h264"}],
        "findings": [finding],
    }
    told = trial_files.result_of(trial(), report, "Black.")
    assert (told.verdict, told.duration_s, told.streams) == ("flagged", 2.1, ("video h264",))
    assert (told.findings[0].code, told.findings[0].severity.value) == ("black", "warning")
