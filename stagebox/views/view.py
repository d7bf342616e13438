"""From what is seen to what is shown: the one function all of the screen's facts go through. Pure."""

from stagebox.model.said import said_of
from stagebox.views.alarms import alarms_of
from stagebox.views.button_box import button_box_of
from stagebox.views.guide import guide_of
from stagebox.views.hints import hints_of
from stagebox.views.now_and_next import age_words, now_and_next, zone_of
from stagebox.views.planned import planned_of
from stagebox.views.rail import rail_of
from stagebox.views.record import record_of
from stagebox.views.report import report_of
from stagebox.views.said import notes_words, said_words
from stagebox.views.schedule_page import schedule_page_of
from stagebox.views.seen import Seen, Translate
from stagebox.views.set_up import set_up_of
from stagebox.views.speaker import speaker_of
from stagebox.views.stream import stream_of
from stagebox.views.talks import sessions_of
from stagebox.views.tiles import tiles_of
from stagebox.views.trial import trial_of
from stagebox.views.under_way import marked
from stagebox.views.values import Header, Stage, View
from stagebox.views.words import clock, since, talk_title


def in_english(words: str) -> str:
    """The words as they are written in the code."""
    return words


def view_of(seen: Seen, translate: Translate = in_english) -> View:
    """Everything that the screen shows, in the language of `translate`."""
    rail, set_up = rail_of(seen, translate), set_up_of(seen, translate)
    return View(
        stage=_stage(seen, translate),
        header=_header(seen, translate),
        tiles=tiles_of(seen, translate),
        record=record_of(seen, translate),
        rail=rail,
        alarms=marked(seen, alarms_of(seen, translate)),
        hints=marked(seen, hints_of(seen, translate)),
        stream=stream_of(seen, translate),
        sessions=sessions_of(seen, translate),
        report=report_of(seen, seen.open_report, translate),
        trial=trial_of(seen, translate),
        set_up=set_up,
        guide=guide_of(seen, set_up, rail, translate),
        button_box=button_box_of(seen, translate),
        schedule=schedule_page_of(seen, translate),
        planned=planned_of(seen, translate),
        speaker=speaker_of(seen, translate),
        notice=seen.notice or notes_words(seen),
    )


def _stage(seen: Seen, translate: Translate) -> Stage:
    if not seen.told:
        title = translate("stagebox is starting")
        words = translate("This takes a few seconds.")
        if seen.age_s > 15 and seen.trouble:
            words = said_words(said_of(seen.trouble), seen.language)
        return Stage(face="starting", title=title, text=words)
    recorded = seen.snapshot.recording
    not_known = translate("Whether OBS records is not known. If this stays, restart the computer.")
    if seen.connected and seen.fresh:
        return Stage(face="live", title="", text="")
    if not seen.connected:
        title = translate("Not connected for {time}: what you see is old")
        if recorded:
            words = translate("OBS goes on recording. The screen comes back by itself.")
        else:
            words = translate("Nothing was being recorded. The screen comes back by itself.")
    else:
        title = translate("No news for {time}: what you see is old")
        if recorded:
            words = translate("OBS goes on recording. If this stays, restart the computer after the talk.")
        else:
            words = translate("Nothing was being recorded. If this stays, restart the computer.")
    return Stage(
        face="stale" if seen.connected else "gone",
        title=title.format(time=since(seen.age_s, translate)),
        text=not_known if recorded is None else words,
    )


def _header(seen: Seen, translate: Translate) -> Header:
    session = seen.snapshot.session
    told = now_and_next(seen, translate)
    talk = session or seen.snapshot.next_talk
    if told is not None:
        subtitle = told.subtitle
    elif session:
        subtitle = talk.speaker or translate("touch to name the speaker")
    elif talk.title:
        next_up = translate("next talk")
        subtitle = f"{next_up} · {talk.speaker}" if talk.speaker else next_up
    else:
        subtitle = translate("touch to type title and speaker")
    no_title = translate("Talk without a title")
    return Header(
        room=seen.snapshot.room or "stagebox",
        event=seen.snapshot.event,
        title=talk_title(session, translate) if session else talk.title or no_title,
        subtitle=subtitle,
        clock=clock(seen.utc_s, zone_of(seen)),
        left=told.left if told is not None else "",
        level=told.level if told is not None else "",
        old=age_words(seen, translate),
    )
