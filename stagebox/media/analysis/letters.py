"""Reads the few words that capture devices show without an input, without having been taught. Pure.

No text recognition for all purposes: a line of letters on one colour is cut at its gaps, and where letters
touch at its thin places, and each piece is compared with the letters of a few kinds of type, scaled to one
size. A phrase is read when each of its letters explains a piece nearly as well as any other letter would, and
its words end where the line's do.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Ink = NDArray[np.float32]
"""A piece of a picture: 0 is the ground's colour, 1 the letters'."""

PHRASES = (
    "NO SIGNAL",
    "NOT CONNECTED",
    "NO INPUT",
    "NO VIDEO",
    "NO SOURCE",
    "NO HDMI",
    "NO SYNC",
    "NO DEVICE",
    "SIGNAL LOST",
    "LOST SIGNAL",
    "CHECK SIGNAL",
    "CHECK CABLE",
    "WEAK SIGNAL",
    "OUT OF RANGE",
    "UNSUPPORTED",
    "KEIN SIGNAL",
    "KEIN EINGANG",
    "PAS DE SIGNAL",
    "AUCUN SIGNAL",
    "SIN SEÑAL",
    "NESSUN SEGNALE",
    "SEM SINAL",
    "GEEN SIGNAAL",
)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZÑabcdefghijklmnopqrstuvwxyzñ0123456789"
ALPHABETS = Path(__file__).with_name("alphabets.npz")
"""The shapes of the alphabet in each kind of type, 0 to 255, and their widths by their heights."""
MOST_PIECES = 40
MOST_BESIDE = 2.3
"""A line that is longer than this many times the phrase says something else."""
SMALLEST_PX = 6
"""Letters lower than this are not read."""
INKED = (0.35, 0.5, 0.7)
"""What is this full is a letter's: with thin strokes less, with letters that touch more."""
MOST_WORSE = 0.028
"""A phrase's letters may be so much less alike, on average, than the best of all letters (of 1),"""
MOST_WORSE_ONE = 0.09
"""and no letter by more than this."""
LEAST_ALIKE, LEAST_ALIKE_ONE = 0.75, 0.55
NEARLY = 0.03
"""Kinds of type that explain a line so nearly as well as the best are tried, too."""
THIN = 0.4
"""Letters that touch do so where no more of the line's height than this is inked."""
WIDEST = 1.7
"""The width of a letter by the line's height, and a line's letters are about so wide:"""
USUAL_WIDTH = 0.7
WORD_GAPS = (2.0, 1.5)
"""What is so many times as wide as the usual gap ends a word: with many words in a line, the lesser."""
_MOST_STEPS, _MOST_SPANS = 4, 400
_SIDE, _MARGIN = 14, 2
_CAPITALS = np.array([at for at, letter in enumerate(ALPHABET) if letter.isupper()])
_SMALL = np.array([ALPHABET.index(ALPHABET[at].lower()) for at in _CAPITALS])


@dataclass(frozen=True, slots=True)
class _LetterSpan:
    """What may be one letter: columns of the line, and the piece that it ends."""

    start: int
    end: int
    piece: int


@dataclass(frozen=True, slots=True)
class _LetterLine:
    """A line cut up: pieces between gaps, the usual width of a gap, what may be a letter."""

    pieces: list[tuple[int, int]]
    gaps: list[int]
    usual_gap: float
    spans: list[_LetterSpan]
    from_start: dict[int, list[int]]


def says_no_signal(ink: Ink) -> str | None:
    """Return the phrase that one of the lines of letters says, None when none is read."""
    for line in _lines(ink):
        for inked in INKED:
            phrase = _read(line, inked)
            if phrase is not None:
                return phrase
    return None


def _lines(ink: Ink) -> Iterator[Ink]:
    """The lines of letters, one below the other."""
    for top, bottom in _runs(ink.max(axis=1) > 0.5, join=1):
        if bottom - top >= SMALLEST_PX:
            yield ink[top:bottom]


