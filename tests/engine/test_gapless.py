"""Next talk: one session ends and the following begins in the same file, whatever else happens."""

import pytest

from stagebox.engine.inventory import Inventory, RecordingFile, take_stock
from stagebox.model.commands import (
    NextTalk,
    ResumeRecording,
    SetTalk,
    StartRecording,
    StartTrial,
    TalkDetails,
)
from stagebox.model.effects import ObsResumeRecord, ObsStartRecord, ObsStopRecord, ProcessSession
from stagebox.model.observations import (
    EngineStarted,
    ObsDisconnected,
    ObsProcessEvent,
    ProgramSceneEvent,
    RecordFileEvent,
    RecordStateEvent,
)
from stagebox.model.ranges import FileRange
from stagebox.model.schedule import Consent, TalkConsent
from stagebox.model.state import Phase, recorded_s
from tests.engine.messages import EPOCH, Box, obs_connected, recording_box
from tests.engine.test_recording import stats
from tests.engine.test_scheduled import DAY, box_with, go_to, talk
from tests.engine.test_trials import own_path

SECOND = TalkDetails(title="Second", speaker="Grace")


def jobs(box: Box) -> list[ProcessSession]:
    return [one for one in box.effects if isinstance(one, ProcessSession)]


def asked(box: Box) -> int:
    return sum(isinstance(one, ObsStartRecord | ObsStopRecord) for one in box.effects)


def cut_box(after_s: float = 60.0) -> Box:
    """A box in the second of two talks that share a file."""
    box = recording_box()
    box.now += after_s
    assert box.want(NextTalk(talk=SECOND)).status == "done"
    return box


def test_the_following_talk_begins_where_this_one_ends_and_obs_is_asked_nothing() -> None:
    box = recording_box()
    box.now += 60.0
    before = asked(box)
    assert box.want(NextTalk(talk=SECOND)).status == "done"
    assert asked(box) == before
    (job,) = jobs(box)
    assert (job.segments, job.ranges, job.expected_s) == (("/rec/a.flv",), (FileRange(to_s=60.0),), 60.0)
    session = box.state.session
    assert session is not None
    assert (session.phase, session.talk, session.wanted) == (Phase.RECORDING, SECOND, True)
    box.now += 30.0
    assert recorded_s(session, box.now) == 30.0
    box.stop()
    box.stopped()
    assert jobs(box)[1].ranges == (FileRange(from_s=60.0),)
    assert (jobs(box)[1].expected_s, jobs(box)[1].title) == (30.0, "Second")


def test_the_next_talks_own_name_is_taken_and_one_that_made_way_comes_back() -> None:
    box = Box()
    box.say(obs_connected())
    box.want(SetTalk(talk=SECOND))
    box.start("First")
    box.started()
    box.now += 10.0
    box.want(NextTalk())
    assert box.state.session is not None
    assert box.state.session.talk == SECOND
    box.now += 10.0
    box.want(NextTalk())
    assert box.state.session.talk == TalkDetails()


def test_twice_quickly_gives_three_talks_and_none_is_lost() -> None:
    box = cut_box()
    box.want(NextTalk(talk=TalkDetails(title="Third")))
    box.stop()
    box.stopped()
    assert [one.ranges for one in jobs(box)] == [
        (FileRange(to_s=60.0),),
        (FileRange(from_s=60.0, to_s=60.0),),
        (FileRange(from_s=60.0),),
    ]
    assert len({one.name for one in jobs(box)}) == 3


def test_pauses_of_the_file_are_no_time_of_it() -> None:
    box = recording_box()
    box.now += 20.0
    box.say(RecordStateEvent(generation=1, phase="paused"))
    box.now += 100.0
    box.say(RecordStateEvent(generation=1, phase="resumed"))
    box.now += 5.0
    box.want(NextTalk(talk=SECOND))
    assert jobs(box)[0].ranges == (FileRange(to_s=25.0),)
    assert [one.at_s for one in jobs(box)[0].pauses] == [20.0]
    box.now += 7.0
    box.say(RecordStateEvent(generation=1, phase="paused"))
    box.say(stats(True, paused=True, recorded_s=32.5))
    box.now += 50.0
    box.say(RecordStateEvent(generation=1, phase="resumed"))
    box.want(NextTalk())
    assert jobs(box)[1].ranges == (FileRange(from_s=25.0, to_s=32.0),)
    assert [one.at_s for one in jobs(box)[1].pauses] == [7.5]


def test_in_a_pause_the_talk_ends_where_it_was_paused_and_obs_is_asked_to_go_on() -> None:
    box = recording_box()
    box.now += 20.0
    box.say(RecordStateEvent(generation=1, phase="paused"))
    box.now += 100.0
    first = box.want(ResumeRecording())
    answer = box.want(NextTalk(talk=SECOND))
    assert answer.status == "pending"
    assert box.fate(first.intent_id).status == "superseded"
    assert [isinstance(one, ObsResumeRecord) for one in box.effects[-1:]] == [True]
    assert (jobs(box)[0].ranges, jobs(box)[0].expected_s, jobs(box)[0].pauses) == (
        (FileRange(to_s=20.0),),
        20.0,
        (),
    )
    box.now += 1.0
    box.say(RecordStateEvent(generation=1, phase="resumed"))
    assert box.fate(answer.intent_id).status == "done"
    box.now += 9.0
    session = box.state.session
    assert session is not None
    assert recorded_s(session, box.now) == 9.0


