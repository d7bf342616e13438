"""When a recording's packets are shown by its own word, where ffmpeg moves them as it copies.

What ffmpeg writes it also puts in order: times of decoding that step back are moved ahead, and those of
presentation with them. Copy and listing are moved alike, so the two cannot be held against each other.
"""

from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from stagebox.media.packets import Floats

MOVED = ("Non-monotonous DTS", "Invalid DTS")
"""ffmpeg's words when it moves a packet's time."""
_OPTIONS = {"protocol_whitelist": "file", "fflags": "+discardcorrupt"}
_LOOK_UP_PACKETS = 512


def shown_s(path: Path, streams: Sequence[int], look_up: Callable[[], None]) -> list[Floats] | None:
    """When each packet of these streams is shown, in seconds, in the order of the file.

    None when the file cannot be read so, or a packet has no time of its own.

    Args:
        streams: their numbers in the file.
        look_up: called now and then; may raise.
    """
    # Few recordings need it, and it takes a while to load.
    import av

    times = {number: array("d") for number in streams}
    try:
        with av.open(f"file:{path}", options=_OPTIONS) as opened:
            wanted = [stream for stream in opened.streams if stream.index in times]
            for count, packet in enumerate(opened.demux(wanted)):
                if count % _LOOK_UP_PACKETS == 0:
                    look_up()
                if not packet.size:
                    continue
                if packet.pts is None or packet.time_base is None:
                    return None
                times[packet.stream_index].append(float(packet.pts * packet.time_base))
    except av.FFmpegError:
        return None
    return [np.array(times[number], np.float64) for number in streams]
