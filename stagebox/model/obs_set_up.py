"""How OBS itself is set up: which scene collection and profile are open, and where and how it records."""

from dataclasses import dataclass
from typing import Literal

OpenedWhat = Literal["collection", "profile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsSetUp:
    """What OBS told last. `folder` and `container` (as flv) are of recordings; empty is not known."""

    collection: str = ""
    profile: str = ""
    folder: str = ""
    container: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnObsNames:
    """The scene collection and the profile that are stagebox's; empty is not known yet."""

    collection: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignInObs:
    """What in OBS is not as stagebox left it. Empty fields are fine.

    `missing` are the pack's scenes that are not there, since `missing_at` (monotonic). `collection` and
    `profile` are open in place of stagebox's own. `records` says what is wrong with where and how OBS would
    record. `names_taken` says which of the scenes' names something else has; `asides`: stagebox may rename
    that.
    """

    missing: tuple[str, ...] = ()
    missing_at: float | None = None
    collection: str = ""
    profile: str = ""
    records: str = ""
    names_taken: str = ""
    names_remedy: str = ""
    asides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedOpen:
    """Somebody wants OBS to open stagebox's own collection or profile again. `deadline` is monotonic."""

    what: OpenedWhat
    name: str
    intent_id: str
    effect_id: str
    deadline: float
