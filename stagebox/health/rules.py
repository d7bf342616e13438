"""Every rule, a line each, with the patience of its alarms."""

from stagebox.health.alarm_tracker import AlarmPatience
from stagebox.health.black import black
from stagebox.health.button_box_gone import button_box_gone
from stagebox.health.card_on_program import card_on_program
from stagebox.health.channel_dead import channel_dead
from stagebox.health.check import Rule
from stagebox.health.clipping import clipping
from stagebox.health.clock_unsynced import clock_unsynced
from stagebox.health.disk_full import disk_full
from stagebox.health.disk_low import disk_low
from stagebox.health.dropouts import dropouts
from stagebox.health.ear_down import ear_down
from stagebox.health.encoder_lag import encoder_lag
from stagebox.health.folder_gone import folder_gone
from stagebox.health.frozen import frozen
from stagebox.health.hot import hot
from stagebox.health.missing import missing
from stagebox.health.missing_mic import missing_mic
from stagebox.health.muted import muted
from stagebox.health.no_signal import no_signal
from stagebox.health.no_speech import no_speech
from stagebox.health.not_recording import not_recording
from stagebox.health.obs_deaf import obs_deaf
from stagebox.health.obs_stuck import obs_stuck
from stagebox.health.on_battery import on_battery
from stagebox.health.out_of_phase import out_of_phase
from stagebox.health.program_black import program_black
from stagebox.health.quiet import quiet
from stagebox.health.render_lag import render_lag
from stagebox.health.room_left import room_left
from stagebox.health.silent import silent
from stagebox.health.source_unset import source_unset
from stagebox.health.speaking_unrecorded import speaking_unrecorded
from stagebox.health.stream_rules import stream_lost, stream_refused, stream_slow
from stagebox.health.wrong_device import wrong_device
from stagebox.model.settings import HealthSettings

Watched = tuple[tuple[Rule, AlarmPatience], ...]
USUAL = AlarmPatience()


def rules(limits: HealthSettings) -> Watched:
    """All rules, in the order in which they are asked."""
    of = limits.pictures
    return (
        (not_recording, AlarmPatience(clear_after_s=0.5)),
        (obs_stuck, AlarmPatience(clear_after_s=0.0)),
        (source_unset, USUAL),
        (missing, AlarmPatience(raise_after_s=of.missing_s, clear_after_s=0.5)),
        (black, AlarmPatience(raise_after_s=of.black_s, clear_after_s=0.8)),
        (program_black, AlarmPatience(raise_after_s=of.black_s, clear_after_s=0.8)),
        (no_signal, AlarmPatience(raise_after_s=of.no_signal_s, clear_after_s=0.8)),
        (frozen, USUAL),
        *sound_rules(limits),
        *MACHINE,
        (stream_lost, USUAL),
        (stream_refused, AlarmPatience(clear_after_s=0.5)),
        (stream_slow, AlarmPatience(raise_after_s=1.0, clear_after_s=5.0)),
        (speaking_unrecorded, USUAL),
        (card_on_program, USUAL),
        (room_left, USUAL),
        # A box that is plugged in again within a second was never away.
        (button_box_gone, AlarmPatience(raise_after_s=1.0)),
    )


def sound_rules(limits: HealthSettings) -> Watched:
    """The rules about the sound."""
    return (
        (missing_mic, AlarmPatience(raise_after_s=limits.pictures.missing_s, clear_after_s=0.5)),
        (wrong_device, AlarmPatience(raise_after_s=0.5)),
        (muted, USUAL),
        (obs_deaf, AlarmPatience(clear_after_s=0.5)),
        (silent, AlarmPatience(clear_after_s=0.5)),
        (quiet, USUAL),
        (clipping, AlarmPatience(clear_after_s=0.2)),
        (channel_dead, USUAL),
        (out_of_phase, USUAL),
        (no_speech, USUAL),
        (dropouts, USUAL),
        (ear_down, AlarmPatience(raise_after_s=0.5)),
    )


MACHINE: Watched = (
    (disk_low, USUAL),
    (disk_full, USUAL),
    (folder_gone, USUAL),
    # A boost of a second or two touches the limit on many laptops, and means nothing.
    (hot, AlarmPatience(raise_after_s=10.0, clear_after_s=10.0)),
    (on_battery, AlarmPatience(raise_after_s=2.0, clear_after_s=2.0)),
    (clock_unsynced, AlarmPatience(raise_after_s=5.0, clear_after_s=5.0)),
    (render_lag, AlarmPatience(raise_after_s=2.0, clear_after_s=0.2)),
    (encoder_lag, AlarmPatience(raise_after_s=2.0, clear_after_s=0.2)),
)
"""The rules about the computer."""
