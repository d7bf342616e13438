"""The envelope in which everything reaches the engine: what, when, and its place in the order."""

from dataclasses import dataclass

from stagebox.model.commands import Command
from stagebox.model.observations import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One command or observation, stamped by the engine.

    `at` is monotonic seconds (of the machine's boot), `utc` is wall time in seconds since 1970.
    """

    at: float
    utc: float
    body: Command | Observation
