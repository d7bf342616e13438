"""What people install: the wheel and the source archive, built and run for real."""

import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from stagebox import __version__

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.venue


def _run(*command: str | Path, cwd: Path) -> str:
    ended = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=100, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, with a screen and a scene pack whose names we know, and some litter."""
    copy = tmp_path_factory.mktemp("checkout")
    for path in ROOT.iterdir():
        if path.name in {"stagebox", "tests", "scripts", "ui", "scenes"} and path.is_dir():
            shutil.copytree(path, copy / path.name)
        elif path.suffix in {".toml", ".md"} or path.name in {"LICENSE", ".gitignore"}:
            shutil.copy(path, copy)
    (copy / "ui/parts").mkdir(parents=True, exist_ok=True)
    (copy / "ui/parts/Known.qml").write_text("Item {}\n")
    (copy / "scenes/known").mkdir(parents=True)
    (copy / "scenes/known/pack.toml").write_text('name = "known"\n')
    (copy / "scenes/known/card.png").write_bytes(b"\x89PNG")
    (copy / "stagebox/__pycache__").mkdir(exist_ok=True)
    (copy / "stagebox/__pycache__/litter.cpython-311.pyc").touch()
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the checkout."""
    return _built("wheel", source, tmp_path_factory.mktemp("wheel"))


def _built(kind: str, source: Path, into: Path) -> Path:
    _run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, cwd=source)
    (made,) = into.iterdir()
    return made


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_the_code_the_screens_and_the_scenes_and_nothing_else(
    wheel: Path, source: Path
) -> None:
    names = set(_contents(wheel))
    code = {str(path.relative_to(source)) for path in (source / "stagebox").rglob("*.py")}
    data = {
        f"stagebox/_data/{path.relative_to(source)}"
        for folder in ("ui", "scenes")
        for path in (source / folder).rglob("*")
        if path.is_file()
    }
    pages = source / "stagebox" / "media" / "html"
    data |= {
        str(path.relative_to(source)) for kind in ("html", "css", "js") for path in pages.glob(f"*.{kind}")
    }
    languages = source / "stagebox/messages/languages"
    data |= {str(path.relative_to(source)) for path in languages.glob("*.po")}
    data.add("stagebox/media/analysis/alphabets.npz")
    firmware = (path for path in (source / "scripts/button-box").iterdir() if path.is_file())
    data |= {f"stagebox/_data/button-box/{path.name}" for path in firmware}
    assert "stagebox/_data/ui/parts/Known.qml" in data
    about = f"stagebox-{__version__}.dist-info/"
    assert {name for name in names if not name.startswith(about)} == code | data
    assert about + "licenses/LICENSE" in names


def test_the_source_archive_builds_the_same_wheel(
    wheel: Path, source: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive = _built("sdist", source, tmp_path_factory.mktemp("sdist"))
    unpacked = tmp_path_factory.mktemp("unpacked")
    _run("tar", "-xf", archive, cwd=unpacked)
    again = _built("wheel", unpacked / f"stagebox-{__version__}", tmp_path_factory.mktemp("wheel-again"))
    assert _contents(again) == _contents(wheel)


def test_the_installed_wheel_runs_from_anywhere_with_its_screens_and_scenes(
    wheel: Path, tmp_path: Path
) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin/python"
    _run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=tmp_path,
    )
    # Its libraries are the ones these tests run with. A folder named in a .pth file is searched last, and
    # its own .pth files (our editable install) are not read.
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    assert _run(home / "bin/stagebox", "--version", cwd=elsewhere) == f"stagebox {__version__}\n"
    example = _run(home / "bin/stagebox", "config", "--example", cwd=elsewhere)
    assert "#port = " in example
    (elsewhere / "stagebox.toml").write_text(example)
    assert f"Settings from {elsewhere}" in _run(home / "bin/stagebox", "config", cwd=elsewhere)
    where = "from stagebox.resources import folder; print(folder('ui'), folder('scenes'), sep='\\n')"
    screens, scenes = map(Path, _run(python, "-c", where, cwd=elsewhere).splitlines())
    assert screens.is_relative_to(packages / "stagebox")
    assert (screens / "parts/Known.qml").is_file()
    assert (scenes / "known/pack.toml").is_file()


def test_the_tested_versions_fit_the_ranges_that_are_promised() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {
        canonicalize_name(name): version
        for name, version in (line.split("==") for line in lines if "==" in line)
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [text for extra in project["optional-dependencies"].values() for text in extra]
    for promised in map(Requirement, [*project["dependencies"], *extras]):
        name = canonicalize_name(promised.name)
        assert name in pinned, f"{name} has no tested version in constraints.txt"
        assert promised.specifier.contains(pinned[name]), f"{promised} excludes the tested {pinned[name]}"
