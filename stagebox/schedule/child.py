"""The child that reads one schedule; see `reading`.

Its standard input is a line of wishes, the schedule that was kept (so many bytes as they say), the new one.
"""

import json
import sys
from datetime import date

from stagebox.schedule.draft import Defaults, zone_named
from stagebox.schedule.reading import MEMORY_BYTES, PATIENCE_S, answer_of
from stagebox.system.confinement import confine


def main() -> int:
    """Read standard input, answer on standard output."""
    wishes = json.loads(sys.stdin.buffer.readline())
    zone = zone_named(wishes["zone"])
    assert zone is not None
    data = sys.stdin.buffer.read()
    confine(MEMORY_BYTES, PATIENCE_S)
    at = wishes["kept_bytes"]
    defaults = Defaults(zone, date.fromisoformat(wishes["today"]))
    sys.stdout.buffer.write(answer_of(wishes, data[at:], data[:at], defaults))
    return 0


if __name__ == "__main__":
    sys.exit(main())
