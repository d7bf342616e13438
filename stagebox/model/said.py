"""A sentence that knows what it is made of: the code of its words in `messages/`, and its facts.

It is made where something is decided, and told in anybody's language where somebody reads it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")

TOGETHER = "together"
"""The code of two sentences that are told one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence: its code, and the facts that belong into it. An empty code: `words` is all there is."""

    code: str = ""
    facts: Mapping[str, "Fact"] = field(default_factory=dict)
    words: str = ""


Fact = str | int | float | Said
"""A name in braces of a sentence: a length in seconds where it ends in `_s`, or a sentence within it."""


class Sentence(str):
    """A sentence in English that knows its code and facts."""

    said: Said

    def __new__(cls, said: Said) -> "Sentence":
        """The sentence for a person who reads English."""
        made = super().__new__(cls, said.words)
        made.said = said
        return made

    def __getnewargs__(self) -> tuple[Said]:  # type: ignore[override]
        """What a copy is made of: the marks of a talk are copied on their way to the worker."""
        return (self.said,)


def as_json(said: Said) -> dict[str, Any]:
    """Code and facts of a sentence as a JSON object; a sentence within it has its words, too."""
    return {"code": said.code, "facts": {name: _fact_json(fact) for name, fact in said.facts.items()}}


def _fact_json(fact: Fact) -> Any:
    if isinstance(fact, Said):
        return {**as_json(fact), "words": fact.words}
    return round(fact, 3) if isinstance(fact, float) else fact


def from_json(told: object, words: str = "") -> Said:
    """What `as_json` told, with the English words beside it; of anything else, the words alone."""
    if not isinstance(told, Mapping) or not isinstance(told.get("code"), str):
        return Said(words=words)
    facts = told.get("facts")
    known = facts if isinstance(facts, Mapping) else {}
    return Said(
        code=told["code"],
        facts={
            str(name): from_json(fact, str(fact.get("words") or "")) if isinstance(fact, Mapping) else fact
            for name, fact in known.items()
            if isinstance(fact, str | int | float | Mapping)
        },
        words=words,
    )


def said_of(words: str) -> Said:
    """The code and facts of a sentence; of one that has none, the words alone."""
    return words.said if isinstance(words, Sentence) else Said(words=str(words))


def together(first: str, then: str) -> str:
    """Two sentences, told one after the other; either may be empty. Without any code, the words alone."""
    if not first or not then:
        return first or then
    words = f"{first} {then}"
    if not (said_of(first).code or said_of(then).code):
        return words
    facts = {
        name: one.said if isinstance(one, Sentence) else one
        for name, one in (("first", first), ("then", then))
    }
    return Sentence(Said(code=TOGETHER, facts=facts, words=words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that was said in passing, at the wall time `utc`, for so many seconds.

    `role` is what it is about, `session` the talk; empty for neither in particular.
    """

    said: Said
    utc: float
    lasts_s: float
    role: str = ""
    session: str = ""


def sentences_in(value: object) -> dict[str, Said]:
    """What the sentences anywhere in a value are made of, by their English words."""
    return {str(one): one.said for one in _sentences(value) if one.said.code}


def _sentences(value: object) -> Iterator[Sentence]:
    if isinstance(value, Sentence):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _sentences(one)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _sentences(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from _sentences(getattr(value, name))


def with_sentences(value: T, said: Mapping[str, Said]) -> T:
    """The value with sentences for those of its texts of which `said` tells what they are made of.

    It is how `sentences_in` is undone, where a value was kept as JSON beside them.
    """
    return cast(T, _resaid(value, said)) if said else value


def _resaid(value: object, said: Mapping[str, Said]) -> object:
    if type(value) is str:
        return Sentence(said[value]) if value in said else value
    if isinstance(value, tuple):
        items = tuple(_resaid(one, said) for one in value)
        return value if all(a is b for a, b in zip(value, items, strict=True)) else items
    if isinstance(value, Mapping):
        return {key: _resaid(one, said) for key, one in value.items()}
    if isinstance(value, Said) or not is_dataclass(value) or isinstance(value, type):
        return value
    known = ((name, getattr(value, name)) for name in _names(type(value)))
    changed = {name: made for name, one in known if (made := _resaid(one, said)) is not one}
    return replace(value, **changed) if changed else value


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))
