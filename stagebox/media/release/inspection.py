"""Looks at recordings and their MP4s, and compares the packets of both, read now."""

import contextlib
import errno
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stagebox.media import (
    collect,
    growing,
    manifest,
    mended,
    processed_talk,
    remux,
    runner,
    shared,
    shared_talks,
    storage,
    stream_hashes,
    talk_review,
)
from stagebox.media import probe as probing
from stagebox.media.batch import STILL_OPEN_S
from stagebox.media.manifest import ManifestEntry
from stagebox.media.probe import Probe
from stagebox.media.processed_talk import ProcessedTalk
from stagebox.media.release import remembered
from stagebox.media.release.keep_reasons import (
    GROWING,
    LINKED,
    SHARED,
    Compared,
    KeepReason,
    ReleaseFacts,
    kept,
)
from stagebox.media.stand_in import standing_in
from stagebox.model.errors import MediaError, StorageError
from stagebox.model.paths import path_of
from stagebox.system.locks import try_lock
from stagebox.system.writers import written_by_anyone

UNKNOWN = KeepReason("not_processed", "No MP4 was made of it.", "Run `stagebox process` for it.")


@dataclass(frozen=True, slots=True)
class TalkRecordings:
    """The recordings of one talk that are there; `why` says why they stay, None: they may go.

    `known` is None where nothing was made of it. `others` are further talks that share them: all stay, or go.
    """

    sources: tuple[Path, ...]
    known: ProcessedTalk | None
    why: KeepReason | None
    others: tuple[ProcessedTalk, ...] = ()

    @property
    def talks(self) -> tuple[ProcessedTalk, ...]:
        """All that was made of them."""
        return () if self.known is None else (self.known, *self.others)

    @property
    def is_joined(self) -> bool:
        """Whether the talk's MP4 was made of several recordings, or several talks' of one."""
        return any(len(one.entry.sources) > 1 or one.entry.parts for one in self.talks)

    @property
    def is_undone(self) -> bool:
        """Whether a person had it joined, and its MP4 was taken away: its parts are by themselves again."""
        gone = self.why is not None and self.why.code == "output_gone"
        return gone and self.known is not None and "joined" in self.known.entry.page

    @property
    def size_bytes(self) -> int:
        """The recordings' size, as far as they are there."""
        return sum(growing.size_of(source) or 0 for source in self.sources)


def groups(
    folder: Path,
    outs: Sequence[Path],
    *,
    looking: Callable[[Path], None] = lambda path: None,
    cancel: runner.Cancel | None = None,
) -> list[TalkRecordings]:
    """What may be said of all recordings that lie in `folder`, or of which the MP4s do.

    Args:
        outs: further output folders, with those in them: the MP4s of recordings in `folder` may lie there.
        looking: called with each recording before its packets are compared.

    Raises:
        StorageError: there is no such folder.
    """
    top = folder.absolute()
    if not top.is_dir():
        raise StorageError(
            f"There is no folder {runner.shown(folder)}.", "Name the folder of the recordings or of the MP4s."
        )
    found = [_group(known, looking, cancel) for known in _talks(top, outs) if _there(known)]
    found = _with_sharers([one for one in found if not one.is_undone])
    joined = {source for one in found if one.is_joined for source in one.sources}
    # A part of a joined talk stays or goes with it, whatever is said of it by itself.
    found = [one for one in found if one.is_joined or not joined.issuperset(one.sources)]
    told = {source for one in found for source in one.sources}
    for path in collect.inside(top):
        if path.absolute() not in told:
            found.append(TalkRecordings((path.absolute(),), None, _unknown(path)))
    return sorted(found, key=lambda one: [str(source) for source in one.sources])


def _with_sharers(found: Sequence[TalkRecordings]) -> list[TalkRecordings]:
    """Talks that share a recording as one, which may go when the proven MP4s hold all of it."""
    groups: list[list[TalkRecordings]] = []
    for one in found:
        shares = one.known is not None and bool(one.known.entry.parts)
        near = [group for group in groups if shares and _share(one, group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), one])
    return [group[0] if group[0].known is None else _shared_group(group) for group in groups]


def _share(one: TalkRecordings, group: Sequence[TalkRecordings]) -> bool:
    sharing = [other for other in group if other.known is not None and other.known.entry.parts]
    return any(set(one.sources) & set(other.sources) for other in sharing)


