"""The closed set of errors that a person may see, each with a sentence and a remedy."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from stagebox.model.said import Said, Sentence, together


class ExitCode(IntEnum):
    """Exit codes of every `stagebox` command."""

    GOOD = 0
    NEEDS_PERSON = 1
    UNUSABLE = 2
    USAGE = 64


class StageboxError(Exception):
    """Something went wrong that the operator can understand and mend.

    Args:
        what: one sentence: what happened, and where.
        remedy: one sentence in the imperative: what to do now.

    `str(error)` is both sentences. `exit_code` is what a command that ends with this error returns.
    """

    exit_code: ExitCode = ExitCode.UNUSABLE

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()

    @property
    def told(self) -> str:
        """Both sentences, with what they are made of where they have a code."""
        return together(self.what, self.remedy)


class SettingsError(StageboxError):
    """stagebox.toml, a secret file or an environment variable cannot be used."""


class ObsError(StageboxError):
    """OBS is absent, too old, unreachable, or refused a request."""


class MediaError(StageboxError):
    """A recording cannot be read, or ffmpeg is absent or failed."""


class StorageError(StageboxError):
    """A folder, the journal or the catalogue cannot be read or written."""


class ApiError(StageboxError):
    """No stagebox answers, or it refused the request."""


class UnreachableError(ApiError):
    """No stagebox answers."""


class RefusedError(StageboxError):
    """What was asked for does not fit what is there; nothing was changed."""


class NeedsPersonError(StageboxError):
    """The command worked, and what it found needs a person."""

    exit_code = ExitCode.NEEDS_PERSON


NOT_WRITTEN_HELP = Sentence(
    Said(
        code="not_written_help",
        words="Check that there is room on the disk, and that stagebox may write there.",
    )
)


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Say of an OSError meanwhile, as a StorageError, that `path` cannot be written."""
    try:
        yield
    except OSError as error:
        facts = {"path": str(path), "reason": str(error.strerror)}
        words = "{path} cannot be written: {reason}.".format_map(facts)
        what = Sentence(Said(code="not_written", facts=facts, words=words))
        raise StorageError(what, NOT_WRITTEN_HELP) from error
