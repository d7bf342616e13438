"""What a person may have forgotten, from the snapshot alone. Pure."""

from stagebox.kiosk.asked import is_asked
from stagebox.kiosk.seen import Seen, Translate, number, text
from stagebox.kiosk.values import Button, Hint

PAUSE_HINT_S = 20.0
FORGOTTEN_SILENCE_S = 300.0
OVERRUN_S = 3 * 3600.0
SPEAKING_S = 15.0


def hints_of(seen: Seen, translate: Translate) -> tuple[Hint, ...]:
    """The hints that hold now."""
    if not seen.fresh or text(seen.part("obs"), "link") != "up":
        return ()
    hints = (_pause(seen, translate), _forgotten(seen, translate), _speaking(seen, translate))
    return tuple(hint for hint in hints if hint is not None)


def _pause(seen: Seen, translate: Translate) -> Hint | None:
    """A card on program while the talk is being recorded: the talk's picture is not recorded."""
    session, program = seen.part("session"), text(seen.snapshot, "program_scene")
    if text(session, "phase") != "recording" or (number(session, "elapsed_s") or 0.0) < PAUSE_HINT_S:
        return None
    if program == "outro":
        words = translate("hints", "The outro is on program, and the recording runs. Is the talk over?")
        return Hint(key="outro", text=words + " " + translate("hints", "Hold to stop."), button=Button())
    if program == "intermission":
        words = translate("hints", "The intermission is on program, and the recording runs.")
        label = translate("hints", "Show both")
        return Hint(
            key="intermission",
            text=words,
            button=Button(kind="switch_scene", target="combo", label=label),
        )
    return None


def _forgotten(seen: Seen, translate: Translate) -> Hint | None:
    """Recording an empty room."""
    session = seen.part("session")
    if text(session, "phase") != "recording":
        return None
    if seen.quiet_s >= FORGOTTEN_SILENCE_S:
        words = translate("hints", "Nobody has spoken for {n} minutes, and the recording runs.")
        return Hint(key="forgotten", text=words.format(n=int(seen.quiet_s // 60)), button=Button())
    if (number(session, "elapsed_s") or 0.0) >= OVERRUN_S:
        words = translate("hints", "This recording runs for more than {n} hours. Was it forgotten?")
        return Hint(key="overrun", text=words.format(n=int(OVERRUN_S // 3600)), button=Button())
    return None


def _speaking(seen: Seen, translate: Translate) -> Hint | None:
    """Somebody speaks, and nothing records."""
    if seen.part("session") or is_asked(seen.asked, "start_recording"):
        return None
    if seen.loud_s < SPEAKING_S:
        return None
    words = translate("hints", "Somebody is speaking, and nothing is being recorded.")
    label = translate("hints", "Record")
    return Hint(key="speaking", text=words, button=Button(kind="start_recording", label=label))
