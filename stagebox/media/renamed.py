"""A recording that was renamed or moved is known by the hash of its packets: no second MP4 is made."""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stagebox.media import manifest, overview, pages, probe, runner, storage, talk_review
from stagebox.media.index.shelf import ShelvedTalk
from stagebox.media.job import Job
from stagebox.media.manifest import FileStamp, ManifestEntry
from stagebox.model.errors import MediaError, StorageError
from stagebox.model.paths import path_of

_LOCK_S = 60.0


def candidates(known: Sequence[ShelvedTalk], size_bytes: int) -> list[ShelvedTalk]:
    """The talks whose only recording had this size and is gone, and whose MP4 is there as it was made."""
    return [
        one
        for one in known
        if len(one.entry.sources) == 1
        and one.entry.sources[0].size_bytes == size_bytes
        and not Path(one.entry.sources[0].path).exists()
        and manifest.output_path(one.folder, one.entry) is not None
    ]


def is_same(path: Path, one: ShelvedTalk, *, cancel: runner.Cancel | None = None) -> bool:
    """Whether the recording at `path` holds the packets that this talk's report tells of.

    Of a recording that no player could follow as it is, the report tells what stands in for it.
    """
    wanted = {stream.hash for stream in one.entry.report.streams}
    kinds = {hash_.partition(":")[0] for hash_ in wanted}
    if len(kinds) != 1 or not kinds <= {"murmur3", "md5", "sha256"}:
        return False
    kind = kinds.pop()
    with contextlib.suppress(MediaError, OSError, ValueError):
        if wanted <= _hashes(probe.probe(path, cancel=cancel), kind, cancel):
            return True
    with contextlib.suppress(MediaError, StorageError, OSError, ValueError):
        # It loads numpy, and few recordings are renamed.
        from stagebox.media.stand_in import standing_in

        hidden, never = one.folder / storage.HIDDEN, lambda: False
        with (
            storage.exclusive(hidden, one.key, deadline_s=_LOCK_S, cancel=cancel),
            standing_in(path, hidden, f"{one.key}.renamed", cancel or never) as stands,
        ):
            return stands is not None and wanted <= _hashes(stands.probe, kind, cancel)
    return False


def adopt(one: ShelvedTalk, job: Job) -> ShelvedTalk:
    """Enter the recording's new path where its talk is known by the old one. The MP4 keeps name and place.

    Raises:
        StorageError: another run works on it, or the folder cannot be written.
        OSError: as that.
    """
    hidden = one.folder / storage.HIDDEN
    key = storage.key_of(job.sources)
    stamps = manifest.stamps(job.sources)
    new = runner.exact(job.sources[0].absolute())
    entry = replace(
        one.entry,
        sources=stamps or one.entry.sources,
        asked=manifest.asked_of(job),
        report=replace(one.entry.report, source=new),
    )
    with storage.exclusive(hidden, key, deadline_s=_LOCK_S):
        manifest.save(hidden, key, entry)
        talk_review.follow(hidden, one.key, key)
        manifest.path_of(hidden, one.key).unlink(missing_ok=True)
        seen = overview.read_beside(pages.report_path(one.folder, entry.stem))
        pages.write_said(one.folder, entry, seen, hidden, key)
    return ShelvedTalk(one.folder, key, entry)


def follow(joins: Sequence[ShelvedTalk], old: FileStamp, new: FileStamp) -> None:
    """Enter a recording's new path in the talks in which it is joined with others.

    Args:
        joins: talks of several recordings; only those that hold `old` are changed.

    Raises:
        StorageError: another run works on one, or the folder cannot be written.
        OSError: as that.
    """
    for folder in dict.fromkeys(one.folder for one in joins if old in one.entry.sources):
        hidden = folder / storage.HIDDEN
        with storage.exclusive(hidden, "joins", deadline_s=_LOCK_S):
            # Another part of the talk may have been renamed meanwhile: it is looked for by what it holds.
            for key, entry in list(manifest.keyed(hidden)):
                if len(entry.sources) > 1 and old in entry.sources:
                    _renamed_in(folder, key, entry, old, new)


def _renamed_in(folder: Path, key: str, entry: ManifestEntry, old: FileStamp, new: FileStamp) -> None:
    sources = tuple(new if stamp == old else stamp for stamp in entry.sources)
    told = replace(entry, sources=sources, report=replace(entry.report, source=sources[0].path))
    hidden = folder / storage.HIDDEN
    new_key = storage.key_of(tuple(path_of(stamp.path) for stamp in sources))
    with storage.exclusive(hidden, new_key, deadline_s=_LOCK_S):
        manifest.save(hidden, new_key, told)
        talk_review.follow(hidden, key, new_key)
        manifest.path_of(hidden, key).unlink(missing_ok=True)
        seen = overview.read_beside(pages.report_path(folder, told.stem))
        pages.write_said(folder, told, seen, hidden, new_key)


def _hashes(probed: probe.Probe, kind: str, cancel: runner.Cancel | None) -> set[str]:
    """The hashes of all streams of picture and sound, in the form in which they are compared."""
    # They take time to load, and few recordings are renamed.
    import ffmpeg

    from stagebox.media import stream_hashes

    streams = [stream for stream in probed.streams if stream.kind in ("video", "audio")]
    hashes = stream_hashes.StreamHashes(kind)  # type: ignore[arg-type]
    same = stream_hashes.same_form(streams, container=probed.container, source_container=probed.container)
    with runner.ExtraPipes() as pipes:
        opened = ffmpeg.input(runner.file_url(probed.path), **runner.INPUT_OPTIONS)
        mapped = [opened[str(stream.index)] for stream in streams]
        output = ffmpeg.output(
            *mapped, pipes.open(hashes.consume), format="streamhash", hash=kind, c="copy", **same
        )
        runner.run(
            [runner.tool("ffmpeg"), *runner.FFMPEG_OPTIONS, "-y", *output.get_args()],
            deadline_s=runner.deadline_for(probed.size_bytes),
            cancel=cancel,
            pipes=pipes,
        )
        pipes.join()
    return set(hashes.by_stream.values())
