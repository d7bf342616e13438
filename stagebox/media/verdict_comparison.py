"""An output folder's verdicts beside the last ones that were made with something else, talk by talk."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from stagebox.media import processed_talk, storage, talk_review
from stagebox.media.index import gather, run_log, writing
from stagebox.media.index.rows import IndexRow, natural, row_of
from stagebox.media.index.run_log import RunLog
from stagebox.media.index.shelf import ShelvedTalk
from stagebox.media.parts.joined import belonging
from stagebox.media.runner import exact, shown
from stagebox.media.verdict_changes import BasisChange, FindingChange, VerdictComparison, counted
from stagebox.model.errors import StorageError
from stagebox.model.paths import path_of

SCHEMA = "stagebox.compare/1"

State = Literal["changed", "unreadable", "not_judged", "gone", "same", "first"]
_STATES: tuple[State, ...] = ("changed", "unreadable", "not_judged", "gone", "same", "first")
_WORDS: Mapping[str, str] = {
    "changed": "changed",
    "unreadable": "cannot be compared",
    "not_judged": "not judged again yet",
    "gone": "judged as before, because the recording is gone",
    "same": "as before",
    "first": "judged only once",
}


@dataclass(frozen=True, slots=True)
class TalkComparison:
    """One talk.

    `state`: `changed`, or `same` as before; `first`: there was no verdict before; `unreadable`: what was
    found before cannot be read any more; `not_judged`: the last run has not come to it, `gone`: nor can it,
    since the recording is not there any more. `verdict` is now, `verdict_before` then, as people left them;
    `since` is the place in `since` of what both were made with. `is_worse`: somebody has to look who had not
    to before.
    """

    key: str
    talk: str
    day: str
    room: str
    time: str
    source: str
    output: str
    state: State
    verdict: str
    word: str
    verdict_before: str
    is_worse: bool
    text: str
    since: int | None = None
    changes: tuple[FindingChange, ...] = ()


@dataclass(frozen=True, slots=True)
class BasisCount:
    """What verdicts and the ones before them were made with, and of how many talks."""

    since: BasisChange
    talks: int


@dataclass(frozen=True, slots=True)
class FolderComparison:
    """All talks of an output folder, what is worse first; `states` counts them by state."""

    folder: str
    since: tuple[BasisCount, ...]
    states: Mapping[str, int]
    talks: tuple[TalkComparison, ...]

    @property
    def needs_person(self) -> bool:
        """Whether something is worse, or cannot be compared."""
        return any(one.is_worse or one.state in ("unreadable", "not_judged") for one in self.talks)


def of(folder: Path) -> FolderComparison:
    """The comparison of what was made into this folder, and into those below it.

    Raises:
        StorageError: nothing was made into it.
    """
    top = folder.absolute()
    outs = processed_talk.out_folders(top) if top.is_dir() else []
    seen = run_log.load(top)
    shelf = list(writing.shelf_of(top, seen, outs)) if outs else []
    if not shelf:
        raise StorageError(
            f"In {shown(folder)} lies nothing that `stagebox process` made.",
            "Name the folder that --out named.",
        )
    roots = [root for root in seen.roots if path_of(root).is_dir()]
    told = []
    numbers = gather.BasisNumbers()
    belong = belonging(shelf)
    for one in shelf:
        if id(one) in belong.within or not belong.is_own(one):
            continue
        said = talk_review.load(one.folder / storage.HIDDEN, one.key)
        talk = numbers.given(gather.talk_of(top, one, seen, roots, said))
        row = row_of(talk, talk_review.judge(one.entry.report, said))
        told.append(_talk(one, row, talk.compared, seen))
    return FolderComparison(
        exact(top),
        tuple(BasisCount(since, talks) for since, talks in numbers.talks.items()),
        {state: sum(one.state == state for one in told) for state in _STATES},
        tuple(sorted(told, key=_rank)),
    )


def _talk(one: ShelvedTalk, row: IndexRow, told: VerdictComparison | None, seen: RunLog) -> TalkComparison:
    there = any(gather.lies(source.path) for source in one.entry.sources)
    state: State = "first" if told is None else told.state
    if _otherwise(one, seen):
        state = "not_judged" if there else "gone"
    listed = "; ".join(change.text for change in row.changes)
    if state in ("not_judged", "gone"):
        listed = _WORDS[state]
    elif told is not None and told.state == "unreadable":
        listed = told.text
    elif told is not None and not listed:
        listed = "only its verdict" if told.state == "changed" else _WORDS["same"]
    return TalkComparison(
        key=row.key,
        talk=row.talk,
        day=row.day,
        room=row.room,
        time=row.time,
        source=row.source,
        output=row.output,
        state=state,
        verdict=row.state,
        word=row.word,
        verdict_before=row.state_before,
        is_worse=state == "changed" and any(change.is_worse for change in row.changes),
        text=listed or _WORDS[state],
        since=row.since,
        changes=row.changes,
    )


def _otherwise(one: ShelvedTalk, seen: RunLog) -> bool:
    """Whether it was judged with something else than the last run; False where that is not known."""
    if not seen.version:
        return False
    made: Mapping[str, Any] = one.entry.made.get("thresholds", {})
    return one.entry.version != seen.version or made != seen.thresholds


def _rank(talk: TalkComparison) -> tuple[Any, ...]:
    place = (natural(text) for text in (talk.day, talk.room, talk.time, talk.talk))
    return (not talk.is_worse, _STATES.index(talk.state), *place, talk.source)


def summary(told: FolderComparison) -> list[str]:
    """What it comes to, in a few lines: what the verdicts were made with, and how many talks changed."""
    lines = [f"Since the last run ({_talks(one.talks)}): {one.since.text}." for one in told.since]
    changes = counted(change for one in told.talks if one.state == "changed" for change in one.changes)
    parts = [
        f"{told.states[state]} {_WORDS[state]}" + (f" ({changes})" if state == "changed" and changes else "")
        for state in _STATES
        if told.states[state]
    ]
    return [*lines, f"{_talks(len(told.talks))}: {', '.join(parts)}."]


def in_short(compared: Iterable[VerdictComparison]) -> list[str]:
    """A few lines on the talks that a run judged anew; empty when it judged none anew."""
    listed = list(compared)
    if not listed:
        return []
    since = Counter(one.since for one in listed)
    lines = [f"Judged anew, since the last run ({_talks(many)}): {one.text}." for one, many in since.items()]
    changes = counted(change for one in listed for change in one.changes)
    changed = sum(one.state == "changed" for one in listed)
    unread = sum(one.state == "unreadable" for one in listed)
    parts = [
        *([f"{_talks(changed)} changed" + (f" ({changes})" if changes else "")] if changed else []),
        *([f"{unread} cannot be compared"] if unread else []),
        *([f"{same} as before"] if (same := len(listed) - changed - unread) else []),
    ]
    return [*lines, f"  {', '.join(parts)}."]


def _talks(number: int) -> str:
    return f"{number} talk{'' if number == 1 else 's'}"
