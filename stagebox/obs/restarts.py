"""When an OBS that ended is started again: at once after a long life, ever later after short ones. Pure."""

from dataclasses import dataclass

from stagebox.messages.code_catalogue import say
from stagebox.system.backoff import Backoff

SETTLED_S = 10.0
"""An OBS that lived this long was well: its end counts as the first."""
_PAUSES = Backoff(first_s=0.5, cap_s=10.0)


@dataclass(frozen=True, slots=True)
class RestartBackoff:
    """How many OBSes in a row did not live long. Frozen: `after` gives the next."""

    short_lives: int = 0

    def after(self, lived_s: float | None) -> "RestartBackoff":
        """The history after an OBS that answered for `lived_s` seconds; None: it never answered."""
        if lived_s is not None and lived_s > SETTLED_S:
            return RestartBackoff()
        return RestartBackoff(self.short_lives + 1)

    @property
    def pause_s(self) -> float:
        """How long to wait before the next start; the first one after a crash does not wait."""
        if self.short_lives < 2:
            return 0.0
        return _PAUSES.pause_s(self.short_lives - 2)

    def words(self, why: str) -> str:
        """What people are told while it waits: `why` is a sentence on the last end."""
        return say("obs_keeps_ending", n=self.short_lives, why=why, pause_s=self.pause_s)
