"""What a signal is called. Python knows no names of most real-time signals and refuses their numbers."""

import signal


def signal_name(number: int) -> str:
    """The name of a signal, as `SIGKILL` or `SIGRTMIN+3`; "signal 99" where it has none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        first, last = getattr(signal, "SIGRTMIN", 0), getattr(signal, "SIGRTMAX", 0)
        return f"SIGRTMIN+{number - first}" if 0 < first < number < last else f"signal {number}"
