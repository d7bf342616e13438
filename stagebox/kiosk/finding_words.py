"""What a finding is called and what to do about it, by its code, in the screen's language. Pure.

In English the report's own sentences are shown, which know the figures; in other languages these.
"""

from stagebox.kiosk.alarm_words import short_words
from stagebox.kiosk.seen import Translate

PICTURE = frozenset({"black", "no_signal", "frozen", "no_video"})
"""Findings that leave out what the screen behind the speaker showed."""
SOUND = frozenset({"silent", "dropouts", "no_audio", "no_speech", "muted"})
"""Findings that the rescue sound mends, where there is one."""
LOST = PICTURE | {
    "silent",
    "dropouts",
    "no_audio",
    "no_speech",
    "gap",
    "paused",
    "truncated",
    "corrupt",
    "discontinuity",
    "missing",
    "muted",
    "source_unset",
}
"""Findings where something is missing, so that repeating it would mend it."""


def finding_name(code: str, translate: Translate) -> str:
    """What was found, in a few words."""
    known = {
        "no_speech": translate("findings", "nobody speaks"),
        "no_video": translate("findings", "no picture at all"),
        "no_audio": translate("findings", "no sound at all"),
        "av_length_mismatch": translate("findings", "picture and sound differ in length"),
        "truncated": translate("findings", "the end is missing"),
        "corrupt": translate("findings", "damaged"),
        "discontinuity": translate("findings", "a jump in time"),
        "short": translate("findings", "shorter than the talk was"),
        "gap": translate("findings", "a gap"),
        "paused": translate("findings", "paused in OBS"),
        "not_lossless": translate("findings", "not an exact copy"),
        "unreadable": translate("findings", "cannot be read"),
        "empty": translate("findings", "empty"),
        "no_mp4": translate("findings", "not as an MP4"),
        "left_out": translate("findings", "a data track is left out"),
        "wrong_length": translate("findings", "says a wrong length"),
        "growing": translate("findings", "still being written"),
        "voice_unsure": translate("findings", "unsure whether somebody speaks"),
        "muted": translate("findings", "muted"),
    }
    return known.get(code) or short_words(code, translate)


def finding_advice(code: str, translate: Translate, *, still_here: bool) -> str:
    """What to do about it now: more can be done while the speaker is still in the room."""
    if code in PICTURE:
        return (
            translate("findings", "Ask the speaker for the slides as a file, or to repeat this part.")
            if still_here
            else translate("findings", "Ask the speaker for the slides as a file.")
        )
    if code in LOST and still_here:
        return translate("findings", "Ask the speaker to repeat this part.")
    known = {
        "quiet": translate("findings", "Turn the microphone up before the next talk."),
        "clipping": translate("findings", "Turn the microphone down before the next talk."),
        "channel_dead": translate("findings", "Check the microphone's cable before the next talk."),
        "channel_noise": translate("findings", "Turn the unused input down before the next talk."),
        "out_of_phase": translate("findings", "Check the microphone's cable before the next talk."),
        "dropouts": translate("findings", "Put the microphone into another USB socket before the next talk."),
    }
    return known.get(code, translate("findings", "Look at this part before you publish the talk."))
