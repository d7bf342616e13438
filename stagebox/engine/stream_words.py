"""The reducer's words for a stream that is not where it should be."""

from collections.abc import Mapping

from stagebox.model.stream import ServerAnswer, StreamState, StreamTrouble

TROUBLE: Mapping[ServerAnswer, StreamTrouble] = {
    "answers": "",
    "closed": "gone",
    "silent": "gone",
    "hung": "stuck",
    "no_network": "no_network",
    "not_known": "unknown",
}
"""What follows from the server's answer while OBS does not get through."""

REASONS: Mapping[StreamTrouble, str] = {
    "": "The stream is not live yet.",
    "unknown": "OBS does not reach the streaming server, or is refused by it.",
    "refused": "The streaming server refuses the stream: the key or the address is wrong.",
    "gone": "The streaming server does not answer.",
    "no_network": "This computer has no way to the streaming server: the network is gone.",
    "stuck": "The streaming server hangs: it takes connections and then says nothing.",
    "set_up": "Target or key of the stream cannot be used.",
    "obs": "OBS refused to stream.",
}


def reason(stream: StreamState) -> str:
    """Why the stream is not live, as a sentence."""
    return stream.detail or REASONS[stream.trouble]
