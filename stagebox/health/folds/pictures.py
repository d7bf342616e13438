"""A look at a source becomes part of what is known of its picture."""

from dataclasses import replace

from stagebox.model.facts.pictures import PictureFacts, PictureReading

_ANOTHER_PICTURE = 12.0
"""Mean luma or a colour further apart than this (of 255) is another picture."""


def fold_pictures(facts: PictureFacts, seen: PictureReading, at: float) -> PictureFacts:
    """The facts of the same role after a look at the monotonic time `at`."""
    folded = replace(facts, at=at, seen=seen)
    folded = _fold_repeats(folded, facts, at)
    return _fold_size(folded, facts, at)


def _fold_repeats(folded: PictureFacts, before: PictureFacts, at: float) -> PictureFacts:
    assert folded.seen is not None
    now = folded.seen.picture
    was = before.seen.picture if before.seen is not None else None
    if now is None:
        return replace(folded, same_since=None, looks_same=0)
    if was is None or was.fingerprint != now.fingerprint or before.same_since is None:
        return replace(folded, same_since=at, looks_same=1)
    return replace(folded, looks_same=before.looks_same + 1)


def _fold_size(folded: PictureFacts, before: PictureFacts, at: float) -> PictureFacts:
    """A size of nothing is no size: a source that comes back as it was has not changed."""
    assert folded.seen is not None
    seen = folded.seen
    size = (seen.width, seen.height)
    if 0 in size:
        known = before.seen
        if known is None or 0 in (known.width, known.height):
            return folded
        # Carried on, so that the next real size is compared with the last real one.
        return replace(folded, seen=replace(seen, width=known.width, height=known.height))
    was = before.seen
    if was is None or 0 in (was.width, was.height) or (was.width, was.height) == size:
        return folded
    another = was.picture is None or seen.picture is None or _differs(was, seen)
    return replace(folded, size_before=(was.width, was.height), size_changed_at=at, changed_with_size=another)


def _differs(was: PictureReading, now: PictureReading) -> bool:
    assert was.picture is not None
    assert now.picture is not None
    pairs = zip(was.picture.mean_rgb, now.picture.mean_rgb, strict=True)
    return max(abs(a - b) for a, b in pairs) > _ANOTHER_PICTURE
