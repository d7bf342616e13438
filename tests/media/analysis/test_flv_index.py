"""What is found in an FLV by its tags is what demultiplexing gives; of anything odd nothing is claimed."""

from pathlib import Path

import av
import pytest

from stagebox.media.analysis import flv_index, recording_reader
from stagebox.media.analysis.gops import effective_size
from tests.media import corpus
from tests.media.analysis.test_corpus import checked

pytestmark = pytest.mark.venue

INTRA_REFRESH = "black intra refresh"
ORDINARY = [
    name
    for name, recipe in corpus.CORPUS.items()
    if recipe.ending == "flv" and recipe.audio == "aac" and name != INTRA_REFRESH
]
SHORT_TAG = b"\x09\0\0\x06\0\0\0\0\0\0\0\x27\x01\0\0\0\x41\0\0\0\x11"


def index_of(path: Path) -> flv_index.FlvIndex | None:
    with path.open("rb") as file:
        return flv_index.index_of(file.fileno(), lambda share: None)


@pytest.mark.parametrize("name", ORDINARY)
def test_the_tags_hold_the_packets_that_demultiplexing_gives(
    corpus_folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus.make(corpus_folder, name)
    monkeypatch.setattr(flv_index, "CHUNK_BYTES", 70_001)  # so that tags lie across the edges
    with av.open(str(path)) as container:
        packets = [(packet.stream.type, packet) for packet in container.demux() if packet.size]
    picture = [packet for kind, packet in packets if kind == "video"]
    sound = [packet for kind, packet in packets if kind == "audio"]
    with path.open("rb") as file:
        index = flv_index.index_of(file.fileno(), lambda share: None)
        assert index is not None
        for places, wanted in ((index.picture, picture), (index.sound, sound)):
            assert places is not None
            packets_there = flv_index.StoredPackets(file.fileno(), places)
            assert [(one.pts, one.dts, bytes(one)) for one in packets_there] == [
                (one.pts, one.dts, bytes(one)) for one in wanted
            ]
    assert index.keys.tolist() == [number for number, one in enumerate(picture) if one.is_keyframe]
    for size, one in zip(index.sizes.tolist(), picture, strict=True):
        exact = effective_size(memoryview(one), "h264", annex_b=False)
        assert size == exact or (one.size > flv_index.SMALL_BYTES and size == one.size)


@pytest.mark.parametrize("name", ["black flv", "black filler", "silent", "talk"])
def test_the_findings_are_those_of_demultiplexing(
    corpus_folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, by_tags = checked(corpus_folder, name)
    monkeypatch.setattr(recording_reader.flv_index, "index_of", lambda file, look_up: None)
    _, demultiplexed = checked(corpus_folder, name)
    assert by_tags == demultiplexed


def test_a_long_recording_sounds_the_same_by_its_tags(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stagebox.media.analysis.sound_reader.HEARD_IN_FULL_S", 5.0)
    test_the_findings_are_those_of_demultiplexing(corpus_folder, "silent", monkeypatch)


def test_intra_refresh_is_demultiplexed(corpus_folder: Path) -> None:
    assert index_of(corpus.make(corpus_folder, INTRA_REFRESH)) is None


def test_a_recording_that_breaks_off_or_is_damaged_is_demultiplexed(
    corpus_folder: Path, tmp_path: Path
) -> None:
    whole = corpus.make(corpus_folder, "black flv").read_bytes()
    middle = len(whole) // 2
    odd = {
        "cut": whole[:-3],
        "cut in a tag": whole[:middle],
        "zeros": whole[:middle] + bytes(middle // 2) + whole[middle + middle // 2 :],
        "something behind": whole + b"more",
        "another tag": whole + b"\x0f" + SHORT_TAG[1:],
        "second set-up": whole + SHORT_TAG[:12] + b"\0" + SHORT_TAG[13:],
        "back in time": whole + SHORT_TAG,
        "empty": b"",
        "header alone": whole[:13],
        "text": b"FLV, but a sentence about it",
    }
    for name, content in odd.items():
        path = tmp_path / "odd.flv"
        path.write_bytes(content)
        index = index_of(path)
        assert index is None or (index.picture is None and index.sound is None), name
