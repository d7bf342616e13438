"""OBS's sound meters, on a small connection of their own: the link must not drown in twenty events a second.

OBS tells a channel's level three times: its magnitude and peak after mute and fader, and its peak before.
What OBS sends between two observations is kept as its loudest, so that nothing is lost. An input that is
not on program is not in OBS's meters at all.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from math import log10
from typing import Any

from stagebox.model.facts.sound import FLOOR_DBFS, ChannelLevel, MetersReading
from stagebox.model.levels import MeterLevels
from stagebox.obs.connection import METER_EVENTS, ObsConnection, ObsLinkError, ObsRefusedError, ObsTarget
from stagebox.system.backoff import Backoff

_NO_SUCH_INPUT = 600
_FULL_SCALE_DBFS = -0.02
_LOUD_DBFS = -40.0
_HOLE_READINGS = 3
_FIRST_PAUSE_S = 0.25
_log = logging.getLogger(__name__)


def dbfs(multiplier: float) -> float:
    """OBS's linear level (1 is full scale) in dBFS, not below FLOOR_DBFS."""
    return max(FLOOR_DBFS, round(20 * log10(multiplier), 2)) if multiplier > 0 else FLOOR_DBFS


class LevelGatherer:
    """Gathers OBS's readings of one input until they are taken. Pure.

    `waiting`: something came since the last time. `clipped` and `holes` count from the beginning; a hole
    is up to 150 ms of digital silence between two loud readings, which neither a pause nor a noise gate
    makes.
    """

    def __init__(self) -> None:
        self.clipped = 0
        self.holes = 0
        self.waiting = False
        self._loudest: list[list[float]] = []
        self._was_loud = False
        self._zeros = 0

    def came(self, channels: Sequence[Sequence[float]]) -> None:
        """Take one reading: (magnitude, peak, peak before the fader) of each channel, linear."""
        self.waiting = True
        if len(channels) != len(self._loudest):
            self._loudest = [list(channel) for channel in channels]
        else:
            self._loudest = [
                [max(pair) for pair in zip(before, channel, strict=True)]
                for before, channel in zip(self._loudest, channels, strict=True)
            ]
        peak = max((value for channel in channels for value in channel[1:]), default=0.0)
        self.clipped += dbfs(peak) >= _FULL_SCALE_DBFS
        self._seek_hole(dbfs(max((channel[0] for channel in channels), default=0.0)))

    def take(self) -> tuple[tuple[ChannelLevel, ...], tuple[float, ...]]:
        """(levels after the fader, peaks before it) of each channel: the loudest since the last time."""
        loudest, self._loudest, self.waiting = self._loudest, [], False
        return (
            tuple(ChannelLevel(rms_dbfs=dbfs(one[0]), peak_dbfs=dbfs(one[1])) for one in loudest),
            tuple(dbfs(one[2]) for one in loudest),
        )

    def _seek_hole(self, level_dbfs: float) -> None:
        if level_dbfs <= FLOOR_DBFS:
            self._zeros += 1
            return
        loud = level_dbfs >= _LOUD_DBFS
        if loud and self._was_loud and 1 <= self._zeros <= _HOLE_READINGS:
            self.holes += 1
        self._was_loud, self._zeros = loud, 0