def test_a_marked_do_not_record_is_refused_and_this_talk_goes_on() -> None:
    box = recording_box()
    answer = box.want(NextTalk(talk=TalkDetails(title="Private", do_not_record=True)))
    assert (answer.status, answer.detail) == (
        "refused",
        "“Private” is marked “do not record”: it is not recorded.",
    )
    assert box.state.session is not None
    assert box.state.session.talk.title == "A talk"


def test_when_nothing_is_recorded_it_begins_the_next_talk() -> None:
    box = Box()
    box.say(obs_connected())
    box.want(SetTalk(talk=SECOND))
    answer = box.want(NextTalk())
    assert answer.status == "pending"
    box.started()
    assert box.fate(answer.intent_id).status == "done"
    assert box.state.session is not None
    assert box.state.session.talk == SECOND


@pytest.mark.parametrize("wish", [StartRecording(talk=SECOND), NextTalk(talk=SECOND)])
def test_a_start_while_the_last_one_stops_waits_and_begins_then(wish: StartRecording | NextTalk) -> None:
    box = recording_box()
    box.stop()
    answer = box.want(wish)
    assert answer.status == "pending"
    assert sum(isinstance(one, ObsStartRecord) for one in box.effects) == 1
    box.stopped()
    assert sum(isinstance(one, ObsStartRecord) for one in box.effects) == 2
    assert len(jobs(box)) == 1
    box.started("/rec/b.flv")
    assert box.fate(answer.intent_id).status == "done"
    assert box.state.session is not None
    assert (box.state.session.talk, box.state.next_talk) == (SECOND, SECOND)


def test_a_start_that_waits_for_a_stop_can_be_taken_back_and_asked_for_again() -> None:
    box = recording_box()
    box.stop()
    first, second = box.want(StartRecording()), box.want(StartRecording(talk=SECOND))
    assert box.fate(first.intent_id).status == "superseded"
    box.stop()
    assert box.fate(second.intent_id).status == "superseded"
    box.stopped()
    assert box.state.idle


def test_a_start_that_waits_survives_the_end_of_obs_and_of_stagebox() -> None:
    box = recording_box()
    box.stop()
    box.want(StartRecording(talk=SECOND))
    box.say(EngineStarted(boot_id="", alive_utc=EPOCH + box.now))
    box.say(ObsProcessEvent(phase="exited", exit_code=-9))
    box.say(obs_connected(2))
    box.started("/rec/b.flv", 2)
    assert box.state.session is not None
    assert box.state.session.talk == SECOND
    assert len(jobs(box)) == 1


def test_who_waits_for_obs_makes_way_and_what_obs_begins_is_the_next_talk() -> None:
    box = Box()
    box.say(obs_connected())
    first = box.start("First")
    answer = box.want(NextTalk(talk=SECOND))
    assert (box.fate(first.intent_id).status, answer.status) == ("superseded", "pending")
    assert sum(isinstance(one, ObsStartRecord) for one in box.effects) == 1
    assert [one.verdict for one in box.state.finished] == ["failed"]
    box.started()
    assert box.state.session is not None
    assert box.state.session.talk == SECOND
    assert box.fate(answer.intent_id).status == "done"


def test_obs_dead_between_two_talks_the_second_goes_on_in_a_file_of_its_own() -> None:
    box = cut_box()
    box.now += 5.0
    box.say(ObsProcessEvent(phase="exited", exit_code=-9))
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.now += 2.0
    box.say(obs_connected(2))
    box.started("/rec/b.flv", 2)
    box.now += 10.0
    box.stop()
    box.stopped("/rec/b.flv", 2)
    second = jobs(box)[-1]
    assert second.segments == ("/rec/a.flv", "/rec/b.flv")
    assert second.ranges == (FileRange(from_s=60.0), FileRange())
    assert second.starts_s == (0.0, 7.0)
    assert second.expected_s == 15.0


def test_obs_dead_when_the_next_talk_is_asked_for_it_begins_as_soon_as_obs_is_back() -> None:
    box = recording_box()
    box.now += 10.0
    box.say(ObsProcessEvent(phase="exited", exit_code=-9))
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.say(obs_connected(2))
    box.now += 1.0
    answer = box.want(NextTalk(talk=SECOND))
    assert [one.segments for one in jobs(box)] == [("/rec/a.flv",)]
    box.started("/rec/b.flv", 2)
    assert box.fate(answer.intent_id).status == "done"
    box.stop()
    box.stopped("/rec/b.flv", 2)
    assert [(one.segments, one.ranges) for one in jobs(box)] == [
        (("/rec/a.flv",), ()),
        (("/rec/b.flv",), ()),
    ]


