import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stagebox.settings.key_places import KeyPath, closest, places

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
    found = places(EVERY_FORM)
    assert {path: found.get(path) for path in LINES} == LINES


def test_text_that_looks_like_keys_is_not_taken_for_keys() -> None:
    assert all("port" not in path and "not" not in path for path in places(EVERY_FORM))


def test_the_line_of_a_table_written_only_through_its_keys_is_its_first_key() -> None:
    assert places("x = 1\n\na.b = 2\na.c = 3\n")[("a",)] == 3


def test_the_closest_to_an_absent_key_is_its_table() -> None:
    assert closest(places("x = 1\n[obs]\n"), ("obs", "port")) == 2


def test_to_what_is_written_nowhere_nothing_is_close() -> None:
    assert closest(places("x = 1\n"), ("obs", "port")) is None


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\nb = 'open\nc = 2\n",
        "[obs]\nport = 1\nport = 3\n",
        "a = 1\nb = " + "[" * 100_000,
        "a = 1\n" + "b." * 100_000 + "c = 1\n",
        "a = 1\n[" + "b." * 100_000 + "c = 1\n",
        "a = 1\nb = {" + "b." * 100_000 + "c = 1\n",
    ],
)
def test_what_is_no_toml_or_goes_too_deep_has_no_places(text: str) -> None:
    assert places(text) == {}


def _paths(value: Any, above: KeyPath = ()) -> set[KeyPath]:
    """Every path of a parsed document, tables and lists with their insides."""
    inside: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    paths = {above} if above else set()
    return paths.union(*(_paths(inner, (*above, key)) for key, inner in inside))


_KEYS = st.sampled_from(["a", "b.c", '"q.r"', "'s t'", "a . b", "e"])
_PLAIN = st.sampled_from(["1", '"x # y"', "'''m\nn'''", '"""p"q"""', "true", "2020-01-01 10:00:00", "-1.5"])
_INSIDE = st.recursive(
    _PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda entries: "[ # c ]\n" + ",\n".join(entries) + " ]"),
        st.lists(inner, max_size=3).map(lambda entries: f"[{', '.join(entries)}]"),
        st.dictionaries(_KEYS, inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + "}"
        ),
    ),
    max_leaves=5,
)
_STATEMENTS = st.one_of(
    st.builds(lambda key, value: f"{key} = {value} # c\n", _KEYS, _INSIDE),
    _KEYS.map(lambda key: f"[{key}]\n"),
    st.sampled_from(["\n", "# c = 1\n", " \t\n", "=", "]", "}", "'''"]),
)


@given(st.lists(_STATEMENTS, max_size=8).map("".join))
@example(EVERY_FORM)
def test_in_any_toml_the_places_are_the_paths_that_tomllib_reads(text: str) -> None:
    found = places(text)  # never raises
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(found) == _paths(document)
    lines = text.split("\n")
    for path, line in found.items():
        if isinstance(path[-1], str):
            assert path[-1] in lines[line - 1]
