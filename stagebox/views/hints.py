"""What a person may have forgotten, as live health tells it, with the touch that mends it. Pure.

Hints are no alarms: in a break they mean nothing.
"""

from stagebox.views.asked import is_asked
from stagebox.views.now_and_next import forbidden
from stagebox.views.scenes import card_of, label_of, with_most
from stagebox.views.seen import Seen, Translate
from stagebox.views.unset import choose_button, missing_words, unset_roles
from stagebox.views.values import Button, Hint

OVERRUN_S = 3 * 3600.0


def hints_of(seen: Seen, translate: Translate) -> tuple[Hint, ...]:
    """The hints that hold now."""
    if not seen.fresh or seen.snapshot.obs.link != "up":
        return ()
    hints = (
        _back(seen, translate),
        _card(seen, translate),
        _left(seen, translate),
        _speaking(seen, translate),
        _room(seen, translate),
        _unset(seen, translate),
        _not_streamed(seen, translate),
    )
    return tuple(hint for hint in hints if hint is not None)


def _back(seen: Seen, translate: Translate) -> Hint | None:
    """The picture that viewers were taken away from is there again."""
    left = seen.left
    if left is None or not left.back_at or left.scene not in seen.snapshot.scenes:
        return None
    if is_asked(seen.asked, "switch_scene", left.scene):
        return None
    slides = left.role == "slides"
    words = translate("The slides are back.") if slides else translate("The camera is back.")
    label = translate("Show {scene}").format(scene=label_of(seen, left.scene))
    return Hint(key="back", text=words, button=Button(kind="switch_scene", target=left.scene, label=label))


def _card(seen: Seen, translate: Translate) -> Hint | None:
    """A card on program while the talk is being recorded: the talk's picture is not recorded."""
    if not seen.snapshot.health.card_on_program or is_asked(seen.asked, "stop_recording"):
        return None
    program = seen.snapshot.program_scene
    card = label_of(seen, program)
    if card_of(seen.snapshot, program) == "outro":
        words = translate("“{card}” is on program, and the recording runs. Is the talk over?")
        stop = translate("Hold to stop.")
        return Hint(key="outro", text=f"{words.format(card=card)} {stop}", button=Button())
    words = translate("“{card}” is on program, and the recording runs.").format(card=card)
    scene = with_most(seen.snapshot)
    label = translate("Show {scene}").format(scene=label_of(seen, scene))
    button = Button(kind="switch_scene", target=scene, label=label) if scene else Button()
    return Hint(key="card", text=words, button=button)


def _left(seen: Seen, translate: Translate) -> Hint | None:
    """Recording an empty room."""
    session = seen.snapshot.session
    if session is None or session.phase != "recording" or is_asked(seen.asked, "stop_recording"):
        return None
    stop = translate("Hold to stop.")
    if seen.snapshot.health.room_left:
        words = translate("Nobody is heard, no slide changes, and the recording runs. Is the talk over?")
        return Hint(key="left", text=f"{words} {stop}", button=Button())
    if session.elapsed_s >= OVERRUN_S:
        words = translate("This recording has run for more than {n} hours. Was it forgotten?")
        return Hint(key="overrun", text=words.format(n=int(OVERRUN_S // 3600)) + f" {stop}", button=Button())
    return None


def _speaking(seen: Seen, translate: Translate) -> Hint | None:
    """Somebody speaks, and nothing records."""
    if seen.snapshot.session or is_asked(seen.asked, "start_recording"):
        return None
    told = any(one.code == "talk_unrecorded" for one in seen.snapshot.alarms)
    if told or not seen.snapshot.health.speaking_unrecorded or forbidden(seen):
        return None
    words = translate("Somebody is speaking, and nothing is being recorded.")
    label = translate("Record")
    return Hint(key="speaking", text=words, button=Button(kind="start_recording", label=label))


def _room(seen: Seen, translate: Translate) -> Hint | None:
    """A schedule in which nobody has said which room this is: no talk has its name from it."""
    schedule = seen.snapshot.schedule
    if not schedule.source or schedule.room or not schedule.rooms or seen.snapshot.session:
        return None
    words = translate("Rooms in the schedule: {n}. Which one is this?").format(n=schedule.rooms)
    button = Button(kind="screen", target="setup/schedule/room", label=translate("Choose the room"))
    return Hint(key="room", text=words, button=button)


def _unset(seen: Seen, translate: Translate) -> Hint | None:
    """A role without a device, until the alarm for it says so. A box may do without a camera."""
    role = next((one for one in ("mic", "slides") if one in unset_roles(seen)), "")
    told = any(one.code == "source_unset" for one in seen.snapshot.alarms)
    if not role or told or seen.snapshot.session:
        return None
    button = choose_button(seen, role, translate)
    return Hint(key="unset", text=missing_words(seen, translate), button=button)


def _not_streamed(seen: Seen, translate: Translate) -> Hint | None:
    """Viewers do not see the talk, on purpose."""
    fact = seen.snapshot.stream
    if not fact.card:
        return None
    if fact.card_stage == "dark":
        words = translate("Viewers see nothing: its speaker does not want “{title}” streamed.")
    else:
        words = translate("Viewers see the intermission card: its speaker does not want “{title}” streamed.")
    return Hint(key="stream_card", text=words.format(title=fact.card), button=Button())