class MeterProbe:
    """Posts MetersReading of one OBS input, from a thread of its own, for as long as it is open.

    Args:
        target: where OBS is.
        input_name: the microphone's input in OBS, as the scene pack names it.
        post: called with each observation; it must only enqueue.
        show: called with each of OBS's readings, twenty a second, for meters; it must only enqueue.
        request_timeout_s: how long OBS may take for one answer.
        every_s: at most one observation in this time; changes of mute are posted at once.
        ask_every_s: how often mute, fader and device are asked for, besides OBS's own news of them.
        backoff_cap_s: the longest pause between two attempts to connect.
    """

    def __init__(
        self,
        target: ObsTarget,
        input_name: str,
        post: Callable[[MetersReading], None],
        *,
        show: Callable[[MeterLevels], None] | None = None,
        request_timeout_s: float = 3.0,
        every_s: float = 0.2,
        ask_every_s: float = 1.0,
        backoff_cap_s: float = 2.0,
    ) -> None:
        self._target = target
        self._input = input_name
        self._post = post
        self._show = show
        self._request_timeout_s = request_timeout_s
        self._every_s = every_s
        self._ask_every_s = ask_every_s
        self._pauses = Backoff(_FIRST_PAUSE_S, backoff_cap_s)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="obs-meters", daemon=True)
        # Below: the thread's alone.
        self._run_number = 0
        self._told = ""
        self._forget()

    def start(self) -> None:
        """Start to watch; also while OBS is not there yet."""
        self._thread.start()

    def close(self) -> bool:
        """End the watch, not OBS; return whether the thread ended in time."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join(self._request_timeout_s * 2 + 1.0)
        return not self._thread.is_alive()

    # --- the thread -----------------------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        while not self._closing.is_set():
            before = self._run_number
            try:
                self._watch()
            except (ObsLinkError, ObsRefusedError) as error:
                self._fail(error.what)
            except Exception as error:
                # OBS said something that nobody foresaw, or we have a bug: the watch must outlive both.
                self._fail(f"OBS gave an answer that makes no sense ({error!r}).")
            failures = 0 if self._run_number != before else failures + 1
            self._closing.wait(self._pauses.drawn_s(failures))

    def _watch(self) -> None:
        """Connect, and post until the connection ends (raises) or the probe is closed."""
        self._forget()
        with ObsConnection(
            self._target, timeout_s=self._request_timeout_s, events=METER_EVENTS, on_event=self._on_event
        ) as obs:
            self._ask(obs)
            self._news = self._urgent = True
            self._run_number += 1
            if self._told:
                _log.info("OBS's sound meters are back")
                self._told = ""
            next_post = next_ask = time.monotonic()
            while not self._closing.is_set():
                now = time.monotonic()
                if self._ask_now or now >= next_ask:
                    next_ask = now + self._ask_every_s
                    self._ask(obs)
                if self._news and (self._urgent or now >= next_post):
                    next_post = now + self._every_s
                    self._tell()
                obs.wait_for_event(min(next_ask, next_post if self._news else next_ask) - time.monotonic())

    def _forget(self) -> None:
        self._readings = LevelGatherer()
        self._present: bool | None = None
        self._live = False
        self._muted: bool | None = None
        self._volume_db: float | None = None
        self._device: str | None = None
        self._news = self._urgent = self._ask_now = False

    def _ask(self, obs: ObsConnection) -> None:
        """Read mute, fader and device of the input from OBS."""
        self._ask_now = False
        name = {"inputName": self._input}
        before = (self._present, self._muted, self._volume_db, self._device)
        try:
            self._muted = bool(obs.request("GetInputMute", name)["inputMuted"])
            self._volume_db = float(obs.request("GetInputVolume", name)["inputVolumeDb"])
            settings = obs.request("GetInputSettings", name)["inputSettings"]
        except ObsRefusedError as error:
            if error.code != _NO_SUCH_INPUT:
                return  # OBS is busy with a change of its scenes: what was known stays, and is asked again
            self._present, self._muted, self._volume_db, self._device = False, None, None, None
        else:
            # OBS leaves out what was never set: the system's default device.
            self._device = str(settings.get("device_id", settings.get("local_file", "")))
            self._present = True
        if before != (self._present, self._muted, self._volume_db, self._device):
            self._news = self._urgent = True

    def _on_event(self, kind: str, data: Mapping[str, Any]) -> None:
        if kind == "InputVolumeMeters":
            self._on_meters(data["inputs"])
            return
        if data.get("inputName") != self._input:
            if kind in ("InputNameChanged", "InputCreated", "InputRemoved"):
                self._ask_now = True
            return
        if kind == "InputMuteStateChanged":
            self._muted = bool(data["inputMuted"])
            self._news = self._urgent = True
        elif kind == "InputVolumeChanged":
            self._volume_db = float(data["inputVolumeDb"])
            self._news = True
        else:
            self._ask_now = True

    def _on_meters(self, inputs: Sequence[Mapping[str, Any]]) -> None:
        self._news = True
        for one in inputs:
            if one["inputName"] == self._input:
                self._live = True
                self._readings.came(one["inputLevelsMul"])
                self._draw(
                    tuple(
                        ChannelLevel(rms_dbfs=dbfs(magnitude), peak_dbfs=dbfs(peak))
                        for magnitude, peak, _ in one["inputLevelsMul"]
                    )
                )
                return
        if self._live:
            self._draw(())
        self._live = False

    def _tell(self) -> None:
        if self._live and not self._readings.waiting:
            self._urgent = False
            return  # the next reading is 50 ms away, and without one it would look like silence
        levels, peaks = self._readings.take() if self._live else ((), ())
        self._news = self._urgent = False
        self._hand_over(
            MetersReading(
                run=self._run_number,
                up=True,
                present=self._present,
                live=self._live,
                muted=self._muted,
                volume_db=self._volume_db,
                device=self._device,
                levels=levels,
                input_peaks_dbfs=peaks,
                clipped=self._readings.clipped,
                holes=self._readings.holes,
            )
        )

    def _draw(self, channels: tuple[ChannelLevel, ...]) -> None:
        if self._show is not None:
            self._show(MeterLevels(channels=channels, clipped=self._readings.clipped))

    def _fail(self, detail: str) -> None:
        if not self._told:
            _log.warning("OBS's sound meters cannot be read: %s", detail)
        self._told = detail
        self._draw(())
        self._hand_over(MetersReading(run=self._run_number, up=False, detail=detail))

    def _hand_over(self, seen: MetersReading) -> None:
        try:
            self._post(seen)
        except Exception:
            _log.exception("OBS's sound meters could not be handed over")
