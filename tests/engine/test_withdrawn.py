"""A speaker says no while the talk is recorded: nothing changes until a person keeps or discards it."""

from dataclasses import replace

import pytest

from stagebox.model.commands import (
    Command,
    DiscardTalk,
    EditTalk,
    KeepTalk,
    NextTalk,
    Origin,
    StartRecording,
    TakeBackDiscard,
    TakeBackEdit,
    TalkDetails,
)
from stagebox.model.effects import ObsStartRecord, ObsStopRecord, ProcessSession, SealFiles
from stagebox.model.observations import EngineStarted, JobDone, ObsDisconnected, SealAnswered, SettingsEvent
from stagebox.model.said import Said
from stagebox.model.schedule import Consent, TalkConsent
from stagebox.model.set_up import ActiveSettings
from tests.engine.messages import Box, obs_connected
from tests.engine.test_scheduled import DAY, box_with, go_to, use

NO = EditTalk(key="a", record=Consent.NO)
A_DAY = 86400.0


def recorded() -> Box:
    """Talk a is being recorded."""
    box = box_with(*DAY)
    go_to(box, 610.0)
    box.want(StartRecording())
    box.started("/a/a.flv")
    return box


def asked() -> tuple[Box, str]:
    """And its speaker has said no."""
    box = recorded()
    box.want(NO)
    assert box.state.session is not None
    return box, box.state.session.id


def done(box: Box, kind: type) -> list[object]:
    return [one for one in box.effects if isinstance(one, kind)]


def seals(box: Box) -> list[SealFiles]:
    return [one for one in box.effects if isinstance(one, SealFiles)]


def sealed() -> tuple[Box, str]:
    """A discarded recording that lies aside."""
    box, talk = asked()
    box.want(DiscardTalk(session_id=talk))
    box.stopped("/a/a.flv")
    box.say(SealAnswered(session_id=talk, do="seal", ok=True))
    return box, talk


@pytest.mark.parametrize("by", ["a person", "the schedule"])
def test_a_no_while_it_is_recorded_asks_and_the_recording_goes_on(by: str) -> None:
    box = recorded()
    assert "consent_withdrawn" not in box.codes()
    if by == "a person":
        box.want(NO)
    else:
        use(box, replace(DAY[0], consent=TalkConsent(record=Consent.NO)), *DAY[1:])
    assert box.state.session is not None
    assert box.state.session.consent == "asked"
    (alarm,) = [one for one in box.state.alarms if one.code == "consent_withdrawn"]
    assert alarm.level == "critical"
    assert "“Talk a”" in alarm.message
    go_to(box, 2000.0)
    assert box.state.session is not None
    assert not done(box, ObsStopRecord)


def test_a_no_that_is_taken_back_asks_no_more() -> None:
    box, _ = asked()
    box.want(TakeBackEdit(key="a"))
    assert "consent_withdrawn" not in box.codes()
    box.want(NO)
    assert "consent_withdrawn" in box.codes(), "and asks again when it comes again"


def test_kept_it_is_processed_as_any_other_and_its_report_says_so() -> None:
    box, talk = asked()
    assert box.want(KeepTalk(session_id=talk)).status == "done"
    assert "consent_withdrawn" not in box.codes()
    assert box.state.session is not None
    assert (box.state.session.consent, box.state.session.consent_origin) == ("kept", "touch")
    box.say(SettingsEvent(in_force=ActiveSettings(room="Hall", folder="/a")))
    assert "consent_withdrawn" not in box.codes(), "it is asked once"
    box.stop()
    box.stopped("/a/a.flv")
    (made,) = [one for one in box.effects if isinstance(one, ProcessSession)]
    said = [mark for mark in made.marks if mark.code == "moment"]
    assert [mark.message for mark in said] == [
        "Its speaker has said no to the recording, and a person keeps it."
    ]


def test_stopped_without_a_word_it_waits_and_nothing_is_made_of_it() -> None:
    box, talk = asked()
    box.stop()
    box.stopped("/a/a.flv")
    assert not done(box, ProcessSession)
    (alarm,) = [one for one in box.state.alarms if one.code == "consent_withdrawn"]
    assert "it was recorded" in alarm.message
    box.say(EngineStarted(boot_id="b"))
    box.say(obs_connected())
    assert not done(box, ProcessSession)
    assert box.want(KeepTalk(session_id=talk)).status == "done"
    assert len(done(box, ProcessSession)) == 1
    assert "consent_withdrawn" not in box.codes()


def test_one_that_waits_is_processed_when_its_speaker_says_yes() -> None:
    box, _ = asked()
    box.stop()
    box.stopped("/a/a.flv")
    box.want(TakeBackEdit(key="a"))
    assert len(done(box, ProcessSession)) == 1
    assert "consent_withdrawn" not in box.codes()


