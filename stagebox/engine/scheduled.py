"""The reducer's part for the schedule: which talk is next, what a person said of one, who begins one.

The schedule fills in what nobody has named by hand. The clock asks for a talk and may begin one; it never
ends one.
"""

from dataclasses import replace

from stagebox.engine import asking, folders, next_talk, sessions
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command, EditTalk, TalkDetails
from stagebox.model.observations import ScheduleChecked, ScheduleEvent
from stagebox.model.said import Sentence
from stagebox.model.schedule import Consent, ScheduledTalk, TalkEdit
from stagebox.model.state import Session, State
from stagebox.model.talk_times import TalksNow, all_edited, details_of, is_of, next_change_utc, talks_at

LOOK_AGAIN_S = 30.0
"""The wall clock may be set meanwhile: the schedule is looked at this often at least."""

RECORDED_SHARE = 0.5
"""A talk of which this share of its length was recorded needs no recording any more."""

EDITS_MOST = GONE_MOST = 500


def talks(state: State) -> tuple[ScheduledTalk, ...]:
    """This room's talks as people left them, by start."""
    return all_edited(state.schedule.talks, state.talk_edits)


def now(state: State, utc: float) -> TalksNow:
    """What is on and what comes next in this room."""
    there = talks(state)
    session = state.session
    active = session.talk.key if session is not None and not session.trial else ""
    return talks_at(there, utc, recorded=recorded(state, there), active=active)


def recorded(state: State, there: tuple[ScheduledTalk, ...]) -> frozenset[str]:
    """The keys of talks of which enough was recorded: one that was stopped by mistake is asked for again."""
    kept = [one for one in (*state.jobs, *state.finished) if one.talk.key and one.consent != "discarded"]
    keys = {one.talk.key for one in kept}
    of = {
        talk.key: (talk, [one.recorded_s for one in kept if is_of(one.talk, one.asked_utc, talk)])
        for talk in there
        if talk.key in keys
    }
    return frozenset(
        key
        for key, (talk, seconds) in of.items()
        if seconds and sum(seconds) >= RECORDED_SHARE * (talk.end_utc - talk.start_utc)
    )


def to_record(step: Step) -> TalkDetails:
    """The talk that somebody means who records now without naming one."""
    state = step.state
    named = state.next_talk
    if not named.key:
        return named
    meant = now(state, step.utc).meant(step.utc)
    return details_of(meant) if meant is not None else TalkDetails(room=named.room)


def following(step: Step, ending: Session) -> TalkDetails:
    """The talk that somebody means who asks for the next one while this one is recorded."""
    by_hand = next_talk.following(step, ending)
    wanted = now(step.state, step.utc).wanted
    return by_hand if by_hand.title or wanted is None else replace(details_of(wanted), room=by_hand.room)


def allowed(state: State, details: TalkDetails) -> TalkDetails:
    """The details, with what the talk's speaker says now: whoever asks may have seen an older schedule."""
    planned = next((talk for talk in talks(state) if details.key and talk.key == details.key), None)
    if planned is None:
        return details
    return replace(details, do_not_record=planned.consent.record is Consent.NO)


def refusal(details: TalkDetails) -> Sentence:
    """Why a talk is not recorded whose speaker does not want it."""
    if not details.title:
        return say("do_not_record")
    return say("do_not_record_named", title=details.title)


def seen(step: Step, body: ScheduleEvent) -> None:
    """The schedule is this now."""
    known = {talk.key for talk in body.schedule.talks}
    before = step.state.schedule
    same = before.source == body.schedule.source
    same_room = same and before.room == body.schedule.room
    went = (*step.state.gone_talks, *before.talks) if same_room else ()
    gone = {talk.key: talk for talk in went if talk.key not in known}
    step.set(
        gone_talks=tuple(gone.values())[-GONE_MOST:],
        schedule=body.schedule,
        # What was said of a talk stays while its schedule does, also of one that is out of it for a while,
        # and while no schedule is used or the next one has not come yet.
        talk_edits=step.state.talk_edits
        if same or not known
        else tuple(one for one in step.state.talk_edits if one.key in known),
    )
    for said in body.changes:
        step.notice(Sentence(said), role="")
    settle(step)


def checked(step: Step, body: ScheduleChecked) -> None:
    """It is as it was."""
    step.set(schedule=replace(step.state.schedule, fetched_utc=body.utc))


def edit(step: Step, command: Command, want: EditTalk) -> None:
    """A person says something of a scheduled talk."""
    talk = next((one for one in step.state.schedule.talks if one.key == want.key), None)
    if talk is None:
        step.answer(command, "refused", say("no_such_talk"))
        return
    start = talk.start_utc if want.start_utc is None else want.start_utc
    end = talk.end_utc if want.end_utc is None else want.end_utc
    if end <= start:
        step.answer(command, "refused", say("talk_ends_early"))
        return
    before = next((one for one in step.state.talk_edits if one.key == want.key), TalkEdit(key=want.key))
    said = {
        name: value
        for name in ("title", "speaker", "start_utc", "end_utc", "record", "stream", "publish")
        if (value := getattr(want, name)) is not None
    }
    made = replace(before, **said, origin=command.origin, utc=step.utc)
    _keep(step, made)
    step.answer(command, "done")
    settle(step)


