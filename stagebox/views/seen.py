"""What a view is made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stagebox.model.snapshot import SessionView, Snapshot
from stagebox.views.asked import Asked, Teaching
from stagebox.views.progress import Progress
from stagebox.views.talk_report import TalkReport
from stagebox.views.told_schedule import ToldSchedule

Translate = Callable[[str], str]
"""English words → the words in the screen's language."""

STALE_S = 3.0
"""The engine publishes several snapshots a second: one this old is not what is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The scene that was on program when `role` was lost; `back_at` (monotonic) is when it was back, or 0."""

    role: str
    scene: str
    back_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything a view is made from.

    `age_s` is how long ago the snapshot came. `connected` says that the stream of snapshots is open, and
    `trouble` why it is not. `reports` are those of processed sessions by id, `open_report` the id of the one
    on screen, `catalogued` whether the catalogue was read. `language` is a two-letter code. `teaching` is the
    button that is being given something to do. `progress` is how far somebody has come in the guide, which is
    on screen while `guiding`. `left` is the scene that was left because its picture was lost. `schedule` is
    all of this room's, with what became of each talk; `typed` a list of talks that is being typed.
    """

    snapshot: Snapshot = field(default_factory=Snapshot)
    age_s: float = 0.0
    connected: bool = False
    trouble: str = ""
    asked: tuple[Asked, ...] = ()
    teaching: Teaching | None = None
    sessions: tuple[SessionView, ...] = ()
    catalogued: bool = False
    reports: Mapping[str, TalkReport] = field(default_factory=dict)
    open_report: str = ""
    utc_s: float = 0.0
    notice: str = ""
    language: str = "en"
    progress: Progress = field(default_factory=Progress)
    guiding: bool = False
    left: Left | None = None
    schedule: ToldSchedule = field(default_factory=ToldSchedule)
    typed: tuple[str, ...] = ()

    @property
    def told(self) -> bool:
        """Whether any snapshot came."""
        return self.snapshot.seq > 0

    @property
    def fresh(self) -> bool:
        """Whether the snapshot is what is now."""
        return self.told and self.connected and self.age_s <= STALE_S

    @property
    def obs_up(self) -> bool:
        """Whether OBS answers, as far as was told."""
        return self.snapshot.obs.link == "up"
