"""The picture, or a box in it, is dark and shows no detail."""

from stagebox.messages.entry import NO_PICTURE, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.BLACK,
    short=msg("black picture"),
    rank={"program": NO_PICTURE, "slides": NO_PICTURE + 3, "camera": NO_PICTURE + 8, "": NO_PICTURE + 13},
    live={
        "slides": AlarmWords(
            msg("The slides are black: the cable is in, but the laptop shows nothing."),
            msg("Wake the laptop. In a slide show, press B. If the laptop plays a protected film, stop it."),
        ),
        "camera": AlarmWords(
            msg("The camera is black."),
            msg("Take off the lens cap, open the iris, and look whether the camera is in standby."),
        ),
        "program": AlarmWords(
            msg("The recording shows a black picture."),
            msg(
                "Touch a scene that shows a picture. If all are black, wake the laptop, switch the camera "
                "on, and look at Set-up, Sources."
            ),
        ),
        "program_not_seen": AlarmWords(msg("The recording's own picture was not checked in time.")),
    },
    after=FindingEntry(
        meaning=msg(
            "The picture, or a box in it, is dark and shows no detail. A dark terminal with a little "
            "text is not black. A pointer alone, or a logo at a corner, does not make a black picture"
            " a real one. In a scene of the pack, slides and camera are judged each by itself."
        ),
        measured=msg(
            "Every 8×8 block of the picture is darker than a tenth of full white, and no two blocks "
            "differ by more than 8 of 219 levels. Edges are those of the first and last black "
            "picture. A box counts where another picture was before, with edges and with the same "
            "around it, or where the pack says that slides or camera are; its times are those of "
            "keyframes."
        ),
        raised=msg(
            "{black_note_s} or longer. Also when it comes {OFTEN_COUNT} times or more, each time for "
            "{FLICKER_S} or longer, and takes {OFTEN_SHORT_SHARE} of {OFTEN_SHORT_S}, "
            "{OFTEN_LONG_SHARE} of {OFTEN_LONG_S}, or {black_warning_share} of the recording."
        ),
        severity=msg(
            "A note; a warning from {black_warning_s}, or from {black_warning_share} of the "
            "recording, or when it comes again and again; critical from {black_critical_share}."
        ),
        remedy=msg(
            "Check the cable, the adapter and the laptop's display setting. Cut this part out, or use "
            "the camera."
        ),
        says={
            "whole": AlarmWords(msg("The picture is black for {length_s}.")),
            "slides": AlarmWords(
                msg("The slides are black for {length_s}; the rest of the picture is there.")
            ),
            "camera": AlarmWords(
                msg("The camera’s picture is black for {length_s}; the rest of the picture is there.")
            ),
            "part": AlarmWords(msg("A part of the picture is black for {length_s}; the rest is there.")),
            "again": AlarmWords(
                msg(
                    "The picture goes black again and again: {times} times within {within_s}, {length_s} in "
                    "all."
                )
            ),
            "part_again": AlarmWords(
                msg(
                    "A part of the picture goes black again and again: {times} times within {within_s}, "
                    "{length_s} in all."
                )
            ),
        },
    ),
    lacks="picture",
)