def _runs(there: NDArray[np.bool_], *, join: int) -> list[tuple[int, int]]:
    """Starts and ends of what is there; gaps of `join` or less do not count."""
    places = np.flatnonzero(there)
    if not places.size:
        return []
    parts = np.split(places, np.flatnonzero(np.diff(places) > join + 1) + 1)
    return [(int(part[0]), int(part[-1]) + 1) for part in parts]


def _read(ink: Ink, inked: float) -> str | None:
    """The phrase that the line says."""
    line = _cut(ink, inked)
    if line is None:
        return None
    shapes, wide = _alphabets()
    cut = [_trimmed(ink[:, span.start : span.end], inked) for span in line.spans]
    seen = np.stack([_without_mean(scaled(piece)) for piece in cut])
    ratios = np.array([piece.shape[1] / piece.shape[0] for piece in cut], np.float32)
    # An I is as full as a block: what is narrow is like what is narrow.
    apart = np.abs(np.log(ratios[:, None, None] / wide))
    alike = np.clip(seen @ shapes, 0, 1).reshape(len(cut), *wide.shape)
    alike *= np.exp(-0.5 * np.maximum(0, apart - 0.25))
    whole = [number for number, span in enumerate(line.spans) if (span.start, span.end) in line.pieces]
    tall = [number for number in whole if cut[number].shape[0] >= 0.3 * ink.shape[0]]
    if not tall:
        return None
    explained = alike[tall].max(axis=2).mean(axis=0)
    for face in np.flatnonzero(explained >= explained.max() - NEARLY):
        fits = _fits(alike[:, face])
        for phrase, places in _phrases():
            for times in WORD_GAPS:
                if _says(line, times * line.usual_gap + 1, places, fits):
                    return phrase
    return None


def _cut(ink: Ink, inked: float) -> _LetterLine | None:
    """The line cut up, None when it has too many pieces, or none."""
    pieces, height = _runs(ink.max(axis=0) > inked, join=0), ink.shape[0]
    if not pieces or len(pieces) > MOST_PIECES:
        return None
    spans: dict[_LetterSpan, None] = {}
    touching = 0
    for number, (left, right) in enumerate(pieces):
        cuts = [left, *(left + at for at in _thin_places(ink[:, left:right])), right]
        for at, start in enumerate(cuts):
            for end in cuts[at + 1 : at + 1 + _MOST_STEPS]:
                if end - start <= WIDEST * height:
                    spans[_LetterSpan(start, end, number)] = None
        spans[_LetterSpan(left, right, number)] = None
        if right - left > 1.3 * height:
            touching += int((right - left) / (USUAL_WIDTH * height))
    for number in range(1, len(pieces)):  # a letter whose thinnest stroke is lost
        start, end = pieces[number - 1][0], pieces[number][1]
        if pieces[number][0] - pieces[number - 1][1] <= 1 and end - start <= 1.2 * height:
            spans[_LetterSpan(start, end, number)] = None
    if len(spans) > _MOST_SPANS:
        return None
    gaps = [right[0] - left[1] for left, right in itertools.pairwise(pieces)]
    usual = float(np.median([*gaps, *[0] * touching])) if gaps else 0.0
    from_start = defaultdict(list)
    for place, span in enumerate(spans):
        from_start[span.start].append(place)
    return _LetterLine(pieces, gaps, usual, list(spans), dict(from_start))


def _thin_places(piece: Ink) -> list[int]:
    """Where letters that touch may be cut apart."""
    height, width = piece.shape
    if width <= height / 2:
        return []
    full = piece.sum(axis=0)
    middle = full[2:-2]
    thin = (middle <= THIN * height) & (middle <= full[1:-3]) & (middle <= full[3:-1])
    thin &= (middle < full[1:-3]) | (middle < full[3:-1])
    return [int(at) + 2 for at in np.flatnonzero(thin)]


def _trimmed(piece: Ink, inked: float) -> Ink:
    """The piece, cut to its own height."""
    rows = np.flatnonzero(piece.max(axis=1) > inked)
    return piece[rows[0] : rows[-1] + 1] if rows.size else piece