def test_discarded_it_ends_nothing_is_made_of_it_and_it_is_sealed() -> None:
    box, talk = asked()
    assert box.want(DiscardTalk(session_id=talk)).status == "done"
    assert len(done(box, ObsStopRecord)) == 1
    assert "consent_withdrawn" not in box.codes()
    assert not seals(box), "first OBS has to stop"
    box.stopped("/a/a.flv")
    (seal,) = seals(box)
    assert (seal.do, seal.session_id, seal.files) == ("seal", talk, ("/a/a.flv",))
    assert (seal.title, seal.origin) == ("Talk a", "touch")
    assert seal.utc > 0
    box.say(SealAnswered(session_id=talk, do="seal", ok=True))
    assert not done(box, ProcessSession)
    assert box.state.jobs == ()
    (over,) = box.state.finished
    assert (over.consent, over.verdict) == ("discarded", "")
    assert over.summary == "“Talk a” is discarded. Its recording lies aside for a day, then it is deleted."
    assert box.state.next_talk.key == "a", "and it is asked for no more: its speaker says no"
    assert box.state.next_talk.do_not_record


def test_one_that_waits_can_be_discarded_too() -> None:
    box, talk = asked()
    box.stop()
    box.stopped("/a/a.flv")
    box.want(DiscardTalk(session_id=talk))
    assert [one.do for one in seals(box)] == ["seal"]


def test_after_a_day_it_is_deleted_and_that_is_said() -> None:
    box, talk = sealed()
    box.wait(A_DAY - 200.0)
    assert [one.do for one in seals(box)] == ["seal"]
    box.wait(300.0)
    box.wait(61.0)
    assert {one.do for one in seals(box)} == {"seal", "delete"}
    box.say(SealAnswered(session_id=talk, do="delete", ok=True))
    assert box.state.sealed == ()
    assert box.state.finished[-1].summary == (
        "“Talk a” was discarded a day ago: its recording is deleted now."
    )
    assert any("is deleted now" in note.said.words for note in box.state.notes)
    many = len(seals(box))
    box.wait(1000.0)
    assert len(seals(box)) == many


def test_a_clock_that_jumps_a_year_deletes_nothing() -> None:
    box, _ = sealed()
    box.epoch += 365 * A_DAY
    for _ in range(5):
        box.wait(61.0)
    assert [one.do for one in seals(box)] == ["seal"]


def test_what_could_not_be_done_is_said_and_tried_again() -> None:
    box, talk = asked()
    box.want(DiscardTalk(session_id=talk))
    box.stopped("/a/a.flv")
    box.say(SealAnswered(session_id=talk, do="seal", ok=False, said=Said(words="The disk is gone.")))
    assert any(note.said.words == "The disk is gone." for note in box.state.notes)
    box.wait(61.0)
    assert [one.do for one in seals(box)] == ["seal", "seal"]
    box.say(EngineStarted(boot_id="b"))
    assert [one.do for one in seals(box)] == ["seal"] * 3, "and after a crash, at once"


def test_within_the_day_it_can_be_taken_back_and_is_processed() -> None:
    box, talk = sealed()
    assert box.want(TakeBackDiscard(session_id=talk)).status == "done"
    assert [one.do for one in seals(box)] == ["seal", "take_back"]
    box.say(EngineStarted(boot_id="b"))
    assert [one.do for one in seals(box)] == ["seal", "take_back", "take_back"]
    box.say(SealAnswered(session_id=talk, do="take_back", ok=True))
    assert len(done(box, ProcessSession)) == 1
    assert box.state.sealed == ()
    box.say(JobDone(session_id=talk, verdict="ok", output="/out/a.mp4"))
    assert (box.state.finished[-1].consent, box.state.finished[-1].output) == ("kept", "/out/a.mp4")
    assert box.want(TakeBackDiscard(session_id=talk)).status == "refused"


def test_once_it_is_being_deleted_it_does_not_come_back() -> None:
    box, talk = sealed()
    box.wait(A_DAY + 100.0)
    assert [one.do for one in seals(box)][-1] == "delete"
    assert box.want(TakeBackDiscard(session_id=talk)).status == "refused"


@pytest.mark.parametrize(
    "want", [KeepTalk(session_id="x"), DiscardTalk(session_id="x"), TakeBackDiscard(session_id="x")]
)
def test_what_is_not_asked_is_refused(want: KeepTalk | DiscardTalk | TakeBackDiscard) -> None:
    box = recorded()
    assert box.want(want).status == "refused"
    assert box.state.session is not None
    assert box.want(DiscardTalk(session_id=box.state.session.id)).status == "refused", "nobody said no"
    assert not done(box, ObsStopRecord)


