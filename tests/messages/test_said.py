"""A sentence that knows its code is copied, kept and sent as any other value of a talk."""

import copy
import json
import pickle
import string
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from stagebox.messages.code_catalogue import coded, on_screen, say, say_live, worded
from stagebox.messages.languages import ENGLISH, language
from stagebox.messages.passing import SENTENCES
from stagebox.model.errors import StorageError, storing
from stagebox.model.paths import legible
from stagebox.model.report import Code
from stagebox.model.said import Said, Sentence, said_of, sentences_in, together, with_sentences
from stagebox.model.stream_state import StreamSetUp


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


def test_two_sentences_are_told_as_one_and_each_is_known() -> None:
    both = together(say("nothing_lost"), say("backup_sound_in", file="a.mp4"))
    assert both == "Nothing was lost. The backup sound is in a.mp4."
    assert language("de").told(said_of(both)) == "Nichts ging verloren. Der Ersatzton ist in a.mp4."
    assert together("", say("nothing_lost")) is not None
    assert said_of(together("", say("nothing_lost"))).code == "nothing_lost"
    assert said_of(together(say("nothing_lost"), "")).code == "nothing_lost"
    plain = together("It is so.", "Do this.")
    assert (plain, said_of(plain).code) == ("It is so. Do this.", "")


def test_what_was_written_with_its_sentences_beside_it_has_them_again() -> None:
    marks = (Mark(say("nothing_lost")), Mark("A name."), Mark(say("backup_sound_in", file="a.mp4")))
    told = tuple(Mark(str(one.words)) for one in marks)
    again = with_sentences(told, sentences_in(marks))
    assert again == marks
    assert [said_of(one.words) for one in again] == [said_of(one.words) for one in marks]
    assert with_sentences(told, {}) is told
    assert with_sentences(told, {"Another.": Said(code="another")}) is told


def test_a_sentence_about_an_odd_file_is_whole_unicode() -> None:
    odd = say("backup_sound_in", file="caf\udce9.mp4")
    made = legible(odd)
    assert made == "The backup sound is in caf\\xe9.mp4."
    assert said_of(made).facts == {"file": "caf\\xe9.mp4"}
    assert legible(say("nothing_lost")) == say("nothing_lost")


def test_a_remedy_within_a_sentence_is_one_for_the_screen_there() -> None:
    told = say_live(Code.SCENES_GONE, "taken", reason=say("nothing_changed"), help=say("server_help"))[1]
    assert ENGLISH.told(said_of(told)) == "Set stream.server to the service's address instead."
    assert ENGLISH.told(on_screen(said_of(told))) == "Type the address of the service's server instead."
    alone = say_live(Code.OBS_DOWN, "auth")
    assert on_screen(said_of(alone[0])) == said_of(alone[0])
    assert (
        ENGLISH.told(on_screen(said_of(alone[1]))) == "Tell the crew: stagebox has another password than OBS."
    )


def test_what_the_model_says_by_itself_is_the_catalogues(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as failed, storing(tmp_path / "a"):
        raise PermissionError(13, "Permission denied")
    told = (failed.value.what, failed.value.remedy, StreamSetUp().problem, StreamSetUp().remedy)
    for one in told:
        said = said_of(one)
        assert one == say(said.code, **said.facts)


def test_a_sentence_with_a_code_keeps_it_and_another_gets_one() -> None:
    assert said_of(coded(say("no_key"), "not_saved")).code == "no_key"
    raw = coded("[event] is not closed.", "not_saved")
    assert (raw, said_of(raw).code) == ("[event] is not closed.", "not_saved")