def _shared_group(group: Sequence[TalkRecordings]) -> TalkRecordings:
    first = group[0]
    talks = [one.known for one in group if one.known is not None]
    if not talks[0].entry.parts:
        return first
    sources = tuple(dict.fromkeys(source for one in group for source in one.sources))
    why = next((one.why for one in group if one.why is not None), None)
    if why is None and not _held_in_all(talks):
        why = SHARED
    return TalkRecordings(sources, talks[0], why, tuple(talks[1:]))


def _held_in_all(talks: Sequence[ProcessedTalk]) -> bool:
    """Whether the MP4s of these talks hold all of their recordings."""
    made = [(one.out, one.entry) for one in talks]
    places = {
        stamp.path: source
        for one in talks
        for stamp, source in zip(one.entry.sources, remembered.sources(one), strict=True)
    }
    with contextlib.suppress(OSError):
        return all(shared_talks.hold_all(place, source, made) for source, place in places.items())
    return False


def _unknown(path: Path) -> KeepReason:
    """Why a recording stays of which no talk was made."""
    if written_by_anyone(path):
        return GROWING
    return LINKED if path.is_symlink() else UNKNOWN


def _talks(top: Path, outs: Sequence[Path]) -> Iterator[ProcessedTalk]:
    own = processed_talk.out_folders(top)
    for out in own:
        yield from processed_talk.talks(out)
    for more in outs:
        for out in processed_talk.out_folders(more.expanduser().absolute()):
            if out not in own:
                yield from (one for one in processed_talk.talks(out) if _lies_in(one, top))


def _lies_in(known: ProcessedTalk, top: Path) -> bool:
    return any(source.is_relative_to(top) for source in sources_of(known))


def sources_of(known: ProcessedTalk) -> tuple[Path, ...]:
    """The recordings of a talk where they were when it was made."""
    return tuple(path_of(stamp.path) for stamp in known.entry.sources)


def _there(known: ProcessedTalk) -> bool:
    """Whether at least one of its recordings is there: of those that are gone, nothing is to be said."""
    return any(source.exists() for source in sources_of(known))


def _group(
    known: ProcessedTalk, looking: Callable[[Path], None], cancel: runner.Cancel | None
) -> TalkRecordings:
    sources = tuple(source for source in sources_of(known) if source.exists())
    with _held_by_us(known) as obtained:
        facts = facts_of(known, busy=not obtained)
        if (why := kept(facts)) is None:
            looking(sources[0])
            why = kept(replace(facts, compared=compared(known, cancel)))
    return TalkRecordings(sources, known, why)


@contextlib.contextmanager
def _held_by_us(known: ProcessedTalk) -> Iterator[bool]:
    """Whether nobody else works on the talk; on a disk that is read-only, nobody can.

    Raises:
        StorageError: the folder cannot be written by this user.
    """
    with contextlib.ExitStack() as stack:
        try:
            obtained = stack.enter_context(try_lock(known.hidden / f"{known.key}.lock"))
        except OSError as error:
            if error.errno != errno.EROFS:
                raise storage.folder_error(known.out, error) from None
            obtained = True
        yield obtained


def facts_of(known: ProcessedTalk, *, busy: bool = False) -> ReleaseFacts:
    """What can be seen without reading the packets."""
    entry, sources = known.entry, remembered.sources(known)
    there = all(source.exists() for source in sources)
    rescue = entry.report.rescue
    suffix = ".mkv" if entry.output is not None and entry.output.path.endswith(".mkv") else ".mp4"
    return ReleaseFacts(
        talk_review.of_entry(known.hidden, known.key, entry),
        version=entry.version,
        busy=busy,
        growing=any(_growing(source) for source in sources),
        linked=any(source.is_symlink() for source in sources),
        sources_there=there,
        sources_same=not there or _same(sources, entry),
        output_made=entry.output is not None,
        output_there=(known.out / (entry.stem + suffix)).exists(),
        output_same=manifest.output_path(known.out, entry) is not None,
        rescue_there=Path(rescue.output).exists() if rescue is not None and rescue.output else None,
        lossless=bool(entry.report.lossless),
        compared="not_yet",
    )


