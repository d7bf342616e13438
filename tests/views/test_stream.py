"""The stream on the touch screen: its words, its control, its entry in the rail."""

from dataclasses import replace
from typing import Any

import pytest

from stagebox.messages.code_catalogue import say
from stagebox.messages.languages import language
from stagebox.model.said import sentences_in
from stagebox.views.asked import Asked
from stagebox.views.rail import rail_of
from stagebox.views.seen import Seen
from stagebox.views.stream import stream_of
from stagebox.views.view import in_english
from tests.views.seeing import seeing
from tests.views.snapshots import now, well


def seen(stream: dict[str, Any], *, streaming: bool | None = False, **health: Any) -> Seen:
    snapshot = well(streaming=streaming)
    snapshot["stream"] |= stream
    snapshot["health"]["stream"] = {"state": "fine", "bitrate_kbps": None, **health}
    return seeing(snapshot, age_s=0.1, utc_s=now())


@pytest.mark.parametrize(
    ("phase", "trouble", "action", "shape", "words"),
    [
        ("off", "", "start", "off", "off air"),
        ("connecting", "", "stop", "busy", "connecting…"),
        ("live", "", "stop", "fine", "live 0:01:00"),
        ("reconnecting", "gone", "stop", "bad", "lost, coming back"),
        ("failed", "refused", "stop", "bad", "key refused"),
        ("failed", "no_network", "stop", "bad", "no network"),
        ("stopping", "", "wait", "busy", "ending…"),
    ],
)
def test_every_phase_has_its_shape_its_words_and_its_control(
    phase: str, trouble: str, action: str, shape: str, words: str
) -> None:
    shown = stream_of(seen({"phase": phase, "trouble": trouble, "live_s": 60.0}), in_english)
    assert (shown.action, shown.shape, shown.words) == (action, shape, words)


def test_a_target_that_cannot_be_used_leads_to_the_set_up_with_its_reason() -> None:
    shown = stream_of(seen({"problem": "There is no stream key.", "remedy": "Type it."}), in_english)
    assert shown.action == "set_up"
    assert shown.problem == "There is no stream key. Type it."


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("en", "There is no stream key. Type it in Set-up, Stream."),
        ("cs", "Chybí klíč přenosu. Zadejte ho v Nastavení, Přenos."),
    ],
)
def test_what_is_wrong_with_the_target_is_told_for_the_screen(code: str, problem: str) -> None:
    stream = {"problem": say("no_key"), "remedy": say("no_key_help"), "target": say("own_stream_settings")}
    told = seen(stream)
    facts = replace(told.snapshot, said=sentences_in(stream))
    shown = stream_of(replace(told, snapshot=facts, language=code), language(code))
    assert shown.problem == problem
    assert shown.target == {"en": "OBS's own stream settings", "cs": "vlastní nastavení přenosu v OBS"}[code]


def test_a_live_stream_that_is_slow_is_no_tick() -> None:
    shown = stream_of(seen({"phase": "live"}, streaming=True, state="warning"), in_english)
    assert shown.shape == "warn"
    assert "too slow" in shown.words


def test_what_is_not_known_is_a_ring() -> None:
    assert stream_of(seen({"phase": "live"}, streaming=None), in_english).shape == "unknown"
    stale = seeing(well(), connected=False, age_s=60.0, utc_s=now())
    shown = stream_of(stale, in_english)
    assert (shown.shape, shown.action) == ("unknown", "wait")


def test_a_touch_is_shown_at_once_and_a_second_one_does_nothing() -> None:
    asked = Asked(id="a", kind="start_stream", at=0.0)
    assert stream_of(replace(seen({}), asked=(asked,)), in_english).action == "wait"


def test_the_rail_shows_the_stream_as_the_panel_does() -> None:
    item = next(one for one in rail_of(seen({"phase": "live", "live_s": 5.0}, streaming=True), in_english)
                if one.key == "stream")  # fmt: skip
    assert item.shape == "fine"
    assert item.words.startswith("live 0:00:05")
