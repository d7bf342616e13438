"""What is known of the sound: what OBS records, and what the second ear hears."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFacts:
    """The microphone's sound, heard twice."""

    at: float | None = None
