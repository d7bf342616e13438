"""Remembers whether the device behind a source went away since the source was last started. Pure."""

from dataclasses import dataclass, replace

from stagebox.model.facts.pictures import Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceWatch:
    """What is remembered of one source's device.

    `identity` is the device's when the source last had it; `lost` that it went since; `last_picture` the
    fingerprint that the source kept from then: as long as it stays, the source may be dead.
    """

    identity: str = ""
    lost: bool = False
    present: bool = False
    last_picture: str = ""

    def device_seen(self, presence: Presence) -> "DeviceWatch":
        """After asking whether the device is there. Going and coming back between two looks shows, too."""
        if presence.state == "unknown":
            return replace(self, present=False)
        if presence.state == "absent":
            return replace(self, lost=True, present=False)
        replaced = bool(self.identity and presence.identity and presence.identity != self.identity)
        identity = presence.identity if self.identity == "" or replaced else self.identity
        return replace(self, identity=identity, lost=self.lost or replaced, present=True)

    def picture_seen(self, fingerprint: str) -> "DeviceWatch":
        """After a picture came: another one than that of before means that the source lives again."""
        if not self.lost:
            return replace(self, last_picture=fingerprint)
        if self.present and self.last_picture not in ("", fingerprint):
            return replace(self, lost=False, last_picture=fingerprint)
        return self

    def restarted(self) -> "DeviceWatch":
        """After the source was started again in OBS while its device was there."""
        return replace(self, lost=False, last_picture="") if self.present else self

    @property
    def stale(self) -> bool:
        """The device is back, and the source may still show the picture of before."""
        return self.lost and self.present
