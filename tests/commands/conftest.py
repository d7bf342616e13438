"""Fixtures of the commands' tests."""

import pytest

from tests.media import loaded_readers


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads a recording for these tests begins loaded."""
    loaded_readers.stand_in(monkeypatch)
