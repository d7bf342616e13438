"""Parts of one talk are offered by name and time, weighed; talks with names of their own never are."""

from dataclasses import replace
from itertools import permutations

import pytest

from stagebox.media.parts import part_names
from stagebox.media.parts.join_offers import TalkPart, fits, gap_words, offers, order_of
from stagebox.media.parts.offer_words import offered, quoted
from stagebox.model.paths import path_of

HOUR = 3600.0
T0 = 1_795_000_000.0


def part(
    name: str,
    *,
    length_s: float = 1800.0,
    ended_s: float = 0.0,
    tagged_s: float | None = None,
    shape: str = "one",
    folder: str = "/rec",
    **more: object,
) -> TalkPart:
    stem, _, ending = name.rpartition(".")
    return TalkPart(
        f"{folder}/{name}", folder, stem, f".{ending}", length_s, ended_s, tagged_s, shape, 30.0, **more
    )  # type: ignore[arg-type]


def row(*stems: str, pause_s: float | None = 0.0, ending: str = "flv") -> list[TalkPart]:
    """Recordings of half an hour, with so much between each and the next by the times of their files."""
    made = []
    for number, stem in enumerate(stems):
        ended_s = 0.0 if pause_s is None else T0 + number * (1800.0 + pause_s)
        made.append(part(f"{stem}.{ending}", ended_s=ended_s))
    return made


def told(parts: list[TalkPart]) -> list[list[str]]:
    return [[one.stem for one in offer.parts] for offer in offers(parts)]


OBS = ("2026-11-28 10-00-00", "2026-11-28 10-30-00", "2026-11-28 11-00-01")

OFFERED = {
    "its own second file": row("talk", "talk-part-2", pause_s=12.0),
    "times that tell nothing": row("talk", "talk-part-2", "talk-part-3", pause_s=None),
    "brackets": row("Keynote (part 1)", "Keynote (part 2)"),
    "a word with a space": row("Keynote part 1", "Keynote Part 2"),
    "German": row("Vortrag Teil 1", "Vortrag Teil 2", pause_s=None),
    "GoPro": row("GH010012", "GH020012", "GH030012", pause_s=None, ending="MP4"),
    "an older GoPro": row("GOPR0012", "GP010012", "GP020012", pause_s=None, ending="MP4"),
    "a camera's clips": row("C0001", "C0002", ending="MP4"),
    "a camera's clips without times": row("C0001", "C0002", pause_s=None, ending="MP4"),
    "an encoder that counts": row("talk_001", "talk_002", "talk_003"),
    "an encoder that counts from two": row("talk", "talk_002"),
    "OBS's splits": [part(f"{stem}.mkv") for stem in OBS],
    "a phone's, touching": row("MVI_0041", "MVI_0042", ending="MOV"),
    "DJI, touching": row("DJI_0012", "DJI_0013", ending="MP4"),
    "DJI with times": [
        part("DJI_20261128100000_0001_D.MP4"),
        part("DJI_20261128103000_0002_D.MP4"),
    ],
    "by their own tags": [part("MVI_1.mp4".replace("1", f"000{n}"), tagged_s=T0 + n * 1800) for n in (1, 2)],
}


@pytest.mark.parametrize("name", OFFERED)
def test_parts_are_offered_in_their_order_however_they_come(name: str) -> None:
    parts = OFFERED[name]
    for some in permutations(parts):
        assert told(list(some)) == [[one.stem for one in parts]]


NOT_OFFERED = {
    "talks with names of their own that touch": row("Opening", "Keynote"),
    "numbers in titles": row("Talk 1", "Talk 2"),
    "rooms": row("Room-101", "Room-102"),
    "a copy": row("talk", "talk (2)"),
    "OBS's second file of one name": row("2026-11-28 10-00-00", "2026-11-28 10-00-00 (2)"),
    "OBS's talks with a break": [
        part("2026-11-28 10-00-00.mkv"),
        part("2026-11-28 10-30-20.mkv"),
    ],
    "OBS's talks with titles, touching": [
        part("2026-11-28 10-00-00 Opening.mkv"),
        part("2026-11-28 10-30-00 Keynote.mkv"),
    ],
    "a phone's without times": row("MVI_0041", "MVI_0042", pause_s=None, ending="MOV"),
    "a phone's with a break": row("MVI_0041", "MVI_0042", pause_s=60.0, ending="MOV"),
    "a camera's clips with a break": row("C0001", "C0002", pause_s=600.0, ending="MP4"),
    "an encoder's with a break": row("talk_001", "talk_002", pause_s=300.0),
    "clips of which one lacks": row("C0001", "C0003", pause_s=None, ending="MP4"),
    "a part on another day": row("Workshop part 1", "Workshop part 2", pause_s=24 * HOUR),
    "another kind of file": [part("talk.flv"), part("talk-part-2.mp4")],
    "another folder": [part("talk.flv"), part("talk-part-2.flv", folder="/rec/two")],
    "other settings": [part("talk.flv"), part("talk-part-2.flv", shape="two")],
    "settings that are not known": [part("talk.flv", shape=""), part("talk-part-2.flv", shape="")],
    "still recorded": [*row("talk", "talk-part-2"), part("talk-part-3.flv", state="busy")],
    "a second that cannot be read": [part("talk.flv"), part("talk-part-2.flv", state="unusable")],
    "other pictures a second": [part("talk.flv"), replace(part("talk-part-2.flv"), rate=60.0)],
    "one alone": [part("talk-part-2.flv")],
    "a name that is only a part": [part("part 1.flv"), part("part 2.flv")],
}


