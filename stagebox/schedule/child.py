"""The child that reads one schedule: `python -m stagebox.schedule.child WISHES`; see `reading`."""

import json
import sys
from datetime import date

from stagebox.schedule.draft import Defaults, zone_named
from stagebox.schedule.reading import MEMORY_BYTES, PATIENCE_S, answer_of
from stagebox.system.confinement import confine


def main() -> int:
    """Read standard input, answer on standard output."""
    wishes = json.loads(sys.argv[1])
    zone = zone_named(wishes["zone"])
    assert zone is not None
    data = sys.stdin.buffer.read()
    confine(MEMORY_BYTES, PATIENCE_S)
    answer = answer_of(data, wishes["source"], Defaults(zone, date.fromisoformat(wishes["today"])))
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
