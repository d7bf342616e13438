"""OBS's sound levels as they come, twenty a second: for meters alone. They decide nothing."""

from dataclasses import dataclass

from stagebox.model.facts.sound import ChannelLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterLevels:
    """What OBS says of the microphone in one reading of about 50 ms.

    `channels` are after mute and fader, in dBFS, and empty while OBS does not mix the microphone or is not
    there. `clipped` counts OBS's readings at full scale since it was connected.
    """

    channels: tuple[ChannelLevel, ...] = ()
    clipped: int = 0
