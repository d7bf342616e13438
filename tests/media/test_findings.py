"""The table of codes, its page, and the settings that it names, agree."""

import json
from pathlib import Path

import pytest

from stagebox.media.findings import as_markdown, finding, main, settings_of, table
from stagebox.media.manifest import read_report
from stagebox.messages.code_catalogue import say
from stagebox.messages.languages import language
from stagebox.model.report import LIVE_ONLY, Code, Report, Severity
from stagebox.model.said import said_of
from stagebox.model.settings import VerifySettings

NUMBERS = sorted(set(VerifySettings.model_fields) - {"no_signal_cards", "camera_all_along"})
PAGE = Path(__file__).parents[2] / "docs" / "findings.md"


def test_every_code_that_a_recording_can_have_is_in_the_table_and_no_other() -> None:
    assert set(table()) == set(Code) - LIVE_ONLY


def test_the_page_is_what_the_code_and_the_settings_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(VerifySettings())


def section(page: str, code: Code) -> str:
    return page.split(f"\n## {code}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("code", "told", "not_told"),
    [
        (Code.SHORT, "10 %", "half"),
        (Code.AV_LENGTH_MISMATCH, "more than 1 s", "length_tolerance_s"),
        (Code.CORRUPT, "nothing after the damage", "tenth"),
        (Code.DISCONTINUITY, "0.25 s", "length_tolerance_s"),
        (Code.EMPTY, "zero bytes", "packet"),
    ],
)
def test_the_page_says_what_the_rules_do(code: Code, told: str, not_told: str) -> None:
    said = section(PAGE.read_text(encoding="utf-8"), code)
    assert told in said
    assert not_told not in said


@pytest.mark.parametrize("name", NUMBERS)
def test_another_setting_makes_another_page(name: str) -> None:
    usual = VerifySettings()
    value = getattr(usual, name)
    other = usual.model_copy(update={name: 0.43 if name.endswith("_share") else value + 1})
    assert as_markdown(other) != as_markdown(usual)


def test_the_page_of_a_box_has_the_figures_of_its_settings_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "stagebox.toml"
    settings.write_text("[verify]\nsilence_dbfs = -45.0\nlength_tolerance_s = 3.5\n")
    assert main([str(settings)]) == 0
    page = capsys.readouterr().out
    assert "−45 dBFS" in section(page, Code.SILENT)
    assert "More than 3.5 s" in section(page, Code.SHORT)


def test_every_setting_that_the_table_names_exists_and_every_setting_is_named() -> None:
    named = {name for row in table().values() for name in settings_of(row)}
    assert named == set(VerifySettings.model_fields)


def test_a_finding_carries_the_remedy_of_the_table_and_no_negative_time() -> None:
    made = finding(Code.BLACK, Severity.NOTE, -0.02, -0.01, "whole", length_s=4.0)
    assert made.remedy == table()[Code.BLACK].remedy
    assert (made.start_s, made.end_s) == (0.0, 0.0)


def test_a_finding_goes_through_its_report_and_is_told_in_another_language() -> None:
    made = finding(
        Code.SILENT, Severity.WARNING, 1.0, 13.3, "whole", where=say("on_track", number=2), length_s=12.3
    )
    report = Report("a.flv", None, None, 20.0, findings=(made,))
    (read,) = read_report(json.loads(json.dumps(report.to_json())), usable=True).findings
    assert read == made
    assert said_of(read.message) == said_of(made.message)
    assert language("cs").told(said_of(read.message)) == "Zvuk na stopě 2 po dobu 12 s chybí."


def test_a_report_of_before_is_told_by_its_own_words() -> None:
    value = Report(
        "a.flv", None, None, 20.0, findings=(finding(Code.NO_VIDEO, Severity.NOTE, 0, 0, "none"),)
    ).to_json()
    del value["findings"][0]["said"]
    (read,) = read_report(value, usable=True).findings
    assert read.message == "The recording has no picture."
    assert "said" not in read.to_json()


def test_the_page_is_there_in_another_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "cs"]) == 0
    page = capsys.readouterr().out
    assert "## black" in page
    assert "- **Co dělat:** " in page
