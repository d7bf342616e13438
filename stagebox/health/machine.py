"""All rules of the machine, with their patience."""

from collections.abc import Mapping

from stagebox.health import (
    clock_unsynced,
    disk_full,
    disk_low,
    encoder_lag,
    folder_gone,
    hot,
    on_battery,
    render_lag,
)
from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Rule
from stagebox.model.report import Code

RULES: tuple[Rule, ...] = (
    disk_low.disk_low,
    disk_full.disk_full,
    folder_gone.folder_gone,
    hot.hot,
    on_battery.on_battery,
    clock_unsynced.clock_unsynced,
    render_lag.render_lag,
    encoder_lag.encoder_lag,
)

PATIENCE: Mapping[Code, Patience] = {
    **disk_low.PATIENCE,
    **disk_full.PATIENCE,
    **folder_gone.PATIENCE,
    **hot.PATIENCE,
    **on_battery.PATIENCE,
    **clock_unsynced.PATIENCE,
    **render_lag.PATIENCE,
    **encoder_lag.PATIENCE,
}
