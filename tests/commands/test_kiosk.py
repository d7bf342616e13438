"""The touch screen's settings are checked before anything starts."""

from pathlib import Path

import pytest

from stagebox import cli
from stagebox.commands.kiosk import check_language
from stagebox.messages.languages import codes


def test_a_language_that_there_is_not_is_refused_in_a_sentence_that_names_those_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "stagebox.toml"
    config.write_text(f'state_dir = "{tmp_path}"\n[kiosk]\nlanguage = "xx"\n')
    assert cli.run(["--config", str(config), "kiosk", "--no-serve"]) == 2
    told = capsys.readouterr().err
    assert "There is no language “xx”" in told
    assert all(code in told for code in codes())


@pytest.mark.parametrize("code", ["auto", *codes()])
def test_each_language_that_there_is_is_taken(code: str) -> None:
    check_language(code)
