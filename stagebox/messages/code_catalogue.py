"""The catalogue: every code's entry, and every sentence by its code. Pure."""

import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module

from stagebox.messages import checks, codes
from stagebox.messages.common import ROLES, WORDS
from stagebox.messages.entry import LEAST, NO_PICTURE, NO_SOUND, AlarmWords, CheckEntry, CodeEntry
from stagebox.messages.languages import ENGLISH
from stagebox.messages.passing import SENTENCES as PASSING
from stagebox.messages.schedule_words import SENTENCES as OF_SCHEDULES
from stagebox.model.report import Code
from stagebox.model.said import Fact, Said, Sentence

SENTENCES: Mapping[str, str] = {**PASSING, **OF_SCHEDULES}
"""Every sentence that is of no code's, by the name it has itself."""

_KNOWN = frozenset(str(code) for code in Code)
REMEDY, ON_SCREEN = "remedy", "screen"
_CHECK = "check/"


@cache
def entries() -> Mapping[Code, CodeEntry]:
    """Every code's entry, in the order of the codes. Raises ValueError where a file and its code differ."""
    found: dict[Code, CodeEntry] = {}
    for module in pkgutil.iter_modules(codes.__path__):
        entry: CodeEntry = import_module(f"{codes.__name__}.{module.name}").ENTRY
        if entry.code.value != module.name:
            raise ValueError(f"codes/{module.name}.py has the entry of {entry.code}.")
        found[entry.code] = entry
    return {code: found[code] for code in Code}


@cache
def entry(code: str) -> CodeEntry | None:
    """A code's entry; None for one that is not known here. No other entry is loaded."""
    if code not in _KNOWN:
        return None
    found: CodeEntry = import_module(f"{codes.__name__}.{code}").ENTRY
    return found


@cache
def check_entries() -> Mapping[str, CheckEntry]:
    """What the doctor says, by the name of the file that it stands in."""
    names = [module.name for module in pkgutil.iter_modules(checks.__path__)]
    return {name: import_module(f"{checks.__name__}.{name}").ENTRY for name in names}


def _file_of(check: str) -> str:
    """The file of a check; empty for one that is not known here."""
    return next((name for name, one in check_entries().items() if check in one.titles), "")


def check_title(check: str) -> str:
    """What people call a check; empty for one that is not known here."""
    known = check_entries().get(_file_of(check))
    return known.titles[check] if known is not None else ""


def template(code: str) -> str | None:
    """The English words of a sentence, with its facts in braces; None for a code that is not known here.

    A sentence about a code is named "CODE.KEY", its remedy "CODE.KEY.remedy" and, for who stands at the touch
    screen, "CODE.KEY.screen"; what a report says of it has "+" in the place of the first full stop. What is
    said in passing may have a "CODE.screen", too. What the doctor says is named "check/FILE.KEY", and so on.
    """
    if code in SENTENCES:
        return SENTENCES[code]
    words, which = _words(code)
    if words is None:
        return None
    if which == ON_SCREEN:
        return words.on_screen or words.remedy
    return words.remedy if which == REMEDY else words.message


def _words(code: str) -> tuple[AlarmWords | None, str]:
    """The words of a sentence's code, and which of them it is."""
    if code.startswith(_CHECK):
        name, _, rest = code.removeprefix(_CHECK).partition(".")
        key, _, which = rest.partition(".")
        check = check_entries().get(name)
        return (check.says.get(key) or WORDS.get(key)) if check is not None else None, which
    name, after, rest = code.partition("+")
    if not after:
        name, _, rest = code.partition(".")
    key, _, which = rest.partition(".")
    known = entry(name)
    if after:
        row = known.after if known is not None else None
        words = row.says.get(key) if row is not None else None
        return (row.with_remedy(words) if row and words else None), which
    return (known.live.get(key) if known is not None else None) or WORDS.get(key), which


def say(code: str, **facts: Fact) -> Sentence:
    """The sentence of a code. A fact may be one too. Raises KeyError for what there is not."""
    words = template(code)
    if words is None:
        raise KeyError(code)
    made = {name: fact.said if isinstance(fact, Sentence) else fact for name, fact in facts.items()}
    return Sentence(Said(code=code, facts=made, words=ENGLISH.filled(words, made)))


def on_screen(said: Said) -> Said:
    """The sentence, and those within it, for who stands at the touch screen: what can be done there."""
    name, _, which = said.code.rpartition(".")
    screen = f"{name if which == REMEDY else said.code}.{ON_SCREEN}"
    known = (which == REMEDY or screen in SENTENCES) and template(screen) is not None
    facts = {name: on_screen(fact) if isinstance(fact, Said) else fact for name, fact in said.facts.items()}
    return replace(said, code=screen if known else said.code, facts=facts)


def worded(code: str, words: str, **facts: Fact) -> Sentence:
    """A sentence that knows more than its code: in English it is told as it is."""
    return Sentence(Said(code=code, facts=facts, words=words))


def coded(words: str, code: str, **facts: Fact) -> Sentence:
    """The sentence; one without a code of its own gets this one, which says the same in fewer words."""
    return words if isinstance(words, Sentence) and words.said.code else worded(code, words, **facts)


def say_live(code: Code, key: str, **facts: Fact) -> tuple[Sentence, Sentence]:
    """What an alarm of this code says, and its remedy. Raises KeyError for a key or a fact it lacks."""
    remedy = f"{code}.{key}.{REMEDY}"
    return say(f"{code}.{key}", **facts), say(remedy, **facts) if template(remedy) else _NOTHING


def say_check(check: str, key: str, **facts: Fact) -> tuple[Sentence, Sentence]:
    """What the doctor says of a check, and the remedy. Raises KeyError for a key or a fact it lacks."""
    code = check_code(check, key)
    remedy = f"{code}.{REMEDY}"
    return say(code, **facts), say(remedy, **facts) if template(remedy) else _NOTHING


def check_code(check: str, key: str) -> str:
    """The code of what the doctor says of a check."""
    return f"{_CHECK}{_file_of(check)}.{key}"


_NOTHING = Sentence(Said())


def short(code: str) -> str:
    """What is wrong, in two or three words; of a code that is not known here, the code."""
    known = entry(code)
    return known.short if known is not None else code.replace("_", " ")


def found_short(code: str, said: str = "") -> str:
    """What a finding is called in a few words; `said` is its sentence's code, where that is known."""
    words, _ = _words(said)
    if "+" in said and words is not None and words.short:
        return words.short
    known = entry(code)
    return (known.after.short if known is not None and known.after is not None else "") or short(code)


def role_name(role: str) -> str:
    """What people call the part that an alarm is about."""
    return ROLES.get(role, role.replace("_", " ").capitalize())


def loss_rank(level: str, code: str, role: str) -> tuple[int, int]:
    """Sorts alarms and findings, what loses most first.

    `level` is note, warning or critical. Sound that is lost comes with the critical ones, whatever its level:
    nothing of the picture and no slow computer is worse.
    """
    known = entry(code)
    ranks: Mapping[str, int] = known.rank if known is not None else {}
    place = ranks.get(role, ranks.get("", LEAST))
    if level == "note":
        return 2, place
    return (0 if level == "critical" or NO_SOUND <= place < NO_PICTURE else 1), place
