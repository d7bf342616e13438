"""What is known of the machine, of OBS's own figures, and of the growing file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineFacts:
    """The machine and OBS's figures."""

    at: float | None = None
