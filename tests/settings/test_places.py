import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stagebox.settings.places import KeyPath, KeyTooLongError, line_of, places, repeated

EVERY_FORM = '''# a comment with = and [brackets]
top = 1
"quoted key" = 2 # port = 3
a.b . "c.d" = 'x'

[table]   # comment
text = """
port = 1
[not.a.table] \\""" still text """""
raw = \'\'\'
key = 'it''s'
\'\'\'
list = [ # comment ]
  1,
  [2, "]"],
  { x = 1, y.z = [3] },
]
inline = { "a b" = 1, c = { d = 2 } }
when = 1979-05-27 07:32:00
[ table . "sub.table" ]
key = "a\\"b # c"
[[hosts]]
name = 1
[hosts.extra]
x = 1
[[hosts]]
name = 2
'''

LINES: dict[KeyPath, int] = {
    ("top",): 2,
    ("quoted key",): 3,
    ("a", "b", "c.d"): 4,
    ("table",): 6,
    ("table", "text"): 7,
    ("table", "raw"): 10,
    ("table", "list"): 13,
    ("table", "list", 0): 14,
    ("table", "list", 1): 15,
    ("table", "list", 1, 1): 15,
    ("table", "list", 2, "x"): 16,
    ("table", "list", 2, "y", "z", 0): 16,
    ("table", "inline", "a b"): 18,
    ("table", "inline", "c", "d"): 18,
    ("table", "when"): 19,
    ("table", "sub.table"): 20,
    ("table", "sub.table", "key"): 21,
    ("hosts", 0): 22,
    ("hosts", 0, "name"): 23,
    ("hosts", 0, "extra", "x"): 25,
    ("hosts", 1): 26,
    ("hosts", 1, "name"): 27,
}


def test_every_form_of_key_is_found_on_its_line() -> None:
    tomllib.loads(EVERY_FORM)  # it is TOML
    found = {place.path: place.line for place in places(EVERY_FORM)}
    assert {path: found.get(path) for path in LINES} == LINES


def test_text_that_looks_like_keys_is_not_taken_for_keys() -> None:
    assert all("port" not in place.path and "not" not in place.path for place in places(EVERY_FORM))


def test_the_line_of_a_table_written_only_through_its_keys_is_its_first_key() -> None:
    found = places("x = 1\n\na.b = 2\na.c = 3\n")
    assert line_of(found, ("a",)) == 3


def test_the_line_of_an_absent_key_is_that_of_its_table() -> None:
    assert line_of(places("x = 1\n[obs]\n"), ("obs", "port")) == 2


def test_what_is_written_nowhere_has_no_line() -> None:
    assert line_of(places("x = 1\n"), ("obs", "port")) is None


def test_a_key_set_twice_is_told_with_both_lines() -> None:
    twice = repeated(places("[obs]\nport = 1\nfps = 2\nport = 3\n"))
    assert twice is not None
    assert [(place.path, place.line) for place in twice] == [(("obs", "port"), 2), (("obs", "port"), 4)]


def test_places_before_a_syntax_error_are_still_told() -> None:
    assert [place.path for place in places("a = 1\nb = 'open\nc = 2\n")] == [("a",), ("b",)]


def test_a_hostile_depth_of_lists_ends_the_search_quietly() -> None:
    assert places("a = 1\nb = " + "[" * 100_000)[0].path == ("a",)


@pytest.mark.parametrize("opening", ["a = 1\n", "a = 1\n[", "a = 1\nb = {"])
def test_a_key_of_endless_parts_is_refused_with_its_line(opening: str) -> None:
    with pytest.raises(KeyTooLongError) as caught:
        places(opening + "b." * 100_000 + "c = 1\n")
    assert caught.value.line == 2


def _paths(value: Any, above: KeyPath = ()) -> set[KeyPath]:
    """Every path of a parsed document, tables and lists with their insides."""
    inside: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    paths = {above} if above else set()
    return paths.union(*(_paths(inner, (*above, key)) for key, inner in inside))


_PIECES = [
    *(
        "a",
        "b.c",
        '"q.r"',
        "'s t'",
        " = ",
        "1",
        '"x # y"',
        "'''m\nn'''",
        '"""p"q"""',
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
    ),
    *(
        ",",
        "\n",
        "# c\n",
        " ",
        ".",
        "[a]\n",
        "[[d]]\n",
        "a = 1\n",
        "e = [1, {f = 2}]\n",
        "true",
        "2020-01-01 10:00:00",
    ),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
@example(EVERY_FORM)
def test_in_any_toml_the_places_are_the_paths_that_tomllib_reads(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        places(text)  # never raises
        return
    found = places(text)
    written = {place.path[:length] for place in found for length in range(1, len(place.path) + 1)}
    # A list of tables is known by its entries; what it holds is nowhere written as a whole.
    assert written == _paths(document)
    assert repeated(found) is None
    assert all(1 <= place.line <= text.count("\n") + 1 for place in found)
