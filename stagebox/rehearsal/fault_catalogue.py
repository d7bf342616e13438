"""Every fault that a rehearsal can play, by the name that `stagebox rehearse --fault` takes."""

from stagebox.rehearsal.breakages import BREAKAGES
from stagebox.rehearsal.faults import FAULTS, RehearsalFault
from stagebox.rehearsal.stream_faults import STREAM_FAULTS

EVERY_FAULT: dict[str, RehearsalFault] = {**FAULTS, **BREAKAGES, **STREAM_FAULTS}
