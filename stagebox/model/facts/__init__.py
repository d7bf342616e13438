"""What is known right now of sources, sound, machine and recording: what the health rules decide by.

Facts are folded from volatile observations: `health/fold.py` takes (facts, observation, at) to new facts.
Each part carries the monotonic second it was last seen at (`at`; None for never), so that a rule can tell
fine from stale: no rule may call a stale or missing fact fine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stagebox.model.facts.button_boxes import ButtonBoxFacts
from stagebox.model.facts.machine import MachineFacts
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.facts.proof import ProofFacts
from stagebox.model.facts.sound import SoundFacts
from stagebox.model.facts.stream import StreamFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFacts:
    """Everything the rules may look at.

    `pictures` is keyed by role (slides, camera). `recording` is OBS's word, None for unknown;
    `recording_since` is monotonic, and so is `recording_ended`: when OBS was last seen to end one.
    `program_scene` is what viewers see, since `program_since` (monotonic). `unset` are the roles (slides,
    camera, mic) for which no device is chosen; one that neither is there nor has facts is unknown. `paused`:
    OBS's recording is. `local`: OBS records to a disk of this computer. `place` is the folder in use.
    `obs_hung_since`: the private OBS's process runs, but has not answered since then.
    """

    pictures: Mapping[str, PictureFacts] = field(default_factory=dict)
    sound: SoundFacts = field(default_factory=SoundFacts)
    machine: MachineFacts = field(default_factory=MachineFacts)
    proof: ProofFacts = field(default_factory=ProofFacts)
    button_boxes: ButtonBoxFacts = field(default_factory=ButtonBoxFacts)
    stream: StreamFacts = field(default_factory=StreamFacts)
    unset: frozenset[str] = frozenset()
    local: bool = True
    obs_up: bool = False
    obs_hung_since: float | None = None
    place: Literal["main", "second"] = "main"
    recording: bool | None = None
    recording_since: float | None = None
    recording_ended: float | None = None
    session_wanted: bool = False
    paused: bool = False
    program_scene: str = ""
    program_since: float | None = None
