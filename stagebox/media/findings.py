"""Findings, by the catalogue of codes: what each means, how it is measured, when it is raised, what to do.

`docs/findings.md` is made from it by `python -m stagebox.media.findings`; a test holds the two together.
"""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

from stagebox.media import thresholds
from stagebox.messages.code_catalogue import REMEDY, entries, say
from stagebox.messages.entry import FindingEntry, msg
from stagebox.messages.languages import ENGLISH, Language, language
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.said import Fact, Sentence
from stagebox.model.settings import VerifySettings


def settings_of(row: FindingEntry) -> tuple[str, ...]:
    """The fields of the [verify] section that change when or how severely this is raised."""
    named = _named_in(" ".join((row.measured, row.raised, row.severity)))
    return (*row.also, *(name for name in named if name in VerifySettings.model_fields))


def filled(row: FindingEntry, limits: VerifySettings, words: Language = ENGLISH) -> FindingEntry:
    """This row with the figures that are in force, in a language."""
    known = _Figures(limits)
    names = ("meaning", "measured", "raised", "severity", "remedy")
    texts: dict[str, Any] = {name: words(getattr(row, name)).format_map(known) for name in names}
    return replace(row, **texts)


def _named_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(text) if name))


class _Figures(dict[str, str]):
    """A threshold by its name, as people write it: `black_note_s` is "2 s", `silence_dbfs` "−50 dBFS"."""

    def __init__(self, limits: VerifySettings) -> None:
        super().__init__()
        self._limits = limits

    def __missing__(self, name: str) -> str:
        value = (
            getattr(self._limits, name) if name in VerifySettings.model_fields else getattr(thresholds, name)
        )
        return figure(name, value)


_UNITS = {"dbfs": "dBFS", "lufs": "LUFS", "db": "dB"}


def figure(name: str, value: float) -> str:
    """A threshold as people write it, by the unit at the end of its name."""
    unit = name.lower().rpartition("_")[2]
    if unit == "share":
        return f"{value * 100:g} %"
    if unit == "s":
        return f"{value * 1000:g} ms" if 0 < value < 0.1 else f"{value:g} s"
    return f"{value:g} {_UNITS.get(unit, '')}".replace("-", "−").strip()


def table() -> Mapping[Code, FindingEntry]:
    """Every code that a recording can have, in the order of the documentation."""
    return {code: one.after for code, one in entries().items() if one.after is not None}


def told(code: Code, key: str, **facts: Fact) -> tuple[Sentence, Sentence]:
    """What the catalogue says of a code under `key`, and its remedy. Raises KeyError where there is none."""
    return say(f"{code}+{key}", **facts), say(f"{code}+{key}.{REMEDY}", **facts)


def finding(
    code: Code,
    severity: Severity,
    start_s: float,
    end_s: float,
    key: str,
    evidence: Mapping[str, Any] | None = None,
    **facts: Fact,
) -> Finding:
    """Return a finding with what the catalogue says of its code under `key`, and its remedy there.

    Times are in seconds from the recording's start, and are made not negative. Raises KeyError for a key or
    a fact that there is not.
    """
    start_s = max(0.0, start_s)
    return Finding(
        code, severity, start_s, max(start_s, end_s), *told(code, key, **facts), dict(evidence or {})
    )


def as_markdown(limits: VerifySettings, words: Language = ENGLISH) -> str:
    """Return the page with the thresholds in force; `docs/findings.md` is the one with the defaults."""
    lines = [f"# {words(_HEAD)}", *(f"\n{words(one)}" for one in (_WHAT, _HOW))]
    for code, row in table().items():
        texts = filled(row, limits, words)
        settings = ", ".join(f"`{name}`" for name in settings_of(row))
        each = (texts.measured, texts.raised, texts.severity, texts.remedy, settings)
        lines += ["", f"## {code}", "", texts.meaning, ""]
        lines += [f"- **{words(head)}:** {text}" for head, text in zip(_ROWS, each, strict=True) if text]
    return "\n".join(lines) + "\n"


_HEAD = msg("Findings")
_ROWS = (msg("Measured"), msg("Raised"), msg("Severity"), msg("What to do"), msg("Settings"))
_WHAT = msg(
    "What stagebox can say of a recording. `ok` means: nothing above a note. The limits that can be set are "
    "in "
    "the `[verify]` section of `stagebox.toml`; the figures here are the ones in force."
)
_HOW = msg(
    "This page is made by `python -m stagebox.media.findings > docs/findings.md`, with the defaults. For the "
    "figures of a box, name its settings: `python -m stagebox.media.findings stagebox.toml`; for another "
    "language, `--language cs`."
)


def main(arguments: Sequence[str]) -> int:
    """Print the page, with the limits of the settings file that is named, if one is, in a language."""
    import argparse

    parser = argparse.ArgumentParser(prog="python -m stagebox.media.findings", description=main.__doc__)
    parser.add_argument("settings", nargs="?", type=Path)
    parser.add_argument("--language", default="en")
    asked = parser.parse_args(arguments)
    there = tomllib.loads(asked.settings.read_text(encoding="utf-8")) if asked.settings else {}
    limits = VerifySettings.model_validate(there.get("verify", {}))
    sys.stdout.write(as_markdown(limits, language(asked.language)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
