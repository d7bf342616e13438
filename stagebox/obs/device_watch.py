"""Remembers whether the device behind a source went away since the source was last started. Pure."""

from dataclasses import dataclass, replace

from stagebox.model.facts.pictures import DevicePresence


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceWatch:
    """What is remembered of one source's device.

    `identity` is the device's when it was last seen; `lost` that it went since the source was started;
    `dead_picture` the fingerprint that the source showed after that: as long as it stays, the source may be
    dead. A picture of before would not do: the slide may have changed at the last moment.
    """

    identity: str = ""
    lost: bool = False
    present: bool = False
    dead_picture: str = ""

    def device_seen(self, presence: DevicePresence) -> "DeviceWatch":
        """After asking whether the device is there. Going and coming back between two looks shows, too."""
        if presence.state == "unknown":
            return replace(self, present=False)
        if presence.state == "absent":
            return replace(self, lost=True, present=False)
        if self.identity and presence.identity and presence.identity != self.identity:
            return replace(self, identity=presence.identity, lost=True, present=True)
        return replace(self, identity=self.identity or presence.identity, present=True)

    def picture_seen(self, fingerprint: str) -> "DeviceWatch":
        """After a picture came: another one than the dead one means that the source lives again."""
        if not self.lost:
            return self
        if not self.present or not self.dead_picture:
            return replace(self, dead_picture=fingerprint)
        return self if fingerprint == self.dead_picture else self.restarted()

    def restarted(self) -> "DeviceWatch":
        """After the source was started again in OBS while its device was there."""
        return replace(self, lost=False, dead_picture="") if self.present else self

    @property
    def stale(self) -> bool:
        """The device is back, and the source may still show the picture of before."""
        return self.lost and self.present