def test_a_file_that_another_talk_is_in_as_well_stays() -> None:
    box = recorded()
    go_to(box, 2410.0)
    box.want(NextTalk())
    box.want(NO)
    assert box.state.session is not None
    assert box.state.session.talk.key == "b"
    assert "consent_withdrawn" not in box.codes(), "the first was over by then"
    box.want(EditTalk(key="b", record=Consent.NO))
    box.want(DiscardTalk(session_id=box.state.session.id))
    box.stopped("/a/a.flv")
    (seal,) = seals(box)
    assert seal.files == ()
    box.say(SealAnswered(session_id=seal.session_id, do="seal", ok=True))
    assert "A file that another talk is in as well stays" in box.state.finished[-1].summary


def test_a_talk_that_ends_for_the_next_one_waits_too() -> None:
    box, talk = asked()
    go_to(box, 2410.0)
    box.want(NextTalk())
    assert box.state.session is not None
    assert box.state.session.talk.key == "b"
    assert not done(box, ProcessSession)
    assert "consent_withdrawn" in box.codes()
    box.want(DiscardTalk(session_id=talk))
    assert box.state.session is not None, "what is recorded now is another talk"
    assert not done(box, ObsStopRecord)
    assert [one.files for one in seals(box)] == [()]


WORDS = "“Talk a” is marked “do not record”: it is not recorded."
TALK_A = replace(DAY[0], consent=TalkConsent(record=Consent.NO))


@pytest.mark.parametrize("origin", ["touch", "button", "cli", "web"])
@pytest.mark.parametrize(
    "want",
    [
        StartRecording(),
        NextTalk(),
        StartRecording(talk=TalkDetails(title="Talk a", key="a")),
        NextTalk(talk=TalkDetails(title="Talk a", key="a")),
    ],
    ids=["start", "next", "start by an older schedule", "next by an older schedule"],
)
def test_a_talk_whose_speaker_says_no_does_not_begin(origin: Origin, want: StartRecording | NextTalk) -> None:
    box = box_with(TALK_A, *DAY[1:])
    go_to(box, 610.0)
    box.say(Command(id="x", origin=origin, want=want))
    assert (box.fate("x").status, box.fate("x").detail) == ("refused", WORDS)
    assert box.state.session is None
    assert not done(box, ObsStartRecord)


def test_the_clock_does_not_begin_it_either() -> None:
    box = box_with(TALK_A, *DAY[1:], auto_start=True)
    go_to(box, 2390.0)
    assert not done(box, ObsStartRecord)
    go_to(box, 2410.0)
    assert box.state.session is not None
    assert box.state.session.talk.key == "b"


def test_the_next_talk_is_refused_and_this_one_goes_on() -> None:
    box = box_with(DAY[0], replace(DAY[1], consent=TalkConsent(record=Consent.NO)), DAY[2])
    go_to(box, 610.0)
    box.want(StartRecording())
    box.started("/a/a.flv")
    go_to(box, 2410.0)
    answer = box.want(NextTalk())
    assert (answer.status, "“Talk b”" in answer.detail) == ("refused", True)
    assert box.state.session is not None
    assert box.state.session.talk.key == "a"


def test_a_no_while_the_start_waits_for_a_stop_is_obeyed() -> None:
    box = recorded()
    go_to(box, 2410.0)
    box.stop()
    begins = box.want(NextTalk())
    assert begins.status == "pending"
    box.want(EditTalk(key="b", record=Consent.NO))
    starts = len(done(box, ObsStartRecord))
    box.stopped("/a/a.flv")
    assert box.state.session is None
    assert len(done(box, ObsStartRecord)) == starts
    assert "“Talk b” is marked" in box.fate(begins.intent_id).detail
    assert box.fate(begins.intent_id).status == "refused"


def test_a_no_while_obs_is_not_there_ends_the_wish() -> None:
    box = box_with(*DAY)
    go_to(box, 610.0)
    box.say(ObsDisconnected(generation=1, fault="lost"))
    begins = box.want(StartRecording())
    assert begins.status == "pending"
    box.want(NO)
    assert (box.fate(begins.intent_id).status, box.state.session) == ("refused", None)
    box.say(obs_connected(2))
    assert not done(box, ObsStartRecord)


def test_what_the_speaker_allows_goes_with_the_recording_as_it_was_at_the_end() -> None:
    box = recorded()
    box.want(EditTalk(key="a", publish=Consent.NO))
    box.stop()
    box.stopped("/a/a.flv")
    (made,) = [one for one in box.effects if isinstance(one, ProcessSession)]
    assert made.allows == TalkConsent(publish=Consent.NO)
    box.want(StartRecording(talk=TalkDetails(title="Typed by hand")))
    box.started("/a/b.flv")
    box.stop()
    box.stopped("/a/b.flv")
    assert [one.allows for one in box.effects if isinstance(one, ProcessSession)][-1] is None
