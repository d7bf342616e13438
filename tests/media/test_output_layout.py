"""Outputs lie as the recordings lie, whatever was named."""

from pathlib import Path

from stagebox.media.output_layout import OutputLayout, OutputPlace

OUT, REC = Path("/out"), Path("/rec")


def test_folders_stay() -> None:
    spot = OutputLayout(OUT, (REC,)).spot(REC / "day 1" / "A" / "x.flv", REC)
    assert spot == OutputPlace(OUT / "day 1" / "A", OUT)


def test_a_file_that_was_named_goes_to_the_top() -> None:
    assert OutputLayout(OUT).spot(REC / "x.flv", None) == OutputPlace(OUT, OUT)


def test_several_folders_keep_what_tells_them_apart() -> None:
    layout = OutputLayout(OUT, (REC / "day 1", REC / "day 2"))
    assert layout.spot(REC / "day 2" / "A" / "x.flv", REC / "day 2").folder == OUT / "day 2" / "A"


def test_flat_names_hold_all_folders() -> None:
    layout = OutputLayout(OUT, (REC,), flatten=True)
    assert layout.spot(REC / "day 1" / "A" / "x.flv", REC) == OutputPlace(OUT, OUT, "day 1 - A - x")
    assert layout.spot(REC / "x.flv", REC) == OutputPlace(OUT, OUT)


def test_without_an_output_folder_each_lies_beside_its_recording_and_the_index_above() -> None:
    layout = OutputLayout(None, (REC,))
    assert layout.spot(REC / "A" / "x.flv", REC) == OutputPlace(REC / "A", REC)
    assert layout.spot(REC / "A" / "x.flv", None) == OutputPlace(REC / "A", REC / "A")
