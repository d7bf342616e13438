"""OBS splits its recording by itself: every part is the talk, and the light stays green."""

from pathlib import Path

import pytest

from stagebox.media.probe import probe
from stagebox.model.commands import StartRecording, StopRecording, TalkDetails
from stagebox.model.snapshot import Snapshot
from tests.venue.foreign_hands import Joined, somebodys_obs, splitting

pytestmark = [pytest.mark.venue, pytest.mark.timeout(230)]


def parts(seen: Snapshot) -> int:
    return 0 if seen.session is None else len(seen.session.segments)


def test_every_part_is_the_talk_also_after_stagebox_was_away(tmp_path: Path) -> None:
    with somebodys_obs(tmp_path) as (obs, hand):
        hand.set_profile(**splitting(obs.recordings))
        joined = Joined(tmp_path / "box", obs)
        joined.provision(obs)
        hand("SetCurrentProgramScene", sceneName="screen")
        with joined.serving() as box:
            box.want(StartRecording(talk=TalkDetails(title="Split")))
            lights: list[tuple[str, str]] = []
            box.green()
            box.appliance.listen(
                lambda seen: lights.append((seen.health.proof.state, seen.health.proof.words))
            )
            seen = box.wait(lambda one: parts(one) == 3, 90.0)
            assert not [one for one in seen.alarms if one.code == "not_recording"]
            # A busy machine may look at the file a moment late, which is said in so many words.
            others = {told for told in lights if told[0] != "green" and "checked in time" not in told[1]}
            assert not others
        # Nobody looks while OBS goes on in another file.
        before = len(list(obs.recordings.glob("*.flv")))
        wait_for_files(obs.recordings, before + 2)
        with joined.serving() as box:
            seen = box.wait(lambda one: parts(one) >= before + 2, 30.0)
            box.green()
            box.want(StopRecording())
            talk = box.done()
            findings = box.findings(talk)
        files = sorted(obs.recordings.glob("*.flv"))
        assert {one.path for one in talk.segments} == {str(path) for path in files}
        recorded_s = sum(probe(path).duration_s for path in files)
        made = probe(Path(talk.output))
        assert made.duration_s == pytest.approx(recorded_s, abs=0.5)
        untrue = ("gap", "short", "truncated", "discontinuity", "not_lossless")
        assert not [one for one in findings if one["code"] in untrue], findings
        assert not [mark for mark in made.chapters if "gap" in mark.title]


def wait_for_files(folder: Path, count: int) -> None:
    """Wait until so many recordings lie in the folder: OBS alone writes there now."""
    import time

    deadline = time.monotonic() + 60.0
    while len(list(folder.glob("*.flv"))) < count:
        assert time.monotonic() < deadline, sorted(folder.iterdir())
        time.sleep(0.2)
