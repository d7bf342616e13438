"""Real recordings of the venue are read back, and holes cut into them are found."""

import subprocess
from pathlib import Path

import pytest

from stagebox.model.errors import MediaError
from stagebox.rehearsal.display import Display
from stagebox.rehearsal.readback import Readback, read_back
from stagebox.rehearsal.venue import HEIGHT, WIDTH, Venue

pytestmark = pytest.mark.venue

ENCODED = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "2500k", "-pix_fmt", "yuv420p",
           "-c:a", "aac", "-b:a", "160k"]  # fmt: skip


def ffmpeg(*arguments: str, env: dict[str, str] | None = None) -> None:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def screen(display: Display) -> list[str]:
    return ["-thread_queue_size", "1024", "-f", "x11grab", "-framerate", "30",
            "-video_size", f"{display.width}x{display.height}", "-i", display.name]  # fmt: skip


@pytest.fixture(scope="module")
def recording(venue: Venue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds of slides and room as a FLV of x264 and AAC, as OBS makes it."""
    folder = tmp_path_factory.mktemp("recording")
    sound = ["-thread_queue_size", "1024", "-f", "pulse", "-i", "room.monitor"]
    raw, path = folder / "raw.flv", folder / "talk.flv"
    ffmpeg(*screen(venue.slides.display), *sound, "-t", "7", *ENCODED, str(raw), env=venue.env())
    # The first second is ffmpeg's own: its inputs do not begin together.
    ffmpeg("-i", str(raw), "-ss", "1", *ENCODED, str(path))
    return path


@pytest.fixture(scope="module")
def whole(recording: Path, venue: Venue) -> Readback:
    return read_back(recording, late=venue.late_ticks())


def test_every_frame_of_a_real_recording_is_read(whole: Readback) -> None:
    # A busy machine may stop the painter in the middle of a counter: such a frame is torn, and not read.
    unread = sum(frame.tick is None for frame in whole.frames)
    assert len(whole.frames) > 120
    assert unread <= 0.1 * len(whole.frames)
    assert whole.scenes[0].scene == "screen"
    assert {span.scene for span in whole.scenes} <= {"screen", "picture"}


def test_the_counter_keeps_the_files_time(whole: Readback) -> None:
    assert whole.picture.first_tick is not None
    assert whole.picture.last_tick is not None
    counted_s = (whole.picture.last_tick - whole.picture.first_tick) / 60
    assert counted_s == pytest.approx(whole.frames[-1].at_s - whole.frames[0].at_s, abs=0.1)


def test_speech_is_heard_and_whole_sound_lacks_nothing(whole: Readback) -> None:
    assert whole.sound.speech_audible
    assert -35 < whole.sound.speech_dbfs < -10
    assert whole.sound.gap_s == 0.0


@pytest.mark.parametrize("closed", [False, True], ids=["timestamps jump", "timestamps close up"])
def test_a_hole_is_found_to_within_a_frame_and_fifty_milliseconds(
    recording: Path, whole: Readback, tmp_path: Path, venue: Venue, closed: bool
) -> None:
    holed = tmp_path / "holed.flv"
    start_s, end_s = 2.0, 2.7
    keep = f"not(between(t,{start_s},{end_s}))"
    # Sound is cut in whole AAC frames of 1024 samples: what was really cut is counted below, not assumed.
    picture = f"select='{keep}'" + (f",setpts='PTS-gte(T,{end_s})*{end_s - start_s}/TB'" if closed else "")
    sound = f"aselect='{keep}'" + (",asetpts=N/SR/TB" if closed else "")
    ffmpeg("-i", str(recording), "-vf", picture, "-af", sound, "-fps_mode", "passthrough",
           *ENCODED, str(holed))  # fmt: skip
    found = read_back(holed, late=venue.late_ticks())
    read = [(frame.at_s, frame.tick) for frame in whole.frames if frame.tick is not None]
    before = max(tick for at_s, tick in read if at_s < start_s)
    after = min(tick for at_s, tick in read if at_s > end_s)
    lost_s = (after - before) / 60 - 1 / 30
    assert found.picture.gap_s - whole.picture.gap_s == pytest.approx(lost_s, abs=1 / 30)
    assert lost_s == pytest.approx(0.7, abs=0.1)
    assert found.sound.gap_s == pytest.approx(end_s - start_s, abs=0.05)


def test_scenes_are_told_apart_also_side_by_side_and_small(venue: Venue, tmp_path: Path) -> None:
    # Grabbed first and put together afterwards, in the file's time: a busy machine grabs late.
    raw, path = tmp_path / "raw.mkv", tmp_path / "scenes.mp4"
    both = [*screen(venue.slides.display), *screen(venue.camera.display), "-map", "0", "-map", "1"]
    ffmpeg(*both, "-t", "7", *ENCODED, str(raw), env=venue.env())
    layout = (
        "[0:0]fps=30,setpts=PTS-STARTPTS,split[s1][s2];"
        "[0:1]fps=30,setpts=PTS-STARTPTS,scale=1280:720,split[c1][c2];[c1]scale=384:-2[small];"
        "[s2]scale=854:-2,pad=1280:720:16:100[half];[half][small]overlay=884:470[combo];"
        "[s1][c2]overlay=enable='gte(t,2)'[one];[one][combo]overlay=enable='gte(t,4)'"
    )
    ffmpeg("-i", str(raw), "-filter_complex", layout, "-t", "6", *ENCODED, str(path))
    found = read_back(path, late=venue.late_ticks())
    assert [span.scene for span in found.scenes] == ["screen", "speaker", "combo"]
    assert [span.end_s for span in found.scenes] == pytest.approx([2.0, 4.0, 6.0], abs=0.1)
    assert not found.sound.speech_audible


def test_title_cards_are_known_by_their_pictures(tmp_path: Path) -> None:
    cards = {}
    for name, colour, words in (("intro", "navy", "8*X"), ("outro", "maroon", "9*Y")):
        cards[name] = tmp_path / f"{name}.png"
        stripes = f"color={colour}:s={WIDTH}x{HEIGHT},geq=lum='128+90*sin({words}/40)':cb=128:cr=128"
        ffmpeg("-f", "lavfi", "-i", stripes, "-frames:v", "1", str(cards[name]))
    path = tmp_path / "cards.mp4"
    ffmpeg(*[word for card in cards.values() for word in ("-loop", "1", "-t", "1", "-i", str(card))],
           "-f", "lavfi", "-t", "1", "-i", f"color=black:s={WIDTH}x{HEIGHT}",
           "-filter_complex", "[0][1][2]concat=n=3", "-r", "25", *ENCODED, str(path))  # fmt: skip
    assert [span.scene for span in read_back(path, pictures=cards).scenes] == ["intro", "outro", "black"]
    assert [span.scene for span in read_back(path).scenes] == ["picture", "black"]


def test_what_is_no_recording_gives_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"not a film")
    with pytest.raises(MediaError, match="no picture that ffmpeg can read"):
        read_back(path)
