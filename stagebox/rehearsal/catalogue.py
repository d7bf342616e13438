"""Every fault that a rehearsal can play, by the name that `stagebox rehearse --fault` takes."""

from stagebox.rehearsal.breakages import BREAKAGES
from stagebox.rehearsal.faults import FAULTS, Fault

EVERY_FAULT: dict[str, Fault] = {**FAULTS, **BREAKAGES}
