"""In which parts of a recording somebody speaks, and where nobody does although there is sound. Pure.

The cheap measure of every part decides where it is sure and nothing hangs on it. The detector
(`hearing.voice`) is asked of a few parts in between, of all that are in doubt in long stretches without a
voice, and of both sides of each edge.
"""

import logging
import math
from collections.abc import Sequence

from stagebox.hearing import voice
from stagebox.media.analysis.sound_meter import AudioTrackFacts, SoundPart
from stagebox.media.findings import finding
from stagebox.media.thresholds import NO_SPEECH_LIVELY_S, NO_SPEECH_STEADY_SHARE
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

log = logging.getLogger(__name__)

Span = tuple[float, float]

TRUSTED = 8
"""Of so many likely parts in a row one is asked of: levels and colours take a melody for a voice."""
MOST_ASKED = 40
"""In one stretch without a voice about so many parts are asked of, and then those at its edges."""
ASKED_IN_SILENCE = 8
VOICED_SHARE = 0.25
"""Somebody speaks in a stretch when a voice is in this share of its parts that are asked of."""


class VoiceFinder:
    """Asks a detector of parts, of each once at most. Without it, levels and colours decide."""

    def __init__(self, parts: Sequence[SoundPart], ask: voice.Ask = voice.ask) -> None:
        self.parts = parts
        self._ask: voice.Ask | None = ask
        self._known: dict[int, bool] = {}
        self._lost = ""

    def spoken(self, number: int) -> bool:
        """Whether the detector hears a voice in this part."""
        if number not in self._known:
            self._known[number] = self._asked(self.parts[number])
        return self._known[number]

    def _asked(self, part: SoundPart) -> bool:
        if part.piece is None:
            return False
        if self._ask is not None:
            try:
                return self._ask(voice.samples_of(part.piece))
            except (ImportError, OSError, RuntimeError) as error:
                log.warning("The detector of voices cannot be used: %s", error)
                self._ask, self._lost = None, str(error)
        return part.likely

    def unsure(self, length_s: float) -> list[Finding]:
        """A note where the detector was asked and could not be loaded; `length_s` is the recording's."""
        if self._ask is not None:
            return []
        return [finding(Code.VOICE_UNSURE, Severity.NOTE, 0.0, length_s, "unsure", {"reason": self._lost})]

    def among(self, numbers: Sequence[int]) -> list[int]:
        """Of a stretch of soft parts, those of the asked ones that have a voice; [] where it is no speech."""
        asked = numbers[:: max(1, math.ceil(len(numbers) / ASKED_IN_SILENCE))]
        found = [number for number in asked if self.spoken(number)]
        return found if len(found) >= VOICED_SHARE * len(asked) else []

    def sounding(self) -> dict[int, bool]:
        """Of each part that is not silent, whether somebody speaks in it."""
        numbers = [number for number, part in enumerate(self.parts) if not part.silent]
        speaks = dict.fromkeys(numbers, False)
        likely = [number for number in numbers if self.parts[number].likely]
        for at in range(0, len(likely), TRUSTED):
            group = likely[at : at + TRUSTED]
            # A pause may be what is asked of first: several must agree before the whole group is doubted.
            if any(self.spoken(number) for number in (group[0], group[len(group) // 2], group[-1])):
                speaks.update(dict.fromkeys(group, True))
            else:
                speaks.update({number: self.spoken(number) for number in group})
        return speaks

    def decide(self, longest_s: float) -> dict[int, bool]:
        """The same as `sounding`, but stretches of `longest_s` and more without a voice are looked into."""
        speaks = self.sounding()
        numbers = list(speaks)
        start = 0
        while start < len(numbers):
            end = start
            while end < len(numbers) and not speaks[numbers[end]]:
                end += 1
            run = numbers[start:end]
            if run and self._reach_s(numbers, start, end) >= longest_s:
                speaks.update(self._looked_into(run))
            start = end + 1
        return speaks

    def _reach_s(self, numbers: Sequence[int], start: int, end: int) -> float:
        last = self.parts[numbers[end - 1]]
        until_s = self.parts[numbers[end]].time_s if end < len(numbers) else last.time_s + last.length_s
        return until_s - self.parts[numbers[start]].time_s

    def _looked_into(self, run: Sequence[int]) -> dict[int, bool]:
        step = max(1, math.ceil(len(run) / MOST_ASKED))
        asked = sorted({*range(0, len(run), step), len(run) - 1})
        speaks = [False] * len(run)
        for first, last in zip(asked, [*asked[1:], asked[-1]], strict=True):
            self._between(run, speaks, first, last)
        return dict(zip(run, speaks, strict=True))

    def _between(self, run: Sequence[int], speaks: list[bool], first: int, last: int) -> None:
        """Fill in from `first` to `last`: what lies between two that agree is as they are."""
        begins, ends = self.spoken(run[first]), self.spoken(run[last])
        speaks[first], speaks[last] = begins, ends
        if begins == ends:
            speaks[first : last + 1] = [begins] * (last + 1 - first)
        elif last - first > 1:
            middle = (first + last) // 2
            self._between(run, speaks, first, middle)
            self._between(run, speaks, middle, last)


def no_speech(
    facts: AudioTrackFacts, limits: VerifySettings, where: str, voices: VoiceFinder, silent: Sequence[Span]
) -> list[Finding]:
    """Where there is sound and nobody speaks; `silent` are the stretches without sound, found elsewhere."""
    if not facts.parts or facts.length_s - _inside(silent, 0.0, facts.length_s) < limits.no_speech_min_s:
        return []
    speaks = voices.decide(limits.no_speech_min_s)
    if not speaks:
        return []
    share = sum(speaks.values()) / len(speaks)
    if share < limits.no_speech_share:
        return [_finding(0.0, facts.length_s, share, len(speaks), where, whole=True)]
    return [
        _finding(start_s, end_s, 0.0, count, where, whole=False)
        for start_s, end_s, count, steady in _without_voice(facts, speaks)
        if end_s - start_s - _inside(silent, start_s, end_s)
        >= (limits.no_speech_min_s if steady >= NO_SPEECH_STEADY_SHARE else NO_SPEECH_LIVELY_S)
    ]


def _finding(start_s: float, end_s: float, share: float, parts: int, where: str, *, whole: bool) -> Finding:
    return finding(
        Code.NO_SPEECH,
        Severity.WARNING,
        start_s,
        end_s,
        "whole" if whole else "part",
        {"speech_share": round(share, 4), "parts": parts},
        where=where,
        length_s=end_s - start_s,
    )


def _without_voice(facts: AudioTrackFacts, speaks: dict[int, bool]) -> list[tuple[float, float, int, float]]:
    """(start, end, parts, share of parts that are steady) of each stretch without a voice."""
    found = []
    run: list[SoundPart] = []
    spoken_until_s = 0.0
    for number, here in speaks.items():
        part = facts.parts[number]
        if here:
            if run:
                found.append(_stretch(run, spoken_until_s, part.time_s))
            run, spoken_until_s = [], part.time_s + part.length_s
        else:
            run.append(part)
    if run:
        found.append(_stretch(run, spoken_until_s, facts.length_s))
    return found


def _stretch(run: Sequence[SoundPart], after_s: float, before_s: float) -> tuple[float, float, int, float]:
    """What lies between two voices: from the first part without one, or from the recording's start."""
    start_s = run[0].time_s if after_s else 0.0
    steady = sum(part.steady for part in run) / len(run)
    return start_s, before_s, len(run), steady


def _inside(spans: Sequence[Span], start_s: float, end_s: float) -> float:
    return sum(max(0.0, min(end, end_s) - max(start, start_s)) for start, end in spans)
