"""File names that are no UTF-8: told as text, and found again."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from stagebox.model.paths import legible, path_of, text_of


@dataclass(frozen=True, slots=True)
class Thing:
    words: str
    parts: tuple[str, ...] = ()
    by_name: dict[str, str] | None = None
    inner: "Thing | None" = None


@given(st.binary(max_size=40).filter(lambda name: b"\0" not in name))
def test_every_name_that_a_disk_can_hold_comes_back(name: bytes) -> None:
    path = Path("/rec") / os.fsdecode(name.replace(b"/", b"_"))
    told = text_of(path)
    assert json.loads(json.dumps(told, ensure_ascii=False).encode()) == told
    assert path_of(told) == path


@given(st.text())
def test_a_name_that_is_utf_8_is_told_as_it_is_unless_it_looks_like_a_told_one(name: str) -> None:
    if "\\" not in name and name.isprintable():
        assert text_of(name) == name


def test_a_name_in_latin_1_can_be_read() -> None:
    assert text_of(os.fsdecode(b"/rec/caf\xe9.flv")) == "/rec/caf\\xe9.flv"


def test_a_name_that_looks_like_a_told_one_is_another_file() -> None:
    assert path_of(text_of("/rec/caf\\xe9.flv")) == Path("/rec/caf\\xe9.flv")


def test_every_text_in_a_thing_is_made_legible_and_a_legible_thing_stays_itself() -> None:
    odd = os.fsdecode(b"\xff")
    thing = Thing(odd, ("a", odd), {odd: odd}, Thing(odd))
    assert legible(thing) == Thing("\\xff", ("a", "\\xff"), {"\\xff": "\\xff"}, Thing("\\xff"))
    plain = Thing("ä", ("b",), {"k": "v"}, Thing("c"))
    assert legible(plain) is plain


def test_what_was_told_is_not_told_again() -> None:
    told = text_of(os.fsdecode(b"caf\xe9"))
    assert legible(told) == told
    assert legible(Thing(told)) == Thing(told)
