"""The pages' templates: text from outside is only text, and no script runs but the page's own."""

import base64
import hashlib
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from stagebox.media import report_html
from stagebox.media.index import page as pages
from stagebox.media.index.rows import ReviewedReport
from stagebox.media.job import LiveAlarm
from stagebox.media.manifest import FileStamp, ManifestEntry
from stagebox.media.overview import TalkOverview
from stagebox.media.verdict_changes import BasisChange, FindingChange, VerdictComparison
from stagebox.model.report import Code, Finding, Report, ReportedStream, RescueReport, Severity, Verdict
from tests.media.index.test_page import EVIL, index_of


def evil_page(*, served: bool) -> str:
    """The page of a talk in which every text is evil."""
    findings = tuple(
        Finding(code, severity, 10.0, 20.0, EVIL, EVIL)
        for code, severity in ((Code.BLACK, Severity.WARNING), (Code.SILENT, Severity.CRITICAL))
    )
    stream = ReportedStream(0, EVIL, EVIL, 1234567, EVIL)
    report = Report(EVIL, f"/{EVIL}.mp4", True, 60.0, (stream,), findings)
    entry = ManifestEntry(
        (FileStamp(EVIL, 1, 1),),
        *("", "", EVIL),
        FileStamp(f"/{EVIL}.mp4", 1, 1),
        replace(report, rescue=RescueReport(f"/{EVIL}.mp4", method="correlation")),
        page=dict.fromkeys(("title", "speaker", "room", "event", "started_at", "index"), EVIL),
    )
    judged = ReviewedReport(Verdict.FLAGGED, findings[:1], ((findings[1], EVIL),), EVIL)
    change = FindingChange("new", "black", "warning", "", 1.0, 2.0, EVIL)
    return report_html.session_page(
        entry,
        TalkOverview(-20.0, ((-0.5, 0.5),), (LiveAlarm(EVIL, "critical", 1.0, 2.0, EVIL),)),
        judged,
        compared=VerdictComparison("changed", BasisChange(EVIL, EVIL), EVIL, (change,)),
        served=served,
        back=EVIL,
    )


def scripts(page: str) -> list[str]:
    """What would run in a page."""
    return re.findall(r"<script>(.*?)</script>", page, re.DOTALL)


@pytest.mark.parametrize("served", [False, True])
def test_text_from_outside_is_only_text_wherever_it_stands(served: bool) -> None:
    page = evil_page(served=served)
    assert EVIL not in page
    assert "<img src=x" not in page
    assert page.count("&lt;img src=x") > 15
    assert len(scripts(page)) == served


@pytest.mark.parametrize(
    "page", [evil_page(served=True), pages.made(index_of(3)).decode()], ids=["talk", "index"]
)
def test_the_policy_names_the_pages_own_script_by_its_hash_and_lets_no_other_run(page: str) -> None:
    (script,) = scripts(page)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert page.count(f"script-src 'sha256-{digest}'") == 1
    assert page.count("script-src") == 1
    assert "default-src 'none'" in page


def test_a_page_on_disk_runs_no_script_and_speaks_to_nobody() -> None:
    page = evil_page(served=False)
    assert "script-src" not in page
    assert "connect-src" not in page


def test_what_makes_pages_is_loaded_only_when_one_is_made() -> None:
    modules = "stagebox.cli, stagebox.media.pages, stagebox.media.batch, stagebox.media.index.page"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, {modules}; print('jinja2' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout == "False\n"