def _fits(alike: Ink) -> list[dict[int, tuple[float, float]]]:
    """Of each span, which of the letters may be it: how much less alike than the best one, and how alike.

    A letter is known by its place as a capital (those come first), and counts as what it is more like: that,
    or the small one.
    """
    worse = alike.max(axis=1)[:, None] - alike
    likest = np.where(worse[:, _CAPITALS] <= worse[:, _SMALL], _CAPITALS, _SMALL)
    less, like = (np.take_along_axis(one, likest, axis=1) for one in (worse, alike))
    found: list[dict[int, tuple[float, float]]] = [{} for _ in alike]
    for span, letter in np.argwhere((less <= MOST_WORSE_ONE) & (like >= LEAST_ALIKE_ONE)).tolist():
        found[span][letter] = (float(less[span, letter]), float(like[span, letter]))
    return found


def _says(
    line: _LetterLine,
    word_gap: float,
    places: list[tuple[int, bool]],
    fits: list[dict[int, tuple[float, float]]],
) -> bool:
    """Whether the phrase's letters stand in the line, as its words.

    Args:
        word_gap: the width from which a gap ends a word, in samples.
        places: of each letter, where it stands in the alphabet, and whether a word begins with it.
        fits: what `_fits` says of the line's spans.
    """
    length = line.pieces[-1][1] - line.pieces[0][0]

    def goes_on(at: int, letter: int, start: int, less: float, like: float) -> bool:
        for place in line.from_start.get(at, ()):
            fit = fits[place].get(places[letter][0])
            if fit is None:
                continue
            span = line.spans[place]
            last_of_piece = span.end == line.pieces[span.piece][1]
            gap = line.gaps[span.piece] if last_of_piece and span.piece < len(line.gaps) else None
            word_ends = last_of_piece and (gap is None or gap >= word_gap)
            total, sum_like = less + fit[0], like + fit[1]
            if letter + 1 == len(places):
                alike = total <= MOST_WORSE * len(places) and sum_like >= LEAST_ALIKE * len(places)
                if word_ends and alike and length <= MOST_BESIDE * (span.end - start):
                    return True
                continue
            if word_ends != places[letter + 1][1] or (last_of_piece and gap is None):
                continue
            following = line.pieces[span.piece + 1][0] if last_of_piece else span.end
            if goes_on(following, letter + 1, start, total, sum_like):
                return True
        return False

    return any(
        goes_on(left, 0, left, 0.0, 0.0)
        for number, (left, _) in enumerate(line.pieces)
        if number == 0 or line.gaps[number - 1] >= word_gap
    )


@cache
def _phrases() -> list[tuple[str, list[tuple[int, bool]]]]:
    """Each phrase, and of each of its letters the place in the alphabet, and whether it begins a word."""
    return [
        (
            phrase,
            [(ALPHABET.index(letter), at == 0) for word in phrase.split() for at, letter in enumerate(word)],
        )
        for phrase in PHRASES
    ]


@cache
def _alphabets() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Samples × letters of each kind of type, each without its mean and of length one; and widths by heights.

    Widths are kinds of type × letters; the letters' samples are in the same order.
    """
    with np.load(ALPHABETS, allow_pickle=False) as kept:
        shapes, wide = kept["shapes"].astype(np.float32) / np.float32(255), kept["wide"]
    letters = [_without_mean(one) for face in shapes for one in face]
    return np.ascontiguousarray(np.stack(letters, axis=1), np.float32), wide


def scaled(piece: Ink) -> Ink:
    """The piece on a square of one size, with a margin: an I that fills its box would else have no shape."""
    image = Image.fromarray(np.clip(piece * 255, 0, 255).astype(np.uint8))
    small = image.resize(
        (_SIDE, _SIDE), Image.Resampling.BILINEAR if min(piece.shape) < _SIDE else Image.Resampling.BOX
    )
    whole = np.zeros((_SIDE + 2 * _MARGIN,) * 2, np.float32)
    whole[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = np.asarray(small, np.float32) / np.float32(255)
    return whole


def _without_mean(shape: Ink) -> Ink:
    flat = shape - shape.mean()
    of_length_one: Ink = (flat / (np.sqrt((flat**2).sum()) + 1e-6)).ravel()
    return of_length_one
