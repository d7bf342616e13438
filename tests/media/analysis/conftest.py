"""Fixtures of the analysis tests."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all recordings of the corpus; each is made by the first test that needs it."""
    return tmp_path_factory.mktemp("corpus")
