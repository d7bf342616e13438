"""The table of codes, its page, and the settings that it names, agree."""

from pathlib import Path

import pytest

from stagebox.media.findings import TABLE, as_markdown, finding, span
from stagebox.model.report import LIVE_ONLY, Code, Severity
from stagebox.model.settings import VerifySettings

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"


def test_every_code_that_a_recording_can_have_is_in_the_table_and_no_other() -> None:
    assert set(TABLE) == set(Code) - LIVE_ONLY


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown()


def test_every_setting_that_the_table_names_exists_and_every_setting_is_named() -> None:
    named = {name for row in TABLE.values() for name in row.settings}
    assert named == set(VerifySettings.model_fields)


def test_a_finding_carries_the_remedy_of_the_table_and_no_negative_time() -> None:
    made = finding(Code.BLACK, Severity.NOTE, -0.02, -0.01, "The picture is black.")
    assert made.remedy == TABLE[Code.BLACK].remedy
    assert (made.start_s, made.end_s) == (0.0, 0.0)


@pytest.mark.parametrize(("length_s", "text"), [(12.46, "12.5 s"), (250, "4 min 10 s"), (3725, "1 h 2 min")])
def test_lengths_are_written_for_people(length_s: float, text: str) -> None:
    assert span(length_s) == text