def _same(sources: Sequence[Path], entry: ManifestEntry) -> bool:
    """Whether they are as they were, wherever they lie now."""
    places = {source: was.path for source, was in zip(sources, entry.sources, strict=True)}
    now = [replace(manifest.stamp(source), path=was) for source, was in places.items()]
    return manifest.are_as_stamped(entry, now)


def _growing(path: Path) -> bool:
    return growing.is_fresh(path, STILL_OPEN_S) and written_by_anyone(path)


def compared(known: ProcessedTalk, cancel: runner.Cancel | None = None) -> Compared:
    """Read all packets of the recordings and of the MP4, and compare them.

    A recording that ffmpeg cannot follow as it is, is read as `process` reads it: by what stands in for it,
    which is made for a while.

    Raises:
        CancelledError: the caller asked to stop.
    """
    output = manifest.output_path(known.out, known.entry)
    if output is None:
        return "unreadable"
    sources = remembered.sources(known)
    if known.entry.parts:
        return _compared_parts(known, output, sources, cancel)
    try:
        told = _held(output, [probing.probe(source, cancel=cancel) for source in sources], cancel)
    except runner.CancelledError:
        raise
    except (MediaError, OSError):
        told = "unreadable"
    return told if told == "equal" else _by_stand_ins(known, output, sources, cancel) or told


def _compared_parts(
    known: ProcessedTalk, output: Path, sources: Sequence[Path], cancel: runner.Cancel | None
) -> Compared:
    """The comparison with the talk's parts of recordings that it shares, cut out of them for a while."""

    def look_up(share: float) -> None:
        del share
        if cancel is not None and cancel():
            raise runner.CancelledError

    with tempfile.TemporaryDirectory(dir=known.hidden, prefix=f"{known.key}.compare.") as folder:
        read = []
        try:
            for number, (source, part) in enumerate(zip(sources, known.entry.parts, strict=True)):
                target = Path(folder) / f"{number}.flv"
                if part.is_shared:
                    now = shared.make(source, part.range, target, look_up, wait_s=0.0, out=Path(folder))
                    if (now.first_byte, now.end_byte) != (part.first_byte, part.end_byte):
                        return "differs"
                read.append(target if part.is_shared else source)
            told = _held(output, [probing.probe(one, cancel=cancel) for one in read], cancel)
        except runner.CancelledError:
            raise
        except storage.DiskFullError:
            return "no_room"
        except (MediaError, OSError):
            told = "unreadable"
        return told if told == "equal" else _by_stand_ins(known, output, read, cancel) or told


def _by_stand_ins(
    known: ProcessedTalk, output: Path, sources: Sequence[Path], cancel: runner.Cancel | None
) -> Compared | None:
    """The comparison with what stands in for the recordings; None where nothing does."""
    with contextlib.ExitStack() as stack:
        probes, stands = [], False
        try:
            for number, source in enumerate(sources):
                name = f"{known.key}.{number}"
                one = stack.enter_context(standing_in(source, known.hidden, name, cancel or (lambda: False)))
                stands |= one is not None
                if one is not None and len(one.probes) > 1:
                    return "in_parts"
                probes.append(probing.probe(source, cancel=cancel) if one is None else one.probe)
            return _held(output, probes, cancel) if stands else None
        except runner.CancelledError:
            raise
        except mended.TooNewError:
            return "too_new"
        except storage.DiskFullError:
            return "no_room"
        except (MediaError, StorageError, OSError) as error:
            full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
            return "no_room" if full else None


def _held(output: Path, probes: Sequence[Probe], cancel: runner.Cancel | None) -> Compared:
    """The packets of the recordings against those of the MP4; raises MediaError, OSError."""
    streams = remux.plan(probes[0]).streams
    if not streams:
        return "unreadable"
    deadline_s = runner.deadline_for(sum(probe.size_bytes for probe in probes))
    truth = stream_hashes.hash_segments(probes, streams, deadline_s=deadline_s, cancel=cancel)
    container = probes[0].container
    written = stream_hashes.hash_file(
        output, streams, source_container=container, deadline_s=deadline_s, cancel=cancel
    )
    if written is None or not truth:
        return "unreadable"
    return "equal" if truth == written["md5"] else "differs"


def still_may_go(known: ProcessedTalk) -> bool:
    """Whether all is as it was when the packets were compared; the caller holds the talk's lock."""
    return (
        kept(facts_of(known)) is None
        and manifest.load(manifest.path_of(known.hidden, known.key)) == known.entry
    )
