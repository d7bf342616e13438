"""What is an edge keeps its place in the mailbox; what is a level is coalesced, and floods stay bounded."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from stagebox.engine.mailbox import EDGES_MOST, Mailbox
from stagebox.engine.reducer import reduce
from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import Command, StartStream, SwitchScene
from stagebox.model.observations import (
    VOLATILE,
    Observation,
    OutputPhase,
    ProgramSceneEvent,
    SceneListEvent,
    StreamStateEvent,
)
from stagebox.model.state import State
from stagebox.model.stream_state import StreamPhase
from tests.engine.messages import Box, obs_connected
from tests.engine.test_recording import stats


def scene(name: str) -> ProgramSceneEvent:
    return ProgramSceneEvent(generation=1, scene=name)


def stream(phase: OutputPhase) -> StreamStateEvent:
    return StreamStateEvent(generation=1, phase=phase)


def through_a_mailbox(state: State, *bodies: Command | Observation) -> State:
    """The state after an engine that was busy meanwhile read these."""
    mailbox = Mailbox()
    for body in bodies:
        mailbox.put(body)
    while (message := mailbox.take(0.0)) is not None:
        state, _ = reduce(state, message, ReducerRules())
    return state


def live_box() -> Box:
    box = Box()
    box.say(obs_connected())
    box.want(StartStream())
    box.say(stream("started"))
    return box


def test_a_persons_own_stop_of_the_stream_stays_a_stop_when_the_engine_is_busy() -> None:
    box = live_box()
    assert box.state.stream.phase is StreamPhase.LIVE
    state = through_a_mailbox(box.state, stream("stopping"), stream("stopped"))
    assert state.stream.phase is StreamPhase.OFF


def test_a_scene_that_obs_confirmed_is_done_though_the_next_came_at_once() -> None:
    box = Box()
    box.say(obs_connected())
    box.scene("Both")
    state = through_a_mailbox(box.state, scene("Both"), scene("Intro"))
    assert [answer.status for answer in state.answers] == ["done"]
    assert state.obs.program_scene == "Intro"


def test_a_list_of_scenes_is_not_moved_behind_a_wish_for_one_of_them() -> None:
    box = Box()
    box.say(obs_connected())
    new = SceneListEvent(generation=1, scenes=("Screen", "New"))
    wish = Command(id="w", origin="touch", want=SwitchScene(scene="New"))
    state = through_a_mailbox(box.state, new, wish, new)
    assert state.wanted_scene is not None


def test_a_flood_of_edges_is_bounded_and_ends_with_the_newest() -> None:
    mailbox = Mailbox()
    for number in range(20_000):
        mailbox.put(scene(f"s{number % 7}"))
        mailbox.put(stream("stopping" if number % 2 else "reconnecting"))
    assert len(mailbox) <= 2 * EDGES_MOST
    taken = [message.body for message in iter(lambda: mailbox.take(0.0), None)]
    assert [one for one in taken if isinstance(one, ProgramSceneEvent)][-1] == scene(f"s{19_999 % 7}")
    assert [one for one in taken if isinstance(one, StreamStateEvent)][-1] == stream("stopping")
    assert mailbox.coalesced == 40_000 - len(taken)


def test_the_same_said_again_takes_no_room() -> None:
    mailbox = Mailbox()
    for _ in range(1000):
        mailbox.put(scene("Both"))
        mailbox.put(stats(recording=True))
    assert len(mailbox) == 2


edges = st.one_of(
    st.builds(scene, st.sampled_from(["A", "B"])),
    st.builds(stream, st.sampled_from(get_args(OutputPhase))),
    st.builds(stats, st.booleans()),
    st.builds(obs_connected),
)


@given(st.lists(edges, max_size=60))
def test_a_busy_engine_comes_to_the_same_decisions_as_one_that_keeps_up(told: list[Observation]) -> None:
    """Of what is no reading, nothing is lost or moved, but what says the same twice in a row."""
    mailbox = Mailbox()
    for body in told:
        mailbox.put(body)
    taken = [message.body for message in iter(lambda: mailbox.take(0.0), None)]
    decisive = [one for one in told if one.kind not in VOLATILE]
    kept = [one for one in taken if not isinstance(one, Command) and one.kind not in VOLATILE]
    assert without_echoes(decisive) == without_echoes(kept)


def without_echoes(told: list[Observation]) -> list[Observation]:
    return [one for before, one in zip([None, *told], told, strict=False) if one != before]
