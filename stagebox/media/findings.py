"""Findings, by the catalogue of codes: what each means, how it is measured, when it is raised, what to do.

`docs/findings.md` is made from it by `python -m stagebox.media.findings`; a test holds the two together.
"""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from stagebox.media import thresholds
from stagebox.messages.catalogue import entries
from stagebox.messages.entry import After
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings


def settings_of(row: After) -> tuple[str, ...]:
    """The fields of the [verify] section that change when or how severely this is raised."""
    named = _named_in(" ".join((row.measured, row.raised, row.severity)))
    return (*row.also, *(name for name in named if name in VerifySettings.model_fields))


def filled(row: After, limits: VerifySettings) -> After:
    """This row with the figures that are in force."""
    known = _Figures(limits)
    texts = (text.format_map(known) for text in (row.measured, row.raised, row.severity))
    measured, raised, severity = texts
    return replace(row, measured=measured, raised=raised, severity=severity)


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


TABLE: Mapping[Code, After] = MappingProxyType(
    {code: one.after for code, one in entries().items() if one.after is not None}
)
"""Every code that a recording can have, in the order of the documentation."""


def finding(
    code: Code,
    severity: Severity,
    start_s: float,
    end_s: float,
    message: str,
    evidence: Mapping[str, Any] | None = None,
) -> Finding:
    """Return a finding with the table's remedy; times in seconds from the recording's start, not negative.

    Raises KeyError for a code that only a live alarm can have.
    """
    start_s = max(0.0, start_s)
    remedy = TABLE[code].remedy
    return Finding(code, severity, start_s, max(start_s, end_s), message, remedy, dict(evidence or {}))


def as_markdown(limits: VerifySettings) -> str:
    """Return the page with the thresholds in force; `docs/findings.md` is the one with the defaults."""
    lines = [
        "# Findings",
        "",
        "What stagebox can say of a recording. `ok` means: nothing above a note. The limits that can be set",
        "are in the `[verify]` section of `stagebox.toml`; the figures here are the ones in force.",
        "",
        "This page is made by `python -m stagebox.media.findings > docs/findings.md`, with the defaults. For",
        "the figures of a box, name its settings: `python -m stagebox.media.findings stagebox.toml`.",
    ]
    for code, row in TABLE.items():
        told = filled(row, limits)
        lines += ["", f"## {code}", "", told.meaning, ""]
        lines += [f"- **Measured:** {told.measured}", f"- **Raised:** {told.raised}"]
        lines += [f"- **Severity:** {told.severity}", f"- **What to do:** {told.remedy}"]
        if settings := settings_of(row):
            lines.append("- **Settings:** " + ", ".join(f"`{name}`" for name in settings))
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Print the page, with the limits of the settings file that is named, if one is."""
    told = tomllib.loads(Path(arguments[0]).read_text(encoding="utf-8")) if arguments else {}
    sys.stdout.write(as_markdown(VerifySettings.model_validate(told.get("verify", {}))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
