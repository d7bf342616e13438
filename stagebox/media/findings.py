"""The one table of finding codes: what each means, how it is measured, when it is raised, what to do.

`docs/findings.md` is made from it by `python -m stagebox.media.findings`; a test holds the two together.
"""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from stagebox.media import thresholds
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of the table; every text is a sentence or two for volunteers.

    What stands in braces is a field of the [verify] section or a constant of `thresholds.py`: `filled` puts
    in what is in force. `also` names fields of [verify] that are no number to be put into a sentence.
    """

    code: Code
    meaning: str
    measured: str
    raised: str
    severity: str
    remedy: str
    also: tuple[str, ...] = ()

    @property
    def settings(self) -> tuple[str, ...]:
        """The fields of the [verify] section that change when or how severely this is raised."""
        named = _named_in(" ".join((self.measured, self.raised, self.severity)))
        return (*self.also, *(name for name in named if name in VerifySettings.model_fields))

    def filled(self, limits: VerifySettings) -> "Meaning":
        """This row with the figures that are in force."""
        known = _Figures(limits)
        texts = (text.format_map(known) for text in (self.measured, self.raised, self.severity))
        measured, raised, severity = texts
        return replace(self, measured=measured, raised=raised, severity=severity)


def _named_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(text) if name))


class _Figures(dict[str, str]):
    """A threshold by its name, as people write it: `black_note_s` is "2 s", `silence_dbfs` "−50 dBFS"."""

    def __init__(self, limits: VerifySettings) -> None:
        super().__init__()
        self._limits = limits

    def __missing__(self, name: str) -> str:
        value = (
            getattr(self._limits, name) if name in VerifySettings.model_fields else getattr(thresholds, name)
        )
        return figure(name, value)


_UNITS = {"dbfs": "dBFS", "lufs": "LUFS", "db": "dB"}


def figure(name: str, value: float) -> str:
    """A threshold as people write it, by the unit at the end of its name."""
    unit = name.lower().rpartition("_")[2]
    if unit == "share":
        return f"{value * 100:g} %"
    if unit == "s":
        return f"{value * 1000:g} ms" if 0 < value < 0.1 else f"{value:g} s"
    return f"{value:g} {_UNITS.get(unit, '')}".replace("-", "−").strip()


_ROWS = (
    Meaning(
        Code.BLACK,
        "The picture, or a box in it, is dark and shows no detail. A dark terminal with a little text is not "
        "black. A pointer alone, or a logo at a corner, does not make a black picture a real one. In a scene "
        "of the pack, slides and camera are judged each by itself.",
        "Every 8×8 block of the picture is darker than a tenth of full white, and no two blocks differ by "
        "more than 8 of 219 levels. Edges are those of the first and last black picture. A box counts where "
        "another picture was before, with edges and with the same around it, or where the pack says that "
        "slides or camera are; its times are those of keyframes.",
        "{black_note_s} or longer. Also when it comes {OFTEN_COUNT} times or more, each time for {FLICKER_S} "
        "or longer, and takes {OFTEN_SHORT_SHARE} of {OFTEN_SHORT_S}, {OFTEN_LONG_SHARE} of {OFTEN_LONG_S}, "
        "or {black_warning_share} of the recording.",
        "A note; a warning from {black_warning_s}, or from {black_warning_share} of the recording, or when "
        "it comes again and again; critical from {black_critical_share}.",
        "Check the cable, the adapter and the laptop's display setting. Cut this part, or use the camera.",
    ),
    Meaning(
        Code.NO_SIGNAL,
        "The picture is one colour, colour bars, snow, cut off, or a card that a capture device shows "
        "without an input; or a part of it is of one colour in which something was before.",
        "All 8×8 blocks have nearly the same brightness and colour; or upright or lying bars of equal width "
        "and of several colours; or the same noise everywhere; or green below a part of a picture; or one "
        "colour with words like “no signal” on it, by the shapes of their letters; or the picture "
        "equals one of the cards in the settings.",
        "{no_signal_note_s} or longer. Also when it comes {OFTEN_COUNT} times or more, as for black.",
        "A note; a warning from {no_signal_warning_s}, or from {no_signal_warning_share} of the recording, "
        "or when it comes again and again; critical from {no_signal_critical_share}.",
        "Check that the laptop sends a picture, and try another cable. Cut this part, or use the camera.",
        ("no_signal_cards",),
    ),
    Meaning(
        Code.FROZEN,
        "The camera's picture stands still. A still picture of slides does not count: only what moved all "
        "along, or any where the settings say that the recordings show a camera all the time.",
        "No packet carries a change, and the keyframes show the same picture; or the samples of keyframes, "
        "which differed by a camera's noise before, do not differ any more, and do again, if the recording "
        "goes on. The second is seen where keyframes are looked at often: in recordings of up to some ten "
        "minutes; in the camera’s box of a scene of the pack, in recordings of any length, and there also a "
        "camera that never moves.",
        "{frozen_warning_s} or longer where the settings name a camera; else {STOPPED_S} or longer. "
        "Where they name one, also when it comes {OFTEN_COUNT} times or more, each for {SHORT_FREEZE_S} or "
        "longer, and takes {frozen_warning_s} of {OFTEN_LONG_S}.",
        "A warning; critical from {frozen_critical_s} where the settings name a camera.",
        "Unplug the camera and plug it in again. Look whether the slides carry this part of the talk.",
        ("camera_all_along",),
    ),
    Meaning(
        Code.SILENT,
        "There is no sound.",
        "In every window of 10 ms, the level of the loudest channel is below {silence_dbfs}; a click of "
        "{CLICK_S} or less does not end the silence. What a voice is found in is `quiet` instead, and "
        "while a title card of the pack was on program it is a note.",
        "For {silence_warning_s} or longer; in a shorter recording, for {silence_critical_share} of it. "
        "Silences of {SHORT_SILENCE_S} or more are told together when they come again and again; in "
        "recordings of more than ten minutes, those of nine tenths of {silence_warning_s}.",
        "A warning; critical from {silence_critical_share} of the recording.",
        "Check the microphone's switch and battery, and the mixer's output. Look for another track.",
    ),
    Meaning(
        Code.QUIET,
        "The talk can be heard, but far too softly.",
        "The integrated loudness (EBU R 128), of the whole and of parts of two seconds; in what is below "
        "{silence_dbfs}, whether somebody speaks (the Silero detector, after the sound was raised).",
        "The recording is below {quiet_lufs}, or a voice is for {QUIET_S} or longer, or one is found in what "
        "would be `silent`.",
        "A warning.",
        "Turn the input up before the next talk. Raise the level of this one when you cut it.",
    ),
    Meaning(
        Code.CLIPPING,
        "The sound is distorted because the input was too loud.",
        "Runs of samples above {CLIPPED_SHARE} of full scale that last {CLIPPED_S} or longer, counted within "
        "{EVENTS_WINDOW_S}. "
        "The short peaks of applause do not count. Below full scale: the samples of a voice's loud moments "
        "crowd at a ceiling (kurtosis), as a mixer leaves them that clipped before a fader.",
        "{clipping_warning_count} runs within {EVENTS_WINDOW_S}; a ceiling below full scale for {FLAT_S}.",
        "A warning; critical when {clipping_critical_share} of all seconds with sound hold "
        "{CLIPPED_SECOND_COUNT} "
        "runs or more.",
        "Turn the mixer's output or the input down. A declipping filter may help this recording.",
    ),
    Meaning(
        Code.CHANNEL_DEAD,
        "One channel of the sound is dead while another carries sound.",
        "The level of each channel in every second in which another channel is {ALIVE_ABOVE_DB} above "
        "{channel_dead_dbfs}.",
        "Below {channel_dead_dbfs} for {channel_dead_warning_s} or longer; in a shorter recording, for "
        "{CHANNEL_DEAD_SHARE} of it.",
        "A warning.",
        "Check the plug and the cable. Copy the good channel to both sides when you cut this talk.",
    ),
    Meaning(
        Code.CHANNEL_NOISE,
        "One channel carries nothing but hiss or hum, as an open preamplifier does, and the other the talk.",
        "The level of each channel in windows of 10 ms, in seconds in which the other one swings as a voice "
        "does: it does not swing, is above {channel_dead_dbfs}, and has less than {UNRELATED_SHARE} in "
        "common with the other.",
        "For {channel_dead_warning_s} or longer; in a shorter recording, for {CHANNEL_DEAD_SHARE} of it.",
        "A warning.",
        "Turn the unused input down. Copy the good channel to both sides when you cut this talk.",
    ),
    Meaning(
        Code.OUT_OF_PHASE,
        "Left and right are each other turned over: on a phone or a single loudspeaker nothing is heard.",
        "What is left of the sound of {EVENTS_WINDOW_S} when both channels are added.",
        "Less than a quarter of the power of one channel, for {OUT_OF_PHASE_S} or longer; in a shorter "
        "recording, for {CHANNEL_DEAD_SHARE} of it.",
        "A warning.",
        "Change the cable or the mixer's phase switch. Turn one channel over when you cut this talk.",
    ),
    Meaning(
        Code.DROPOUTS,
        "The sound is choppy: many short gaps inside speech, as a starved USB device makes them; or robotic: "
        "short pieces of it are heard twice or more often each.",
        "Gaps of digital silence (below {GAP_DBFS}) of up to {LONGEST_GAP_S} with sound close on both "
        "sides, in recordings whose pauses have room noise; packets of sound that are missing; and fine "
        "detail that comes back after the same time, {STUTTER_SHORTEST_S} to {STUTTER_LONGEST_S}, again and "
        "again.",
        "{dropouts_warning_count} gaps within {EVENTS_WINDOW_S}; several holes between packets within ten "
        "seconds, or many within ten minutes; pieces again and again for {STUTTER_S} within "
        "{STUTTER_AGAIN_S}.",
        "A warning; critical when gaps or repeated pieces last for {DROPOUTS_CRITICAL_S} or longer.",
        "Plug the sound device into a port of its own, without a hub. Look for another track of this talk.",
    ),
    Meaning(
        Code.NO_SPEECH,
        "There is sound, but nobody speaks: hum, noise, applause or music only, from here to there.",
        "Parts of two seconds count as speech when level and colour of the sound swing as they do between "
        "vowels, consonants and pauses, without a steady beat. Where that is in doubt, the Silero detector "
        "decides.",
        "No voice for {no_speech_min_s} or longer in hiss or hum, for {NO_SPEECH_LIVELY_S} in sound that "
        "swings (a film, applause); or in less than {no_speech_share} of the sound of a recording with "
        "{no_speech_min_s} of sound or more.",
        "A warning.",
        "Listen to a minute of it. If it should be a talk, check which input was recorded.",
    ),
    Meaning(
        Code.NO_VIDEO,
        "The recording has no picture.",
        "No video stream, or one without packets.",
        "Always.",
        "Critical.",
        "Check that OBS records the program and not sound only. Use the slides' file with this sound.",
    ),
    Meaning(
        Code.NO_AUDIO,
        "The recording has no sound track.",
        "No audio stream, or one without packets.",
        "Always.",
        "Critical.",
        "Check the audio tracks in OBS's output settings. Look for another recording of this talk.",
    ),
    Meaning(
        Code.AV_LENGTH_MISMATCH,
        "Picture and sound do not begin or do not end together.",
        "The first and the last packets of the picture and of each track of sound.",
        "They begin or end more than {AV_LENGTH_WARNING_S} apart.",
        "A warning.",
        "Look at this end of the recording, and whether lips and voice stay together.",
    ),
    Meaning(
        Code.TRUNCATED,
        "The file ends inside a packet, before the length that it tells of itself, or without its index.",
        "The container's structure at the end of the file, and what ffmpeg says when it reads there.",
        "Always; before its length by {ENDS_EARLY_S} or more.",
        "A warning.",
        "What could be read is in the output. Look for a second recording of the last seconds.",
    ),
    Meaning(
        Code.CORRUPT,
        "A part of the file is damaged and cannot be read, or an announced track holds nothing.",
        "Errors that ffmpeg reports while it reads, and packets marked as damaged.",
        "Always.",
        "A warning; critical when nothing after the damage could be read or copied.",
        "What could be read is in the output. Check the disk, and watch the named part.",
    ),
    Meaning(
        Code.DISCONTINUITY,
        "Time jumps inside the recording, or its picture gets other settings.",
        "Steps between the times of neighbouring packets of one stream; the parameter sets in them.",
        "A hole in the sound of more than {SOUND_HOLE_S}, one in the picture of {PICTURE_HOLE_S} or longer, "
        "a step back of {BACKWARDS_S} or more, or a leap ahead of {CLOCK_LEAP_S} or more of all streams, "
        "which is the clock's and is closed.",
        "A warning. A note where only the picture has a hole and the sound goes on: a still picture looks "
        "so; and where pictures are missing again and again.",
        "Watch the named part, and whether lips and voice stay together after it.",
    ),
    Meaning(
        Code.SHORT,
        "The recording is shorter than the session's clock says.",
        "The length of the recording against the time from start to stop, less what gaps tell of already.",
        "More than {length_tolerance_s} are missing.",
        "A warning; critical when more than {SHORT_CRITICAL_SHARE} of it is missing.",
        "Look in the recordings folder for another part of this talk.",
    ),
    Meaning(
        Code.GAP,
        "Between two parts of one session, or while the computer slept, nothing was recorded.",
        "The time between the end of a part and the start of the next, by the session's clock; of parts that "
        "were joined later, by their names, tags and files.",
        "Always where one part ends and the next begins, and for each sleep; also where a part cannot be "
        "joined. Of parts that were joined later: where more than {TOUCH_S} are missing or in both, or where "
        "that is not known.",
        "A warning.",
        "Tell the editor where it is. If the room has a second recorder, fill the gap from there.",
    ),
    Meaning(
        Code.PAUSED,
        "OBS itself was paused for a while, and the recording goes on after it as if nothing had been. Live: "
        "it is paused now.",
        "From OBS's word that it pauses to its word that it goes on. Where the pause is, OBS's own count of "
        "what it recorded tells, in seconds since the first picture.",
        "Any pause.",
        "A warning.",
        "Live: touch “Go on recording”. Afterwards: if nobody meant it, ask the speaker to repeat this part.",
    ),
    Meaning(
        Code.NOT_LOSSLESS,
        "The output does not hold exactly what the recording holds.",
        "Hashes over all packets of each stream, of the recording and of the output; when each is shown; "
        "what "
        "decoders are told, and where that changes, the decoded pictures and sounds.",
        "Any stream that differs, or that is not in the output at all.",
        "Critical. A warning where everything can be watched and heard, but settings that change in the "
        "middle "
        "were put into the stream, or made parts.",
        "Keep the recording. Process it again; if it stays so, report it with the report's JSON file.",
    ),
    Meaning(
        Code.UNREADABLE,
        "The file is no recording, or nothing in it can be read.",
        "ffprobe finds no container it knows, or no packet of picture or sound in it.",
        "Always.",
        "Critical.",
        "Check that this is the right file. If it is, keep it and look for another recording of this talk.",
    ),
    Meaning(
        Code.EMPTY,
        "The file has no content.",
        "A size of zero bytes.",
        "Always.",
        "Critical.",
        "Check that there was room on the disk. Look for another recording of this talk.",
    ),
    Meaning(
        Code.NO_MP4,
        "An MP4 cannot hold this recording as it is, so the output is an MKV. Nothing is lost.",
        "A codec or an attached file that no MP4 carries.",
        "Always.",
        "A note.",
        "If you need an MP4, record the sound as AAC and the picture as H.264.",
    ),
    Meaning(
        Code.LEFT_OUT,
        "A data track is not in the output. Picture and sound are all there.",
        "A track of data (timecode, script) for which the output has no place.",
        "Always.",
        "A note.",
        "Keep the recording if you need this track.",
    ),
    Meaning(
        Code.WRONG_LENGTH,
        "The file tells a wrong length of itself. Nothing is missing.",
        "Its own word for its length against its packets' times, and its word for its size against its size.",
        "A difference of {WRONG_LENGTH_S} or more, and the file is whole.",
        "A note.",
        "Nothing is to be done: the MP4 tells the right length.",
    ),
    Meaning(
        Code.GROWING,
        "The file is still being written, so nothing is said of it yet.",
        "A program has it open for writing, or it became longer while it was read.",
        "Always.",
        "A warning.",
        "Wait until the recording has ended, then process it again.",
    ),
    Meaning(
        Code.NOT_DONE,
        "The recording was not worked on yet, through no fault of its own, so nothing is said of it.",
        "The run was stopped before its turn, or its folder is out of reach. A full disk is told as "
        "`disk_full`, an output folder that cannot be written as `folder_gone`: they are not done yet, too.",
        "Always.",
        "A warning.",
        "Run the same command again: what was done is not done twice.",
    ),
    Meaning(
        Code.VOICE_UNSURE,
        "Whether somebody speaks was judged by levels and colours of the sound alone, which is less sure.",
        "The detector of voices was asked and could not be loaded.",
        "Once in a recording, where it was in doubt whether somebody speaks.",
        "A note.",
        "Listen to a minute of the talk. Install stagebox anew: its detector of voices cannot be loaded.",
    ),
)

TABLE: Mapping[Code, Meaning] = MappingProxyType({row.code: row for row in _ROWS})
"""Every code that a recording can have, in the order of the documentation."""


def finding(
    code: Code,
    severity: Severity,
    start_s: float,
    end_s: float,
    message: str,
    evidence: Mapping[str, Any] | None = None,
) -> Finding:
    """Return a finding with the table's remedy; times in seconds from the recording's start, not negative.

    Raises KeyError for a code that only a live alarm can have.
    """
    start_s = max(0.0, start_s)
    remedy = TABLE[code].remedy
    return Finding(code, severity, start_s, max(start_s, end_s), message, remedy, dict(evidence or {}))


def as_markdown(limits: VerifySettings) -> str:
    """Return the page with the thresholds in force; `docs/findings.md` is the one with the defaults."""
    lines = [
        "# Findings",
        "",
        "What stagebox can say of a recording. `ok` means: nothing above a note. The limits that can be set",
        "are in the `[verify]` section of `stagebox.toml`; the figures here are the ones in force.",
        "",
        "This page is made by `python -m stagebox.media.findings > docs/findings.md`, with the defaults. For",
        "the figures of a box, name its settings: `python -m stagebox.media.findings stagebox.toml`.",
    ]
    for row in (one.filled(limits) for one in TABLE.values()):
        lines += ["", f"## {row.code}", "", row.meaning, ""]
        lines += [f"- **Measured:** {row.measured}", f"- **Raised:** {row.raised}"]
        lines += [f"- **Severity:** {row.severity}", f"- **What to do:** {row.remedy}"]
        if settings := TABLE[row.code].settings:
            lines.append("- **Settings:** " + ", ".join(f"`{name}`" for name in settings))
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Print the page, with the limits of the settings file that is named, if one is."""
    told = tomllib.loads(Path(arguments[0]).read_text(encoding="utf-8")) if arguments else {}
    sys.stdout.write(as_markdown(VerifySettings.model_validate(told.get("verify", {}))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
