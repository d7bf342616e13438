"""All rules about the sound, and the patience their alarms have."""

from collections.abc import Mapping

from stagebox.health.alarm_tracker import Patience
from stagebox.health.channel_dead import channel_dead
from stagebox.health.check import Rule
from stagebox.health.clipping import clipping
from stagebox.health.dropouts import dropouts
from stagebox.health.ear_down import ear_down
from stagebox.health.missing_mic import missing_mic
from stagebox.health.muted import muted
from stagebox.health.no_speech import no_speech
from stagebox.health.obs_deaf import obs_deaf
from stagebox.health.out_of_phase import out_of_phase
from stagebox.health.quiet import quiet
from stagebox.health.silent import silent
from stagebox.health.wrong_device import wrong_device
from stagebox.model.report import Code

SOUND_RULES: tuple[Rule, ...] = (
    missing_mic,
    wrong_device,
    muted,
    obs_deaf,
    silent,
    quiet,
    clipping,
    channel_dead,
    out_of_phase,
    no_speech,
    dropouts,
    ear_down,
)

SOUND_PATIENCE: Mapping[Code, Patience] = {
    Code.SILENT: Patience(clear_after_s=0.5),
    Code.OBS_DEAF: Patience(clear_after_s=0.5),
    Code.CLIPPING: Patience(clear_after_s=0.2),
    Code.EAR_DOWN: Patience(raise_after_s=0.5),
    Code.WRONG_DEVICE: Patience(raise_after_s=0.5),
}
"""Codes that are not here have the book's usual patience: raised at once, cleared after a second."""
