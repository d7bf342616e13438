"""The test recording: ten seconds, made and judged like a talk. Pure.

It is known by its title, so that a kiosk that crashed meanwhile still ends it.
"""

from stagebox.kiosk.asked import is_asked
from stagebox.kiosk.seen import Seen, Translate, number, rows, text
from stagebox.kiosk.values import Shape, Trial
from stagebox.kiosk.words import elapsed

TITLE = "Test recording"
LENGTH_S = 10.0
TALK = {"title": TITLE, "speaker": "", "room": ""}


def trial_is_over(seen: Seen) -> bool:
    """Whether a test recording runs that has lasted long enough and was not yet told to end."""
    session = seen.part("session")
    return (
        seen.fresh
        and text(session, "title") == TITLE
        and text(session, "phase") == "recording"
        and (number(session, "elapsed_s") or 0.0) >= LENGTH_S
        and not is_asked(seen.asked, "stop_recording")
    )


def trial_of(seen: Seen, translate: Translate) -> Trial:
    """What the test recording's button and words are."""
    session = seen.part("session")
    if text(session, "title") == TITLE:
        done_s = min(LENGTH_S, number(session, "elapsed_s") or 0.0)
        words = translate("trial", "Recording: {done} of {all}")
        return Trial(
            ready=False,
            shape="busy",
            words=words.format(done=elapsed(done_s), all=elapsed(LENGTH_S)),
            share=done_s / LENGTH_S,
        )
    if session:
        words = translate("trial", "Not while a talk is being recorded")
        return Trial(ready=False, shape="off", words=words, share=0.0)
    ready = seen.fresh and text(seen.part("obs"), "link") == "up"
    if not ready:
        return Trial(ready=False, shape="unknown", words=translate("trial", "OBS is not there"), share=0.0)
    if is_asked(seen.asked, "start_recording"):
        return Trial(ready=False, shape="busy", words=translate("trial", "Starting…"), share=0.0)
    return _last(seen, translate)


def _last(seen: Seen, translate: Translate) -> Trial:
    """Ready, with the verdict on the last test recording."""
    tested = [one for one in rows(seen.snapshot, "finished") if text(one, "title") == TITLE]
    if any(text(one, "session_id") == ident for one in rows(seen.snapshot, "jobs") for ident in _ids(seen)):
        return Trial(ready=False, shape="busy", words=translate("trial", "Being checked"), share=1.0)
    newest = max(tested, key=lambda one: number(one, "asked_utc") or 0.0, default=None)
    if newest is None:
        words = translate("trial", "Ten seconds of picture and sound, checked like a talk")
        return Trial(ready=True, shape="unknown", words=words, share=0.0)
    known: dict[str, tuple[Shape, str]] = {
        "ok": ("fine", translate("trial", "The last test was good")),
        "flagged": ("warn", translate("trial", "The last test needs a look: see Sessions")),
        "failed": ("bad", translate("trial", "The last test failed: see Sessions")),
    }
    unknown: tuple[Shape, str] = ("unknown", translate("trial", "The last test was not checked"))
    shape, words = known.get(text(newest, "verdict"), unknown)
    return Trial(ready=True, shape=shape, words=words, share=0.0)


def _ids(seen: Seen) -> set[str]:
    return {text(one, "id") for one in seen.sessions if text(one, "title") == TITLE}