def _keep(step: Step, edit: TalkEdit) -> None:
    others = [one for one in step.state.talk_edits if one.key != edit.key]
    step.set(talk_edits=(*others, edit)[-EDITS_MOST:])


def give(step: Step, command: Command, session_id: str, key: str) -> None:
    """A person says of which talk a recording is. What was made of it keeps its name."""
    state = step.state
    known = (*talks(state), *state.gone_talks)
    talk = next((one for one in known if one.key == key), None)
    active = (state.session,) if state.session is not None and not state.session.trial else ()
    of = next((one for one in (*active, *state.jobs, *state.finished) if one.id == session_id), None)
    if talk is None or of is None:
        step.answer(command, "refused", say("no_such_talk" if talk is None else "no_such_recording"))
        return
    given = replace(of, talk=replace(details_of(talk), room=of.talk.room), allows=talk.consent)

    def put(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
        return tuple(given if one is of else one for one in sessions)

    if of is state.session:
        step.set(session=given)
        next_talk.named(step, given.talk)
    step.set(jobs=put(state.jobs), finished=put(state.finished))
    step.answer(command, "done")
    settle(step)


def take_back(step: Step, command: Command, key: str) -> None:
    """The schedule's word counts again for a talk."""
    step.set(talk_edits=tuple(one for one in step.state.talk_edits if one.key != key))
    step.answer(command, "done")
    settle(step)


def named(step: Step, talk: TalkDetails) -> bool:
    """A scheduled talk was given another title or speaker on the screen: that is an edit of it."""
    planned = next((one for one in step.state.schedule.talks if one.key == talk.key), None)
    if not talk.key or planned is None:
        return False
    plain = details_of(planned)
    before = next((one for one in step.state.talk_edits if one.key == talk.key), TalkEdit(key=talk.key))
    title = talk.title if talk.title != plain.title else None
    speaker = talk.speaker if talk.speaker != plain.speaker else None
    if (title, speaker) != (before.title, before.speaker):
        made = replace(before, title=title, speaker=speaker, origin="touch", utc=step.utc)
        _keep(step, made)
    return True


def settle(step: Step) -> None:
    """Name the next talk by the schedule, unless somebody has named it by hand; note when to look again."""
    state = step.state
    if not state.schedule.talks and not state.next_talk.key:
        if state.schedule_due is not None:
            step.set(schedule_due=None, talks_now=TalksNow())
        return
    session = state.session
    there = talks(state)
    step.set(talks_now=now(state, step.utc))
    if session is not None and not session.trial:
        _follow(step, there)
    else:
        by_hand = bool(state.next_talk.title) and not state.next_talk.key
        wanted = step.state.talks_now.wanted
        if not by_hand:
            details = details_of(wanted) if wanted is not None else TalkDetails()
            details = replace(details, room=state.next_talk.room)
            if details != state.next_talk:
                step.set(next_talk=details)
                next_talk.cards_due(step, drawn=True)
        _begin_by_itself(step)
    change = next_change_utc(there, step.utc)
    wait_s = LOOK_AGAIN_S if change is None else min(LOOK_AGAIN_S, max(0.05, change - step.utc))
    step.set(schedule_due=step.at + wait_s)


def session_changed(step: Step, before: Session | None) -> None:
    """A talk began or ended: another one is next."""
    session = step.state.session
    was = (before.id, before.phase) if before is not None else None
    if was != ((session.id, session.phase) if session is not None else None):
        settle(step)


def _follow(step: Step, there: tuple[ScheduledTalk, ...]) -> None:
    """The talk that is recorded is called as its schedule, or a person, calls it now."""
    session = step.state.session
    assert session is not None
    if session.then is not None:
        step.session(then=allowed(step.state, session.then))
    talk = next((one for one in there if session.talk.key and one.key == session.talk.key), None)
    if talk is None:
        return
    if talk.consent != session.allows:
        step.session(allows=talk.consent)
    details = replace(details_of(talk), room=session.talk.room)
    if details != session.talk:
        step.session(talk=details)
        if step.state.next_talk.key == talk.key:
            next_talk.named(step, details)


def _begin_by_itself(step: Step) -> None:
    """Start the talk whose time has come, where somebody wanted that, and nobody has stopped it before."""
    state = step.state
    if state.settings is None or not state.settings.auto_start or state.session is not None:
        return
    due = state.talks_now.due
    if due is None or step.utc < due.start_utc or due.consent.record is Consent.NO:
        return
    known = any(is_of(one.talk, one.asked_utc, due) for one in (*state.jobs, *state.finished))
    usable = state.folder in folders.USABLE or state.second_folder == "ok"
    if known or state.obs.link != "up" or state.obs.recording or not usable:
        return
    details = replace(details_of(due), room=state.next_talk.room)
    put_back = next_talk.taken(step, details)
    new = sessions.new(step, f"auto{state.sessions_made}{due.key}", details, "schedule")
    step.set(session=replace(new, put_back=put_back))
    step.notice(say("began_by_schedule", title=due.title))
    asking.start(step)


def tick(step: Step) -> None:
    """The time has come to look at the schedule."""
    due = step.state.schedule_due
    if due is not None and step.at >= due:
        settle(step)
