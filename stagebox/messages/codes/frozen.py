"""The camera's picture stands still."""

from stagebox.messages.entry import NO_PICTURE, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.FROZEN,
    short=msg("the picture is frozen"),
    rank={"slides": NO_PICTURE + 4, "camera": NO_PICTURE + 9, "": NO_PICTURE + 14},
    live={
        "frozen": AlarmWords(
            msg("The camera's picture is frozen."),
            msg("Switch the camera off and on, or plug its cable in again. Show the slides meanwhile."),
        ),
        "cannot_tell": AlarmWords(
            msg("It is not known whether the camera's picture moves."),
            msg("Bring the camera's picture back first."),
        ),
    },
    after=FindingEntry(
        meaning=msg(
            "The camera's picture stands still. A still picture of slides does not count: only what "
            "moved all along, or any where the settings say that the recordings show a camera all the"
            " time."
        ),
        measured=msg(
            "No packet carries a change, and the keyframes show the same picture; or the samples of "
            "keyframes, which differed by a camera's noise before, do not differ any more, and do "
            "again, if the recording goes on. The second is seen where keyframes are looked at often:"
            " in recordings of up to some ten minutes; in the camera’s box of a scene of the pack, in"
            " recordings of any length, and there also a camera that never moves."
        ),
        raised=msg(
            "{frozen_warning_s} or longer where the settings name a camera; else {STOPPED_S} or "
            "longer. Where they name one, also when it comes {OFTEN_COUNT} times or more, each for "
            "{SHORT_FREEZE_S} or longer, and takes {frozen_warning_s} of {OFTEN_LONG_S}."
        ),
        severity=msg("A warning; critical from {frozen_critical_s} where the settings name a camera."),
        remedy=msg(
            "Unplug the camera and plug it in again. Check whether the slides are enough for this part "
            "of the talk."
        ),
        also=("camera_all_along",),
        says={
            "camera": AlarmWords(msg("The camera’s picture does not move for {length_s}.")),
            "part": AlarmWords(msg("A part of the picture that moved before is frozen for {length_s}.")),
            "again": AlarmWords(
                msg(
                    "The camera’s picture freezes again and again: {times} times within {within_s}, "
                    "{length_s} in all."
                )
            ),
        },
    ),
    lacks="picture",
)
