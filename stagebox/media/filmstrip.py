"""The filmstrip of a report: a few small pictures, spread evenly over the recording."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

PICTURES = 12


@dataclass(frozen=True, slots=True)
class FilmPicture:
    """A small JPEG, taken near `at_s`."""

    at_s: float
    jpeg: bytes

    @property
    def data_uri(self) -> str:
        """The picture as a `data:` address for a page that needs no other file."""
        return "data:image/jpeg;base64," + base64.b64encode(self.jpeg).decode("ascii")


def strip(seen: Sequence[tuple[float, bytes]], duration_s: float) -> tuple[FilmPicture, ...]:
    """At most twelve of the pictures that were seen (time in seconds, JPEG), spread evenly, in order."""
    if not seen or duration_s <= 0:
        return ()
    times = [duration_s * (number + 0.5) / PICTURES for number in range(PICTURES)]
    nearest = {min(range(len(seen)), key=lambda index: abs(seen[index][0] - at_s)) for at_s in times}
    return tuple(FilmPicture(*seen[index]) for index in sorted(nearest))
