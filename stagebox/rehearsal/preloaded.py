"""`stagebox` under a clock that was preloaded for it alone: what it starts does not inherit the library.

libfaketime refuses absolute waits by the monotonic clock when that clock is not faked (EINVAL), which ends
every `time.sleep` and with it ffmpeg's runs. The fault `clock-jump` asks what stagebox does when its wall
clock jumps; nobody may suffer from the tool instead.
"""

import os
import runpy
import select
import time
from typing import SupportsIndex


def _sleep(seconds: float | SupportsIndex) -> None:
    """Wait relatively, as the library allows."""
    select.select((), (), (), float(seconds))


if __name__ == "__main__":
    # Taken out of the environment only: the library stays loaded, and reads its other variables as it runs.
    os.environ.pop("LD_PRELOAD", None)
    time.sleep = _sleep
    runpy.run_module("stagebox", run_name="__main__", alter_sys=True)
