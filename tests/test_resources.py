from pathlib import Path

import pytest

from stagebox import resources
from stagebox.model.errors import StorageError


def test_an_installed_package_s_own_folder_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stagebox/_data/scenes").mkdir(parents=True)
    (tmp_path / "scenes").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "stagebox")
    assert resources.folder("scenes") == tmp_path / "stagebox/_data/scenes"


def test_a_checkout_s_folder_is_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ui").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "stagebox")
    assert resources.folder("ui") == tmp_path / "ui"


def test_an_installation_without_the_folder_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "stagebox")
    with pytest.raises(StorageError, match="lacks its folder ui"):
        resources.folder("ui")
