"""Sizes and lengths as people read them: the same figure reads the same wherever it stands. Pure."""


def room_words(size_bytes: float) -> str:
    """A number of bytes: whole megabytes below one gigabyte, tenths below ten, whole gigabytes above.

    Rounded down: what is free is never told as more than it is.
    """
    if size_bytes < 1e9:
        return f"{max(0, int(size_bytes / 1e6))} MB"
    if size_bytes < 1e10:
        return f"{int(size_bytes / 1e8) / 10:.1f} GB"
    return f"{int(size_bytes / 1e9)} GB"


def lasting(length_s: float) -> str:
    """A length as people say it: "12 ms", "3.5 s", whole seconds from ten on, "1 min 10 s", "2 h 5 min"."""
    if 0 < length_s < 0.095:
        return f"{max(1, round(length_s * 1000))} ms"
    if length_s < 9.95:
        return f"{length_s:.1f}".removesuffix(".0") + " s"
    whole = round(length_s)
    if whole < 60:
        return f"{whole} s"
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    if hours >= 48:
        return f"{hours // 24} d {hours % 24} h" if hours % 24 else f"{hours // 24} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"


def clock(seconds: float, *, hours: bool = False) -> str:
    """Seconds as a player shows them, "2:03" or "1:02:03"; `hours`: always with them."""
    whole = max(0, int(seconds))
    minutes = f"{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{whole // 3600}:{minutes}" if hours or whole >= 3600 else minutes.removeprefix("0")
