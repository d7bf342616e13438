"""What was told live and no file can tell becomes a finding."""

from dataclasses import replace

import pytest

from stagebox.media import live_findings
from stagebox.media.job import LiveAlarm
from stagebox.messages.code_catalogue import found_short, say
from stagebox.messages.languages import language
from stagebox.model.report import Code, Severity, verdict_of
from stagebox.model.said import as_json, said_of


def alarm(code: str, level: str, start_s: float = 0.0, end_s: float = 600.0) -> LiveAlarm:
    return LiveAlarm(code, level, start_s, end_s, "What happened.")


@pytest.mark.parametrize(
    ("raised", "verdict"),
    [
        (alarm("source_unset", "critical"), "flagged"),
        (alarm("source_unset", "warning"), "flagged"),
        (alarm("source_unset", "note"), "ok"),
        (alarm("missing", "critical", 10.0, 19.9), "ok"),
        (alarm("missing", "critical", 10.0, 20.1), "flagged"),
        (alarm("muted", "critical", 0.0, 60.0), "flagged"),
        (alarm("muted", "note", 0.0, 60.0), "ok"),
        (alarm("disk_low", "critical"), "ok"),
    ],
)
def test_the_verdict_agrees_with_what_was_told_live(raised: LiveAlarm, verdict: str) -> None:
    assert verdict_of(live_findings.findings([raised], 600.0), usable=True) == verdict


def test_a_moment_is_no_finding_and_a_longer_one_ends_with_the_recording() -> None:
    assert live_findings.findings([alarm("missing", "critical", 5.0, 6.9)], 600.0) == []
    (found,) = live_findings.findings([alarm("missing", "critical", 5.0, 700.0)], 600.0)
    assert (found.code, found.severity, found.start_s, found.end_s) == (
        Code.MISSING,
        Severity.CRITICAL,
        5.0,
        600.0,
    )
    assert found.remedy


def test_what_a_report_says_of_it_is_in_the_past_and_in_every_language() -> None:
    pulled = say("missing.slides_pulled")
    raised = replace(alarm("missing", "critical", 10.0, 40.0), role="slides", said=as_json(said_of(pulled)))
    (found,) = live_findings.findings([raised], 600.0)
    assert found.message == "The slides were missing for 30 s."
    assert language("cs").told(said_of(found.message)) == "Prezentace chyběla 30 s."
    off = say("missing.mic_off_program", scene="Speaker")
    raised = replace(alarm("missing", "warning", 0.0, 40.0), role="mic", said=as_json(said_of(off)))
    (found,) = live_findings.findings([raised], 600.0)
    assert said_of(found.message).code == "missing+mic_off_program"
    assert found_short("missing", "missing+mic") == "microphone was missing"