@pytest.mark.parametrize("name", NOT_OFFERED)
def test_what_may_be_two_talks_is_not_offered(name: str) -> None:
    assert told(NOT_OFFERED[name]) == []


def test_what_is_missing_is_told_with_the_offer() -> None:
    one, two, four = row("talk", "talk-part-2", "talk-part-4")
    bad = part("talk-part-5.flv", state="unusable")
    (offer,) = offers([four, bad, one, two])
    assert [one.stem for one in offer.parts] == ["talk", "talk-part-2", "talk-part-4"]
    assert offer.apart == "talk-part-5 cannot be read. Part 3 is not there."
    other = replace(four, shape="two")
    (offer,) = offers([one, two, other])
    assert [one.stem for one in offer.parts] == ["talk", "talk-part-2"]
    assert "talk-part-4 was recorded with other settings." in offer.apart


def test_an_offer_names_its_parts_its_reason_and_its_command() -> None:
    one, two = row("it's a talk", "it's a talk-part-2", pause_s=12.0)
    (offer,) = offers([replace(one, out="/talks"), replace(two, out="/talks")])
    words = offered(offer)
    assert words.what == "2 recordings look like parts of one talk: it's a talk and it's a talk-part-2."
    assert words.why == "Their names say so. 12 s are missing between part 1 and part 2."
    assert [(lies.after, lies.gap_s) for lies in words.gaps] == [(1, 12.0)]
    assert words.command == (
        "stagebox join '/rec/it'\"'\"'s a talk.flv' '/rec/it'\"'\"'s a talk-part-2.flv' --out /talks"
    )
    (beside,) = offers([replace(one, out="/rec"), replace(two, out="/rec")])
    assert "--out" not in offered(beside).command


def test_what_is_joined_already_is_offered_again_only_with_another_part() -> None:
    one, two, three = row("talk", "talk-part-2", "talk-part-3")
    joined = [
        replace(one, joined="/talks/talk (joined).mp4"),
        replace(two, joined="/talks/talk (joined).mp4"),
    ]
    assert offers(joined) == []
    (offer,) = offers([*joined, three])
    assert [part.stem for part in offer.parts] == ["talk", "talk-part-2", "talk-part-3"]
    assert offered(offer).command.startswith(
        "stagebox join --undo '/talks/talk (joined).mp4' && stagebox join "
    )


@pytest.mark.parametrize("name", ["a b", "two\nlines", "it's", "\\xff raw", "tab\tand 'quote' \\ back"])
def test_a_shell_reads_back_each_name(name: str) -> None:
    import os
    import subprocess

    path = path_of(f"/rec/{name}")
    done = subprocess.run(["bash", "-c", f"printf %s {quoted(path)}"], capture_output=True, check=True)
    assert done.stdout == os.fsencode(path)
    assert "\n" not in quoted(path)


@pytest.mark.parametrize(
    ("gap_s", "words"),
    [
        (None, "It is not known whether something is missing between part 1 and part 2."),
        (0.4, "Part 2 goes on where part 1 ended."),
        (-1.0, "Part 2 goes on where part 1 ended."),
        (70.0, "1 min 10 s are missing between part 1 and part 2."),
        (-12.0, "12 s are in both part 1 and part 2."),
    ],
)
def test_what_lies_between_is_told_in_words(gap_s: float | None, words: str) -> None:
    assert gap_words(gap_s, 1) == words


ORDERS = {
    "times": (row("b", "a", pause_s=5.0), (0, 1), "times", False),
    "times, named the other way": (row("b", "a", pause_s=5.0)[::-1], (1, 0), "times", False),
    "names": (row("talk-part-2", "talk", pause_s=None), (1, 0), "names", False),
    "names and copies of other times": (row("talk-part-2", "talk", pause_s=60.0), (1, 0), "names", False),
    "names against tags": (
        [part("talk.mp4", tagged_s=T0 + 1800), part("talk-part-2.mp4", tagged_s=T0)],
        (0, 1),
        "names",
        True,
    ),
    "nothing": (row("b", "a", pause_s=None), (0, 1), "unknown", False),
    "one time for all": ([part("b.flv", ended_s=T0), part("a.flv", ended_s=T0)], (0, 1), "unknown", False),
    "two folders": ([part("a-part-2.flv", folder="/two"), part("a.flv")], (1, 0), "names", False),
    "ten before nine": (row("t-part-10", "t-part-9", pause_s=None), (1, 0), "names", False),
}


@pytest.mark.parametrize("name", ORDERS)
def test_the_order_is_that_of_times_else_of_names_else_unknown(name: str) -> None:
    parts, positions, by, clash = ORDERS[name]
    found = order_of(parts)
    assert (found.positions, found.by, found.clash) == (positions, by, clash)


def test_a_tag_that_all_chapters_share_tells_no_gap() -> None:
    chapters = [part(f"GH0{n}0012.MP4", tagged_s=T0) for n in (1, 2)]
    (offer,) = offers(chapters)
    assert [gap.seconds for gap in offer.gaps] == [0.0]


def test_every_kind_of_name_is_tried() -> None:
    found = {part_names.read(one.stem) for parts in OFFERED.values() for one in parts}
    assert {one.kind for one in found if one is not None} == set(part_names.KINDS)
    assert fits(part("a.flv"), part("b.flv"))
