"""No signal."""

from stagebox.messages.entry import NO_PICTURE, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.NO_SIGNAL,
    short=msg("no signal"),
    rank={"slides": NO_PICTURE + 2, "camera": NO_PICTURE + 7, "": NO_PICTURE + 12},
    live={
        "slides_card": AlarmWords(
            msg("No picture comes from the laptop: the slides' capture card shows its “no signal” picture."),
            msg("Push the HDMI cable in at both ends. On the laptop press Windows+P and choose Duplicate."),
        ),
        "slides_bars": AlarmWords(
            msg("No picture comes from the laptop: the slides' capture card shows colour bars."),
            msg("Push the HDMI cable in at both ends. On the laptop press Windows+P and choose Duplicate."),
        ),
        "slides_uniform": AlarmWords(
            msg("No picture comes from the laptop: the slides' capture card shows one even colour."),
            msg("Push the HDMI cable in at both ends. If the laptop really shows an empty page, go on."),
        ),
        "camera_card": AlarmWords(
            msg("No picture comes from the camera: its input shows its “no signal” picture."),
            msg("Switch the camera on, and push its cable in at both ends."),
        ),
        "camera_bars": AlarmWords(
            msg("No picture comes from the camera: its input shows colour bars."),
            msg("Switch the camera on, and push its cable in at both ends."),
        ),
        "camera_uniform": AlarmWords(
            msg("No picture comes from the camera: its input shows one even colour."),
            msg("Switch the camera on, and push its cable in at both ends."),
        ),
    },
    after=FindingEntry(
        meaning=msg(
            "The picture is one colour, colour bars, snow, cut off, or a card that a capture device "
            "shows without an input; or a part of it is of one colour in which something was before."
        ),
        measured=msg(
            "All 8×8 blocks have nearly the same brightness and colour; or upright or lying bars of "
            "equal width and of several colours; or the same noise everywhere; or green below a part "
            "of a picture; or one colour with words like “no signal” on it, by the shapes of their "
            "letters; or the picture equals one of the cards in the settings."
        ),
        raised=msg(
            "{no_signal_note_s} or longer. Also when it comes {OFTEN_COUNT} times or more, as for black."
        ),
        severity=msg(
            "A note; a warning from {no_signal_warning_s}, or from {no_signal_warning_share} of the "
            "recording, or when it comes again and again; critical from {no_signal_critical_share}."
        ),
        remedy=msg(
            "Check that the laptop sends a picture, and try another cable. Cut this part out, or use "
            "the camera."
        ),
        also=("no_signal_cards",),
        says={
            "whole": AlarmWords(msg("The picture shows {seen} for {length_s}.")),
            "slides": AlarmWords(
                msg(
                    "Where the slides should be, the picture shows {seen} for {length_s}; the rest of the "
                    "picture is there."
                )
            ),
            "camera": AlarmWords(
                msg(
                    "Where the camera should be, the picture shows {seen} for {length_s}; the rest of the "
                    "picture is there."
                )
            ),
            "part": AlarmWords(
                msg("A part of the picture has one colour only for {length_s}; the rest is there.")
            ),
            "again": AlarmWords(
                msg(
                    "The picture is lost again and again: {times} times within {within_s}, {length_s} in all."
                )
            ),
            "part_again": AlarmWords(
                msg(
                    "A part of the picture is lost again and again: {times} times within {within_s}, "
                    "{length_s} in all."
                )
            ),
            "uniform": AlarmWords(msg("one colour only")),
            "bars": AlarmWords(msg("colour bars")),
            "card": AlarmWords(msg("a “no signal” card")),
            "words": AlarmWords(msg("words that say that no signal comes")),
            "snow": AlarmWords(msg("snow")),
            "half": AlarmWords(msg("half a picture with green below it")),
        },
    ),
    lacks="picture",
)
