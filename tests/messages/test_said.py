"""A sentence that knows its code is copied, kept and sent as any other value of a talk."""

import copy
import json
import pickle
import string
from collections.abc import Callable
from dataclasses import asdict, dataclass

import pytest

from stagebox.messages.code_catalogue import say, worded
from stagebox.messages.passing import SENTENCES
from stagebox.model.said import Sentence, said_of


@dataclass(frozen=True)
class Mark:
    """As on a talk's timeline."""

    words: str


def every_sentence() -> list[Sentence]:
    """Each of them, with facts."""
    said = []
    for code, words in SENTENCES.items():
        names = [name for _, name, _, _ in string.Formatter().parse(words) if name]
        said.append(say(code, **{name: 4.5 if name.endswith("_s") else "a fact" for name in names}))
    return [*said, worded("start_refused", "OBS refused to record.", reason="500")]


WAYS: dict[str, Callable[[Sentence], str]] = {
    "copied": copy.copy,
    "copied with all in it": copy.deepcopy,
    "pickled": lambda one: pickle.loads(pickle.dumps(one)),
    "part of a value that is taken apart": lambda one: asdict(Mark(one))["words"],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_sentence_goes_every_way_that_a_value_goes(way: str) -> None:
    for sentence in every_sentence():
        there = WAYS[way](sentence)
        assert there == sentence
        assert said_of(there) == sentence.said


def test_a_sentence_is_a_text_where_it_is_written() -> None:
    for sentence in every_sentence():
        assert json.loads(json.dumps({"words": sentence})) == {"words": str(sentence)}
