"""Sizes as people read them: the same figure reads the same wherever it stands. Pure."""


def room_words(size_bytes: float) -> str:
    """A number of bytes: whole megabytes below one gigabyte, tenths below ten, whole gigabytes above.

    Rounded down: what is free is never told as more than it is.
    """
    if size_bytes < 1e9:
        return f"{max(0, int(size_bytes / 1e6))} MB"
    if size_bytes < 1e10:
        return f"{int(size_bytes / 1e8) / 10:.1f} GB"
    return f"{int(size_bytes / 1e9)} GB"
