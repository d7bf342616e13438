"""What is to be joined: looks at the recordings that a person named, and refuses what cannot be.

Nothing is written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from stagebox.media import growing, join, manifest, probe, processed_talk, runner, storage
from stagebox.media.batch import STILL_OPEN_S
from stagebox.media.index.few_words import listed
from stagebox.media.index.shelf import ShelvedTalk
from stagebox.media.job import Job, safe_stem
from stagebox.media.parts import join_offers, part_names
from stagebox.media.parts import joined as knowing
from stagebox.media.parts.join_offers import By, PartGap, TalkPart
from stagebox.media.pipeline import misfit
from stagebox.media.probe import Probe
from stagebox.model.errors import RefusedError
from stagebox.model.paths import path_of
from stagebox.system.writers import written_by_anyone

SUFFIX = " (joined)"


@dataclass(frozen=True, slots=True)
class JoinPlan:
    """What is to be made: the job, the parts in their order, what lies between, and what tells the order.

    `already` is the talk as it was joined before, None when it was not.
    """

    job: Job
    parts: tuple[TalkPart, ...]
    gaps: tuple[PartGap, ...]
    by: By
    already: ShelvedTalk | None = None


def planned(
    paths: Sequence[Path], out: Path | None, outs: Sequence[Path], *, as_named: bool = False
) -> JoinPlan:
    """What is to be made of these recordings.

    Args:
        out: where the joined MP4 goes; None: where the first part's MP4 is, else beside the first part.
        outs: further output folders, in which the parts may be known.
        as_named: the order in which they are named is theirs.

    Raises:
        RefusedError: they cannot be joined, or it is not known in which order.
        UnusableError: one of them cannot be read.
    """
    sources = [_recording(path, outs) for path in paths]
    _check_each_once(paths, sources)
    talks = _talks_of(sources, [*outs, *([out] if out is not None else [])])
    _check_none_grows(sources)
    probes = [probe.probe(source) for source in sources]
    for one, other in pairwise(probes):
        if differs := join.misfits(one, other):
            raise misfit(one, other, differs)
    probes = [join.measured(one) for one in probes]
    parts = [_part(one) for one in probes]
    order = join_offers.order_of(parts)
    positions, by = order.positions, order.by
    if as_named:
        positions, by = tuple(range(len(parts))), "asked"
    elif by == "unknown" or order.clash:
        raise RefusedError(_which_order(parts, clash=order.clash), AS_NAMED)
    ordered = tuple(parts[at] for at in positions)
    gaps = tuple(_gap(one, other) for one, other in pairwise(ordered))
    first = sources[positions[0]]
    job = Job(
        tuple(sources[at] for at in positions),
        (out or _folder_of(first, talks) or first.parent).absolute(),
        name=safe_stem(first.stem + SUFFIX),
        gaps_s=tuple(gap.seconds if gap.seconds is None else round(gap.seconds, 3) for gap in gaps),
    )
    return JoinPlan(job, ordered, gaps, by, _joined_before(job, talks))


AS_NAMED = "Name them in their order, and add --in-this-order."


def _gap(one: TalkPart, other: TalkPart) -> PartGap:
    name = part_names.read(one.stem)
    return join_offers.gap_between(one, other, kind=None if name is None else name.kind)


def _which_order(parts: Sequence[TalkPart], *, clash: bool) -> str:
    told = listed([runner.shown(one.stem) for one in parts])
    if clash:
        return f"The names of {told} tell another order than their times."
    return f"Neither names nor times tell in which order {told} belong."


def _recording(path: Path, outs: Sequence[Path]) -> Path:
    """The recording that is meant: itself, or that of an MP4 which stagebox made."""
    path = path.absolute()
    probe.check_regular(path)
    made = [one for one in _near(path, outs) if manifest.own_path(one.folder, one.entry) == path]
    if not made:
        return path
    sources = [path_of(stamp.path) for stamp in made[0].entry.sources]
    if len(sources) == 1 and sources[0].exists():
        return sources[0]
    what = "is joined already" if len(sources) > 1 else "is the MP4 of a recording that is not there any more"
    raise RefusedError(f"{runner.shown(path)} {what}.", "Name the recordings themselves.")


def _near(path: Path, outs: Sequence[Path]) -> list[ShelvedTalk]:
    folders = [folder for folder in path.parents if (folder / storage.HIDDEN).is_dir()]
    folders += [folder for out in outs for folder in processed_talk.out_folders(out.expanduser().absolute())]
    return [
        ShelvedTalk(one.out, one.key, one.entry)
        for folder in dict.fromkeys(folders)
        for one in processed_talk.talks(folder)
    ]


def _talks_of(sources: Sequence[Path], outs: Sequence[Path]) -> list[ShelvedTalk]:
    """The talks in which these recordings are."""
    wanted = {runner.exact(source) for source in sources}
    found = {(one.folder, one.key): one for source in sources for one in _near(source, outs)}
    return [one for one in found.values() if wanted.intersection(stamp.path for stamp in one.entry.sources)]


def _check_each_once(paths: Sequence[Path], sources: Sequence[Path]) -> None:
    for at, source in enumerate(sources):
        for before in range(at):
            if source.samefile(sources[before]):
                raise RefusedError(
                    f"{runner.shown(paths[before])} and {runner.shown(paths[at])} are the same recording.",
                    "Name each part once.",
                )


def _check_none_grows(sources: Sequence[Path]) -> None:
    for source in sources:
        if growing.is_fresh(source, STILL_OPEN_S) and written_by_anyone(source):
            raise RefusedError(
                f"{runner.shown(source.name)} is still being recorded.",
                "Join the parts when the recording has ended.",
            )


def _part(one: Probe) -> TalkPart:
    rate = join.form(one)["recorded"]
    where = one.path
    return TalkPart(
        runner.exact(where),
        str(where.parent),
        where.stem,
        where.suffix,
        one.duration_s,
        ended_s=where.stat().st_mtime,
        tagged_s=knowing.tagged_s(str(rate["tagged"])),
        shape=str(rate["shape"]),
        rate=float(rate["rate"]),
    )


def _folder_of(first: Path, talks: Sequence[ShelvedTalk]) -> Path | None:
    """Where the MP4 of the first part is."""
    path = runner.exact(first)
    own = [one for one in talks if [stamp.path for stamp in one.entry.sources] == [path]]
    return own[0].folder if own else None


def _joined_before(job: Job, talks: Sequence[ShelvedTalk]) -> ShelvedTalk | None:
    """The talk of just these parts, as it was joined before.

    Raises:
        RefusedError: one of them is joined with others, or in another order.
    """
    paths = [runner.exact(source) for source in job.sources]
    places = knowing.belonging(talks).places
    for path in paths:
        place = places.get(path)
        if place is None or not manifest.is_as_it_was(place.stamp):
            continue
        if [stamp.path for stamp in place.known.entry.sources] == paths:
            return place.known
        made = place.known.entry.report.output or ""
        raise RefusedError(
            f"{runner.shown(path_of(path).name)} is in a joined talk already: {runner.shown(made)}.",
            f"Undo that first: stagebox join --undo {runner.shown(made)}",
        )
    return None
