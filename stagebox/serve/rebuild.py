"""Sessions made again from what processing left beside their MP4s, for a catalogue that was lost."""

import zlib
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path

from stagebox.media import manifest, pages, storage
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import TalkDetails
from stagebox.model.paths import text_of
from stagebox.model.ranges import FileRange
from stagebox.model.state import Phase, Segment, Session, Verdict


def sessions_in(out: Path) -> tuple[Session, ...]:
    """The talks that were processed into the folder `out`, as far as their manifests tell; oldest first."""
    found = [_session(out, entry) for entry in manifest.entries(out / storage.HIDDEN)]
    return tuple(sorted(found, key=lambda one: (one.asked_utc, one.id)))


def _session(out: Path, entry: manifest.ManifestEntry) -> Session:
    page = entry.page
    began_utc = _utc(str(page.get("started_at", "")))
    output = manifest.output_path(out, entry)
    verdict: Verdict = entry.report.verdict.value
    return Session(
        id=f"{text_of(entry.stem[:16])}-{zlib.crc32(entry.stem.encode(errors='surrogateescape')):08x}",
        name=text_of(entry.stem),
        talk=TalkDetails(
            title=text_of(str(page.get("title", ""))),
            speaker=text_of(str(page.get("speaker", ""))),
            room=text_of(str(page.get("room", ""))),
        ),
        phase=Phase.DONE,
        wanted=False,
        origin="engine",
        asked_utc=began_utc,
        started_utc=began_utc,
        ended_utc=began_utc + entry.report.duration_s,
        recorded_s=entry.report.duration_s,
        segments=tuple(
            Segment(
                path=one.path,
                started_utc=began_utc,
                ended_utc=max(one.mtime_ns / 1e9, 0.001),
                from_s=part.from_s,
                to_s=part.to_s,
            )
            for one, part in zip(entry.sources, entry.ranges or repeat(FileRange()), strict=False)
        ),
        verdict=verdict,
        output="" if output is None else text_of(output),
        report=text_of(pages.report_path(out, entry.stem)),
        summary=say("made_again"),
    )


def _utc(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
