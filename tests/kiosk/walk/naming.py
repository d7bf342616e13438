"""Which name each recording must have, and who may stop it: a small appliance of its own, in the head. Pure.

It knows only what the finger did and which session is on. What `serve` recorded is held against it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stagebox.model.file_names import slug
from stagebox.model.trial import TRIAL_NAME

RACE_S = 2.0
"""So near to a talk's end the appliance may take a name for that talk or for the next one."""
TELLING = 3
"""A name of fewer letters may stand in a file's name by chance."""


@dataclass(slots=True)
class Talk:
    """A recording: the names that it may end up with, and those that its files may bear. Times in seconds."""

    id: str
    titles: set[str]
    began_with: set[str]
    began: float
    ended: float | None = None
    before: set[str] = field(default_factory=set)
    named_at: float = float("-inf")


@dataclass(slots=True)
class Names:
    """Follows touches and sessions. `troubles` are what did not hold so far.

    `upcoming` is what the next talk may be called: more than one where a race decides.
    """

    upcoming: set[str] = field(default_factory=lambda: {""})
    talks: dict[str, Talk] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    _on: str = ""
    _put_back: set[str] | None = None
    _asked: set[str] | None = None
    _asked_by: str = ""
    _repeat: bool = False
    _stopped: float = float("-inf")
    _named: list[tuple[float, str]] = field(default_factory=list)
    _about: str | None = None

    def opened(self) -> None:
        """The sheet for the name was opened: it is about the talk that is on, or about the next one."""
        self._about = self._on

    def named(self, title: str, now: float) -> None:
        """A name was given by touch."""
        self._named.append((now, title))
        about, self._about = self._about, None
        if about and about != self._on and title and title in self.talks[about].titles:
            where = f"the talk {self._on}" if self._on else "the next talk"
            self.troubles.append(f"“{title}” is the name of a talk that has ended, and {where} was given it")
        talk = self.talks.get(self._on)
        if talk is not None:
            talk.before, talk.titles, talk.named_at = talk.titles, {title}, now
            self.upcoming = {title}
            return
        last = max(self.talks.values(), key=lambda one: one.ended or 0.0, default=None)
        race = last is not None and last.ended is not None and now - last.ended < RACE_S
        if last is not None and race:
            last.titles.add(title)
        self.upcoming = {title, *self.upcoming} if race else {title}

    def started(self, intent: str, repeat: str | None = None, *, instead_of_trial: bool = False) -> None:
        """Record was touched; `repeat` is the name of a talk that is recorded again."""
        self._asked_by = intent
        self._asked = set(self.upcoming) if repeat is None else {repeat}
        self._repeat = repeat is not None
        if instead_of_trial:
            self._asked.add(TRIAL_NAME)

    def refused(self, intent: str) -> None:
        """The appliance said that it does not record now."""
        if intent == self._asked_by:
            self._asked, self._repeat = None, False

    def stopped(self, now: float) -> None:
        """The stop was held for as long as it wants."""
        self._stopped = now

    def session(self, told: Mapping[str, Any] | None, now: float) -> None:
        """What a snapshot tells of the talk that is on; a trial is none."""
        on = str(told["id"]) if told else ""
        if self._on and (on != self._on or (told or {}).get("phase") == "stopping"):
            self._over(self.talks[self._on], now)
        if on == self._on:
            return
        ended, self._on = self._on, on
        if ended:
            near = {title for at, title in self._named if now - at < RACE_S}
            self.upcoming = near | (self._put_back if self._put_back is not None else {""})
            self._put_back = None
        if on:
            self._begins(on, now)

    def _begins(self, on: str, now: float) -> None:
        if on in self.talks:
            self.troubles.append(f"the talk {on} is on again")
            return
        if self._asked is None:
            self.troubles.append(f"the talk {on} began and nobody touched Record")
        began_with = self._asked if self._asked is not None else set(self.upcoming)
        titles = set(began_with) - {TRIAL_NAME} if self._repeat else set(self.upcoming)
        if self._repeat and not self.upcoming <= {"", *titles}:
            self._put_back = set(self.upcoming)
        self.talks[on] = Talk(on, titles, began_with, now)
        self.upcoming = set(titles)
        self._asked, self._repeat = None, False

    def _over(self, talk: Talk, now: float) -> None:
        if talk.ended is not None:
            return
        talk.ended = now
        if now - talk.named_at < RACE_S:
            talk.titles |= talk.before
        if self._stopped < talk.began:
            self.troubles.append(f"the talk {talk.id} ended and nobody stopped it")

    def mixed_up(self, recorded: Iterable[Mapping[str, Any]]) -> list[str]:
        """What of the sessions in the end is not as it must be: names, files, and which there are."""
        found = []
        there = {str(one["id"]): one for one in recorded}
        for talk in self.talks.values():
            if (one := there.get(talk.id)) is None:
                found.append(f"the talk {talk.id} is in no list")
                continue
            if one["title"] not in talk.titles:
                found.append(f"{talk.id} is called “{one['title']}” and must be {_listed(talk.titles)}")
            others = {title for each in self.talks.values() for title in each.titles | each.began_with}
            if not _bears(str(one["name"]), talk.began_with, others):
                found.append(
                    f"{talk.id} has files called {one['name']} and began as {_listed(talk.began_with)}"
                )
        found += [f"{one} was recorded, and no touch began it" for one in there if one not in self.talks]
        return found


def _bears(name: str, own: set[str], others: set[str]) -> bool:
    """Whether a file's name has one of a talk's own names, or none at all where the talk had none."""
    words = set(re.sub(r" \(\d+\)$", "", name).split("_")[1:])
    if words & {slug(title, 70) for title in own if title}:
        return True
    foreign = {slug(title, 70) for title in others - own if len(title) >= TELLING}
    return "" in own and not words & foreign


def _listed(titles: set[str]) -> str:
    return " or ".join(f"“{title}”" for title in sorted(titles))
