"""Today's talks by the schedule, what became of each, and what its speaker allows. Pure."""

from collections import Counter
from datetime import date, datetime

from stagebox.model.schedule import Consent, TalkConsent
from stagebox.views.asked import is_asked
from stagebox.views.now_and_next import zone_of
from stagebox.views.said import said_words
from stagebox.views.seen import Seen, Translate
from stagebox.views.told_schedule import ToldTalk
from stagebox.views.values import Answer, Choice, Planned, PlannedTalk, Question, Shape
from stagebox.views.words import clock, elapsed, talk_title

QUESTIONS = ("record", "stream", "publish")
ROWS_MOST = 100


def planned_of(seen: Seen, translate: Translate) -> Planned:
    """Today's talks, by start."""
    used = bool(seen.snapshot.schedule.source)
    told = seen.schedule if seen.schedule.source == seen.snapshot.schedule.source else None
    if not used or told is None:
        return Planned(used=used, summary="", words=translate("The schedule is being read."), rows=())
    today = _day(seen.utc_s, seen)
    rows = tuple(
        _row(seen, one, translate) for one in told.talks if _day(one.start_utc.timestamp(), seen) == today
    )[:ROWS_MOST]
    words = "" if rows else translate("The schedule has no talk in this room today.")
    counted = Counter(one.state for one in rows)
    summary = " · ".join(f"{n} {state}" for state, n in counted.items())
    return Planned(
        used=True, summary=summary, words=words, rows=rows, recordings=_of_no_talk(seen, today, translate)
    )


def edit_target(key: str, question: str = "", answer: str = "") -> str:
    """What names an edit while it is asked."""
    return f"{key}\n{question}\n{answer}"


def _day(utc_s: float, seen: Seen) -> date:
    return datetime.fromtimestamp(utc_s, tz=zone_of(seen)).date()


def _of_no_talk(seen: Seen, today: date, translate: Translate) -> tuple[Choice, ...]:
    """Today's recordings that are of no talk of the schedule, newest first: what `serve` has at hand."""
    known = sorted(seen.snapshot.finished, key=lambda one: -one.asked_utc)
    return tuple(
        Choice(
            kind="recording",
            target=one.id,
            name=talk_title(one, translate),
            note=f"{clock(one.started_utc or one.asked_utc, zone_of(seen))} · {elapsed(one.elapsed_s)}",
            chosen=False,
            asked=is_asked(seen.asked, "give_talk", one.id),
        )
        for one in known
        if not one.talk_key and _day(one.asked_utc, seen) == today
    )


def _row(seen: Seen, talk: ToldTalk, translate: Translate) -> PlannedTalk:
    zone = zone_of(seen)
    times = f"{clock(talk.start_utc.timestamp(), zone)} – {clock(talk.end_utc.timestamp(), zone)}"
    speaker = ", ".join(talk.speakers)
    shape, state = _state(talk, translate)
    why = ""
    if talk.said is not None or talk.why:
        why = said_words(talk.said, seen.language) if talk.said is not None else talk.why
    return PlannedTalk(
        key=talk.key,
        title=talk.title,
        speaker=speaker,
        subtitle=" · ".join(part for part in (times, speaker) if part),
        shape=shape,
        state=state,
        why=why,
        grave=talk.state in ("missing", "refused"),
        session=talk.sessions[-1] if talk.sessions else "",
        questions=_questions(seen, talk.key, talk.consent, translate),
    )


def _state(talk: ToldTalk, translate: Translate) -> tuple[Shape, str]:
    if talk.state == "checked":
        verdicts: dict[str, tuple[Shape, str]] = {
            "ok": ("fine", translate("Good")),
            "flagged": ("warn", translate("Needs a look")),
            "failed": ("bad", translate("Failed")),
        }
        return verdicts.get(talk.verdict, ("unknown", translate("Not checked")))
    known: dict[str, tuple[Shape, str]] = {
        "expected": ("unknown", translate("To come")),
        "recording": ("busy", translate("Recording")),
        "recorded": ("busy", translate("Being processed")),
        "missing": ("bad", translate("Missing")),
        "refused": ("off", translate("Not to be recorded")),
        "cancelled": ("off", translate("Cancelled")),
    }
    return known.get(talk.state, ("unknown", translate("not known")))


def _questions(seen: Seen, key: str, told: TalkConsent, translate: Translate) -> tuple[Question, ...]:
    names = {
        "record": translate("May it be recorded?"),
        "stream": translate("May it be streamed?"),
        "publish": translate("May it be published?"),
    }
    labels = {
        Consent.YES: translate("Yes"),
        Consent.NO: translate("No"),
        Consent.UNKNOWN: translate("Not known"),
    }
    return tuple(
        Question(
            key=question,
            name=names[question],
            answers=tuple(
                Answer(
                    value=str(answer),
                    label=label,
                    chosen=getattr(told, question) is answer,
                    asked=is_asked(seen.asked, "edit_talk", edit_target(key, question, str(answer))),
                )
                for answer, label in labels.items()
            ),
        )
        for question in QUESTIONS
    )
