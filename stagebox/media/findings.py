"""The one table of finding codes: what each means, how it is measured, when it is raised, what to do.

`docs/findings.md` is made from it by `python -m stagebox.media.findings`; a test holds the two together.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from stagebox.model.report import Code, Finding, Severity


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of the table; every text is a sentence or two for volunteers.

    `settings` names the fields of the [verify] section that set the thresholds.
    """

    code: Code
    meaning: str
    measured: str
    default: str
    severity: str
    remedy: str
    settings: tuple[str, ...] = ()


_ROWS = (
    Meaning(
        Code.BLACK,
        "The picture is dark and shows no detail. A dark terminal with a little text is not black.",
        "Every 8×8 block of the picture is darker than a tenth of full white, and no two blocks differ by "
        "more than 8 of 219 levels. Edges are those of the first and last black picture.",
        "2 s or longer.",
        "A note; a warning from 10 s, or from 5 % of the recording; critical from 50 %.",
        "Check the cable, the adapter and the laptop's display setting. Cut this part, or use the camera.",
        ("black_note_s", "black_warning_s", "black_warning_share", "black_critical_share"),
    ),
    Meaning(
        Code.NO_SIGNAL,
        "The picture is one colour, colour bars, or a card that a capture device shows without an input.",
        "All 8×8 blocks have nearly the same brightness and colour; or seven upright bars in the usual order "
        "of colours; or the picture equals one of the cards in the settings.",
        "2 s or longer.",
        "A note; a warning from 10 s, or from 5 % of the recording; critical from 50 %.",
        "Check that the laptop sends a picture, and try another cable. Cut this part, or use the camera.",
        (
            "no_signal_note_s",
            "no_signal_warning_s",
            "no_signal_warning_share",
            "no_signal_critical_share",
            "no_signal_cards",
        ),
    ),
    Meaning(
        Code.FROZEN,
        "The camera's picture stands still. Only recordings that show a camera all the time are judged.",
        "No packet carries a change, and the keyframes show the same picture.",
        "10 s or longer.",
        "A warning; critical from 60 s.",
        "Unplug the camera and plug it in again. Look whether the slides carry this part of the talk.",
        ("frozen_warning_s", "frozen_critical_s"),
    ),
    Meaning(
        Code.SILENT,
        "There is no sound.",
        "In every window of 10 ms, the level of the loudest channel is below the limit; a click shorter than "
        "50 ms does not end the silence.",
        "Below −50 dBFS for 10 s or longer.",
        "A warning; critical from 50 % of the recording.",
        "Check the microphone's switch and battery, and the mixer's output. Look for another track.",
        ("silence_dbfs", "silence_warning_s", "silence_critical_share"),
    ),
    Meaning(
        Code.QUIET,
        "The talk can be heard, but far too softly.",
        "The integrated loudness (EBU R 128) of the parts that are not silent.",
        "Below −40 LUFS.",
        "A warning.",
        "Turn the input up before the next talk. Raise the level of this one when you cut it.",
        ("quiet_lufs",),
    ),
    Meaning(
        Code.CLIPPING,
        "The sound is distorted because the input was too loud.",
        "Runs of samples above 98.5 % of full scale that last 0.125 ms or longer, counted in ten seconds. "
        "The short peaks of applause do not count.",
        "20 runs within 10 s.",
        "A warning; critical when a fifth of all seconds with sound are clipped.",
        "Turn the mixer's output or the input down. A declipping filter may help this recording.",
        ("clipping_warning_count", "clipping_critical_share"),
    ),
    Meaning(
        Code.CHANNEL_DEAD,
        "One channel of the sound is dead while another carries sound.",
        "The level of each channel in every second in which another channel is 20 dB above the limit.",
        "Below −65 dBFS for 60 s or longer.",
        "A warning.",
        "Check the plug and the cable. Copy the good channel to both sides when you cut this talk.",
        ("channel_dead_dbfs", "channel_dead_warning_s"),
    ),
    Meaning(
        Code.DROPOUTS,
        "The sound is choppy: many short gaps inside speech, as a starved USB device makes them.",
        "Gaps of digital silence (below −90 dBFS) of up to 400 ms with sound close on both sides, in "
        "recordings whose pauses have room noise.",
        "12 gaps within 10 s.",
        "A warning; critical when it lasts for a minute or longer.",
        "Plug the sound device into a port of its own, without a hub. Look for another track of this talk.",
        ("dropouts_warning_count",),
    ),
    Meaning(
        Code.NO_SPEECH,
        "There is sound, but nobody speaks: hum, noise, applause or music only, for the whole recording.",
        "Parts of two seconds count as speech when level and colour of the sound swing as they do between "
        "vowels, consonants and pauses, without a steady beat.",
        "Less than 5 % of the sound, in recordings with 60 s of sound or more.",
        "A warning.",
        "Listen to a minute of it. If it should be a talk, check which input was recorded.",
        ("no_speech_min_s", "no_speech_share"),
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
        "Picture and sound are not equally long.",
        "The ends of the video and the audio stream, by their last packets.",
        "The ends differ by more than 2 s.",
        "A warning.",
        "Look at the end of the recording, and whether lips and voice stay together.",
        ("length_tolerance_s",),
    ),
    Meaning(
        Code.TRUNCATED,
        "The file ends inside a packet, before the length that it tells of itself, or without its index.",
        "The container's structure at the end of the file, and what ffmpeg says when it reads there.",
        "Always; before its length by half a second or more.",
        "A warning.",
        "What could be read is in the output. Look for a second recording of the last seconds.",
    ),
    Meaning(
        Code.CORRUPT,
        "A part of the file is damaged and cannot be read.",
        "Errors that ffmpeg reports while it reads, and packets marked as damaged.",
        "Always.",
        "A warning; critical when a tenth of the recording is lost.",
        "What could be read is in the output. Check the disk, and watch the named part.",
    ),
    Meaning(
        Code.DISCONTINUITY,
        "Time jumps inside the recording.",
        "Steps between the times of neighbouring packets of one stream.",
        "A step back, or one forward of more than 2 s.",
        "A warning.",
        "Watch the named part, and whether lips and voice stay together after it.",
        ("length_tolerance_s",),
    ),
    Meaning(
        Code.SHORT,
        "The recording is shorter than the session's clock says.",
        "The length of the recording against the time from start to stop.",
        "More than 2 s are missing.",
        "A warning; critical when half of it is missing.",
        "Look in the recordings folder for another part of this talk.",
        ("length_tolerance_s",),
    ),
    Meaning(
        Code.GAP,
        "Between two parts of one session nothing was recorded.",
        "The time between the end of a part and the start of the next, by the session's clock.",
        "Any gap between two parts.",
        "A warning.",
        "Tell the editor where it is. If the room has a second recorder, fill the gap from there.",
    ),
    Meaning(
        Code.NOT_LOSSLESS,
        "The output does not hold exactly what the recording holds.",
        "Hashes over all packets of each stream, of the recording and of the output.",
        "Any stream whose hashes differ, or that is not in the output at all.",
        "Critical. A note where only a data track is missing, which neither MP4 nor MKV can hold.",
        "Keep the recording. Process it again; if it stays so, report it with the report's JSON file.",
    ),
    Meaning(
        Code.UNREADABLE,
        "The file is no recording, or nothing in it can be read. As a note: it is whole, but what reads only "
        "MP4 cannot read it, so the output is an MKV.",
        "ffprobe finds no container it knows, or no stream in it. As a note: a codec that no MP4 carries.",
        "Always.",
        "Critical, or the note.",
        "Check that this is the right file. If it is, keep it and look for another recording of this talk.",
    ),
    Meaning(
        Code.EMPTY,
        "The file has no content.",
        "A size of zero bytes, or a container without one packet.",
        "Always.",
        "Critical.",
        "Check that there was room on the disk. Look for another recording of this talk.",
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


def span(length_s: float) -> str:
    """Return a length for people: `12.5 s`, `4 min 10 s`, `1 h 2 min`."""
    if length_s < 59.95:
        return f"{length_s:.1f} s"
    minutes, seconds = divmod(round(length_s), 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s"
    return f"{minutes // 60} h {minutes % 60} min"


def as_markdown() -> str:
    """Return the page `docs/findings.md`."""
    lines = [
        "# Findings",
        "",
        "What stagebox can say of a recording. `ok` means: nothing above a note. The limits are in the",
        "`[verify]` section of `stagebox.toml`.",
        "",
        "This page is made by `python -m stagebox.media.findings > docs/findings.md`.",
    ]
    for row in TABLE.values():
        lines += ["", f"## {row.code}", "", row.meaning, ""]
        lines += [f"- **Measured:** {row.measured}", f"- **Raised:** {row.default}"]
        lines += [f"- **Severity:** {row.severity}", f"- **What to do:** {row.remedy}"]
        if row.settings:
            lines.append("- **Settings:** " + ", ".join(f"`{name}`" for name in row.settings))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
