"""What was on program is kept with the talk, by the recording's own clock, and told to who processes it."""

from stagebox.engine.program import CHANGES_KEPT
from stagebox.model.effects import ProcessSession
from stagebox.model.observations import ObsDisconnected, ProgramSceneEvent
from tests.engine.messages import Box, obs_connected, recording_box


def program(box: Box) -> list[tuple[str, float]]:
    session = box.state.session
    assert session is not None
    return [(one.scene, one.start_s) for one in session.program]


def test_scenes_are_noted_from_the_first_picture_on_by_the_recordings_own_clock() -> None:
    box = Box()
    box.say(obs_connected(program="Screen"))
    box.say(ProgramSceneEvent(generation=1, scene="Both"))
    box.start()
    box.started()
    box.wait(5.0)
    box.say(ProgramSceneEvent(generation=1, scene="Speaker"))
    box.say(ProgramSceneEvent(generation=1, scene="Speaker"))
    noted = program(box)
    assert [scene for scene, _ in noted] == ["Both", "Speaker"]
    assert noted[0][1] == 0.0
    assert 5.0 <= noted[1][1] < 6.0
    box.stop()
    box.stopped()
    (wanted,) = (effect for effect in box.effects if isinstance(effect, ProcessSession))
    assert [one.scene for one in wanted.program] == ["Both", "Speaker"]


def test_nothing_is_noted_while_no_talk_is_recorded() -> None:
    box = recording_box()
    box.stop()
    box.stopped()
    box.say(ProgramSceneEvent(generation=1, scene="Both"))
    assert box.state.session is None
    box.start()
    box.started("/rec/b.flv")
    assert [scene for scene, _ in program(box)] == ["Both"]


def test_while_obs_is_away_nobody_knows() -> None:
    box = recording_box()
    (first,) = program(box)
    box.wait(3.0)
    box.say(ObsDisconnected(generation=1, fault="lost"))
    assert [scene for scene, _ in program(box)] == [first[0], ""]
    box.say(obs_connected(generation=2, program="Both", recording=True))
    assert [scene for scene, _ in program(box)][-1] == "Both"


def test_after_very_many_changes_nobody_knows_any_more() -> None:
    box = recording_box()
    for number in range(CHANGES_KEPT + 10):
        box.say(ProgramSceneEvent(generation=1, scene=("Both", "Screen")[number % 2]))
    noted = program(box)
    assert len(noted) <= CHANGES_KEPT + 1
    assert noted[-1][0] == ""