def test_obs_splits_after_the_cut_and_names_its_first_file_when_it_ends() -> None:
    box = recording_box()
    box.now += 20.0
    box.say(RecordFileEvent(path="/rec/a (1).flv", after="/rec/a.flv"))
    box.now += 15.0
    box.want(NextTalk(talk=SECOND))
    assert jobs(box)[0].segments == ("/rec/a.flv", "/rec/a (1).flv")
    assert jobs(box)[0].ranges == (FileRange(), FileRange(to_s=15.0))
    box.now += 10.0
    box.say(RecordFileEvent(path="/rec/a (2).flv", after="/rec/a (1).flv"))
    box.now += 10.0
    box.stop()
    box.stopped("/rec/a.flv")
    assert box.state.idle
    second = jobs(box)[-1]
    assert second.segments == ("/rec/a (1).flv", "/rec/a (2).flv")
    assert (second.ranges, second.splits) == ((FileRange(from_s=15.0), FileRange()), (1,))


def test_a_part_that_obs_began_unseen_is_the_second_talks_though_it_bears_the_firsts_name() -> None:
    box = recording_box("/rec/a (1).flv")
    box.now += 60.0
    box.want(NextTalk(talk=SECOND))
    files = [
        RecordingFile("/rec/a (1).flv", EPOCH + box.now + 5.0),
        RecordingFile("/rec/a (2).flv", EPOCH + box.now + 9.0),
    ]
    state = take_stock(box.state, Inventory(files=files), EPOCH + box.now + 10.0)
    assert state.session is not None
    assert [one.path for one in state.session.segments] == ["/rec/a (1).flv", "/rec/a (2).flv"]


def test_a_late_part_belongs_to_the_talk_that_had_the_end_of_the_file() -> None:
    box = cut_box()
    box.stop()
    box.stopped()
    box.say(RecordFileEvent(path="/rec/a (1).flv", after="/rec/a.flv"))
    first, second = box.state.jobs
    assert [one.path for one in first.segments] == ["/rec/a.flv"]
    assert [one.path for one in second.segments] == ["/rec/a.flv", "/rec/a (1).flv"]


def test_a_file_that_obs_names_only_at_its_end_is_both_talks() -> None:
    box = recording_box("")
    box.now += 60.0
    box.want(NextTalk(talk=SECOND))
    box.now += 1.0
    box.want(NextTalk())
    assert jobs(box) == []
    box.stop()
    box.stopped("/rec/a.flv")
    assert {one.ranges for one in jobs(box)} == {
        (FileRange(to_s=60.0),),
        (FileRange(from_s=60.0, to_s=61.0),),
        (FileRange(from_s=61.0),),
    }
    assert {one.segments for one in jobs(box)} == {("/rec/a.flv",)}


def test_in_a_test_recording_the_talk_takes_its_place() -> None:
    box = Box()
    box.say(obs_connected())
    box.want(StartTrial(seconds=10.0))
    box.started(own_path(box))
    assert box.want(NextTalk(talk=SECOND)).status == "done"
    session = box.state.session
    assert session is not None
    assert (session.trial, session.talk, session.segments[0].from_s) == (False, SECOND, None)


def test_what_is_on_program_and_the_talks_own_clock_begin_anew() -> None:
    box = cut_box()
    box.now += 4.0
    box.say(ProgramSceneEvent(generation=1, scene="Speaker"))
    session = box.state.session
    assert session is not None
    assert [(one.scene, one.start_s) for one in session.program] == [("Screen", 0.0), ("Speaker", 4.0)]


def test_a_wish_while_it_is_not_known_why_obs_stopped_ends_the_talk_and_begins_the_next() -> None:
    box = recording_box()
    box.rules = box.rules.__class__(scenes=box.rules.scenes, folder="/rec")
    box.now += 30.0
    box.stopped()
    assert box.state.session is not None
    answer = box.want(NextTalk(talk=SECOND))
    box.started("/rec/b.flv")
    assert box.fate(answer.intent_id).status == "done"
    assert [one.ranges for one in jobs(box)] == [()]


def test_the_schedule_says_which_talk_is_the_next_and_what_is_not_to_be_recorded_is_refused() -> None:
    private = talk("c", 4200.0, consent=TalkConsent(record=Consent.NO))
    box = box_with(*DAY[:2], private)
    go_to(box, 600.0)
    box.want(StartRecording())
    box.started()
    go_to(box, 2300.0)
    assert box.want(NextTalk()).status == "done"
    session = box.state.session
    assert session is not None
    assert (session.talk.key, jobs(box)[0].title) == ("b", "Talk a")
    go_to(box, 4200.0)
    assert box.want(NextTalk()).status == "refused"
    assert box.state.session is not None
    assert box.state.session.talk.key == "b"
