"""What was found, on a talk's page: what counts, what a person accepted, and how to accept it."""

import shlex
from html import escape

from stagebox.media.index.few_words import brief
from stagebox.media.index.rows import Judged
from stagebox.media.manifest import Entry
from stagebox.media.runner import shown
from stagebox.model.figures import clock
from stagebox.model.report import Finding, Severity

SIGNS = {Severity.NOTE: "○", Severity.WARNING: "◆", Severity.CRITICAL: "▲"}

SCRIPT = """
for (const form of document.querySelectorAll("form.accept")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = form.querySelector("output");
    const body = {code: form.dataset.code, at_s: Number(form.dataset.at)};
    for (const field of form.querySelectorAll("input")) body[field.name] = field.value;
    told.textContent = "…";
    try {
      const options = {method: form.dataset.method, body: JSON.stringify(body),
                       headers: {"Content-Type": "application/json"}};
      const answer = await fetch("accepted", options);
      if (answer.ok) return location.reload();
      const problem = await answer.json();
      told.textContent = typeof problem.detail === "string"
        ? problem.detail + " " + (problem.remedy || "") : "This was not understood.";
    } catch {
      told.textContent = "stagebox does not answer. Nothing was changed.";
    }
  });
}
"""


def findings(entry: Entry, judged: Judged, video: str, *, served: bool) -> str:
    """The panel with all findings: what counts first, then small what was accepted."""
    if not judged.counts and not judged.accepted:
        return '<div class="panel"><span class="good">✓</span> Nothing.</div>'
    ordered = sorted(judged.counts, key=lambda one: (-one.severity.rank, one.start_s))
    counting = "".join(
        _finding(one, video, "" if one.severity is Severity.NOTE else _how(entry, one, served=served))
        for one in ordered
    )
    small = "".join(
        _accepted(one, words, video, undo=served and bool(words)) for one, words in judged.accepted
    )
    return f'<div class="panel">{counting}{small}</div>'


def when(finding: Finding) -> str:
    """Where a finding is: "1:10 – 1:20"."""
    start, end = clock(finding.start_s), clock(finding.end_s)
    return start if start == end else f"{start} – {end}"


def _place(finding: Finding, video: str) -> str:
    place = escape(when(finding)) if finding.end_s > 0 else "—"
    if video and finding.end_s > 0:
        return f'<a href="{video}#t={finding.start_s:.1f}" title="Play from here">{place}</a>'
    return place


def _finding(finding: Finding, video: str, how: str) -> str:
    return (
        f'<div class="finding"><div class="sign {finding.severity}" title="{finding.severity}">'
        f'{SIGNS[finding.severity]}</div><div class="when">{_place(finding, video)}</div><div>'
        f'<span class="code {finding.severity}">{_words(finding.code)}</span> '
        f"{escape(shown(finding.message))}"
        f'<p class="quiet">{escape(shown(finding.remedy))}</p>{how}</div></div>'
    )


def _accepted(finding: Finding, words: str, video: str, *, undo: bool) -> str:
    form = _form(finding, "DELETE", '<button class="undo">Take it back</button>') if undo else ""
    said = f": {words}" if words else ""
    return (
        f'<div class="finding accepted"><div class="sign">✓</div><div class="when">{_place(finding, video)}'
        f"</div><div>{escape(shown(brief(finding) + said))}{form}</div></div>"
    )


def _how(entry: Entry, finding: Finding, *, served: bool) -> str:
    """How this finding is accepted: here, when a box serves the page; else by a command."""
    if served:
        fields = (
            '<input name="note" required maxlength="500" placeholder="Why is this fine?">'
            '<input name="who" maxlength="100" placeholder="Your name"><button>Accept</button>'
        )
        return _form(finding, "POST", fields)
    path = entry.report.output or entry.report.source
    command = f"stagebox accept {shlex.quote(shown(path))} {finding.code}@{finding.start_s:g} --note '…'"
    return (
        "<details class='accept'><summary>Fine as it is?</summary>"
        f"Say why, in a terminal: <code>{escape(command)}</code></details>"
    )


def _form(finding: Finding, method: str, fields: str) -> str:
    return (
        f'<form class="accept" data-method="{method}" data-code="{finding.code}" '
        f'data-at="{finding.start_s:.3f}">{fields}<output></output></form>'
    )


def _words(code: str) -> str:
    return escape(code.replace("_", " "))
