"""The second output of a talk, with the sound of the backup recorder's backup: whether it is wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from stagebox.media import manifest, pages, runner, storage
from stagebox.media import probe as probing
from stagebox.media.job import Job
from stagebox.media.manifest import ManifestEntry
from stagebox.media.media_pass import MediaPass
from stagebox.media.probe import Probe
from stagebox.media.rescue import backups, sound_choice
from stagebox.model.errors import StageboxError
from stagebox.model.report import RescueReport
from stagebox.model.settings import Settings
from stagebox.system.files import flush


class SecondOutput:
    """The rescue of one job in one output folder, whose lock is held."""

    def __init__(
        self, job: Job, settings: Settings, hidden: Path, key: str, cancel: runner.Cancel | None
    ) -> None:
        self._job = job
        self._settings = settings
        self._hidden = hidden
        self._key = key
        self._cancel = cancel

    def is_done(self, known: ManifestEntry) -> bool:
        """Whether a rescue was thought of after this entry's output was made, and what it made is there."""
        made = known.report.rescue
        if made is not None and made.output is not None:
            return Path(made.output).exists()
        return known.rescued or not self._backups()

    def _backups(self) -> tuple[Path, ...]:
        """Beside the segments, or where the backup recorder went when it could not write there."""
        recording = self._settings.recording
        folders = (one for one in (recording.folder, recording.second_folder) if one is not None)
        return backups.find(self._job.sources, self._job.name, folders)

    def add(
        self,
        entry: ManifestEntry,
        probes: Sequence[Probe],
        recorded: Mapping[Path, Path],
        made: RescueReport | None = None,
    ) -> ManifestEntry:
        """Make the rescue output, if the recording's own sound is not whole and there is a backup of it.

        Args:
            probes: the segments of the entry's output.
            recorded: the recording of each segment's file, which may be a mended copy that stands in for it.
            made: what was made before beside this very output; it stays if it is there for the same reasons.

        Raises:
            CancelledError: the caller asked to stop.
        """
        reasons = sound_choice.reasons(entry.report.findings, (alarm.code for alarm in self._job.alarms))
        found = self._backups() if reasons else ()
        rescue = None
        if found and made is not None and made.output is not None and made.reasons == tuple(reasons):
            rescue = made if Path(made.output).exists() else None
        if found and rescue is None:
            if len(probes) == 1:
                probes = [replace(probes[0], duration_s=entry.report.duration_s)]
            rescue = self._made(probes, recorded, reasons, found, entry.stem)
        return replace(entry, report=replace(entry.report, rescue=rescue), rescued=True)

    def _made(
        self,
        probes: Sequence[Probe],
        recorded: Mapping[Path, Path],
        reasons: Sequence[str],
        found: Sequence[Path],
        stem: str,
    ) -> RescueReport:
        # Few recordings need it, and it takes a while to load.
        from stagebox.media.rescue import make as rescuing

        part = self._hidden / f"{self._key}.rescue.part"
        part.unlink(missing_ok=True)
        try:
            rescue = rescuing.RescueMaker(self._job, probes, recorded, reasons, found, self._cancel).make(
                part
            )
            if rescue.output is None:
                return rescue
            probe = probing.probe(part, cancel=self._cancel)
            look = MediaPass([probe], self._settings.verify, cancel=self._cancel).look()
            with storage.exclusive(self._hidden, "names", deadline_s=60.0, cancel=self._cancel):
                out = self._job.out
                others = {storage.folded(entry.stem) for entry in manifest.entries(self._hidden)}
                wanted = rescuing.NAME.format(stem=stem)
                name = storage.free_stem(out, wanted, lambda one: storage.folded(one) in others)
                target = out / f"{name}.mp4"
                rescue = replace(rescue, output=runner.exact(target))
                told = replace(look.report(self._job.sources[0], target), lossless=False, rescue=rescue)
                pages.write_report(out, name, told, self._hidden, self._key)
                part.replace(target)
                flush(out)
            return rescue
        except runner.CancelledError:
            raise
        except StageboxError as error:
            # The talk's own output is made and proven: it does not fall with the second one.
            return RescueReport(None, tuple(reasons), why_not=f"{error.what} {error.remedy}".strip())
        finally:
            part.unlink(missing_ok=True)
