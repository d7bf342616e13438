"""What docs/ADDING.md says is all that it takes: its own lines, put into a copy, and seen there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "ADDING.md").read_text(encoding="utf-8")
RECIPE = re.compile(
    r"`(?P<path>[\w./-]+)`, (?:(?P<new>new)|(?P<end>at its end)|after\s+`(?P<after>[^`]+)`):\n\n"
    r"```\w*\n(?P<lines>.*?)```\n",
    re.DOTALL,
)
HEALTH = """
import json, sys
from dataclasses import replace
from stagebox.engine.reducer import reduce
from stagebox.engine.rules import ReducerRules
from stagebox.engine.snapshots import snapshot_of
from stagebox.health.health_state import HealthRules, HealthState
from stagebox.health.view import health_view
from stagebox.model.facts.machine import HostReading
from stagebox.model.messages import Message
from stagebox.model.observations import AlarmsEvent
from stagebox.model.state import State
from stagebox.views.seen import Seen
from stagebox.views.view import view_of

rules, health, state = HealthRules(), HealthState(), State()
for at in range(100, 130):
    health = health.see(HostReading(cpu_percent=float(sys.argv[1])), float(at))
    health, _ = health.judge(state, rules, float(at))
raised = AlarmsEvent(alarms=health.alarms(129.0, 1e9))
state, _ = reduce(state, Message(at=129.0, utc=1e9, body=raised), ReducerRules())
told = health_view(health, rules.limits, 129.0)
shown = snapshot_of(state, told, seq=1, at=129.0, utc=1e9, event="", room="")
alarms = view_of(Seen(snapshot=shown, connected=True)).alarms
print(json.dumps({one.key: [one.level, one.text] for one in alarms}))
"""
SCENES = """
import json
from pathlib import Path
from stagebox.model.snapshot import ObsView, Snapshot
from stagebox.obs.pack import load_pack
from stagebox import resources
from stagebox.views.seen import Seen
from stagebox.views.view import view_of

pack = load_pack("village", resources.folder("scenes"))
names = tuple(sorted(one.name for one in pack.scenes))
obs = Snapshot(seq=1, obs=ObsView(link="up"), scenes=names, pack=pack.told)
shown = [view_of(Seen(snapshot=obs, connected=True, language=code)).tiles for code in ("en", "de")]
print(json.dumps([[one.label for one in tiles] for tiles in shown]))
"""


@pytest.fixture(scope="module")
def files() -> dict[str, set[str]]:
    """The files that each section's recipe names."""
    return {title: {one["path"] for one in RECIPE.finditer(text)} for title, text in sections().items()}


def sections() -> dict[str, str]:
    return {part.split("\n", 1)[0]: part for part in PAGE.split("\n## ")[1:]}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of stagebox with all that the page says put into it."""
    tree = tmp_path_factory.mktemp("adding")
    for name in ("stagebox", "scenes"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for one in RECIPE.finditer(PAGE):
        put(tree / one["path"], one)
    return tree


def put(path: Path, one: re.Match[str]) -> None:
    lines = one["lines"].splitlines()
    if one["new"]:
        path.parent.mkdir(exist_ok=True)
        assert not path.exists(), f"{path} is there already"
        path.write_text(one["lines"], encoding="utf-8")
        return
    there = path.read_text(encoding="utf-8").splitlines()
    if one["end"]:
        there += ["", "", *lines]
    else:
        (at,) = [number for number, line in enumerate(there) if line.strip() == one["after"]]
        indent = there[at][: len(there[at]) - len(there[at].lstrip())]
        there[at + 1 : at + 1] = [f"{indent}{line}" for line in lines]
    path.write_text("\n".join(there) + "\n", encoding="utf-8")


def told(copy: Path, *command: str) -> str:
    """What Python says in the copy."""
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode in (0, 1), ended.stderr
    return ended.stdout


def test_a_health_check_is_four_files_a_finding_three_and_a_scene_pack_one_folder(
    files: dict[str, set[str]],
) -> None:
    assert len(files["A health check"]) == 4
    assert len(files["A finding"]) == 3
    assert len({Path(one).parent for one in files["A scene, or a scene pack"]}) == 1


def test_the_health_check_is_on_the_view_when_it_is_bad_and_only_then(copy: Path) -> None:
    level, text = json.loads(told(copy, "-c", HEALTH, "97"))["busy/machine"]
    assert (level, "97 %" in text) == ("warning", True)
    assert "busy/machine" not in json.loads(told(copy, "-c", HEALTH, "20"))


def test_the_scenes_are_tiles_in_the_packs_order_and_in_its_languages(copy: Path) -> None:
    assert json.loads(told(copy, "-c", SCENES)) == [["The hall", "Welcome"], ["Der Saal", "Willkommen"]]


def test_the_finding_is_on_the_page_of_findings(copy: Path) -> None:
    page = told(copy, "-m", "stagebox.media.findings")
    assert "## upright\n" in page
    assert "- **Raised:** The height is greater." in page


@pytest.mark.venue
@pytest.mark.files
def test_the_finding_is_in_the_report_of_a_recording_that_has_it_and_in_no_other(
    copy: Path, tmp_path: Path
) -> None:
    def reported(size: str) -> list[dict[str, Any]]:
        recording = tmp_path / f"{size}.flv"
        made = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=s={size}:r=10:d=1", "-c:v", "flv1"]
        subprocess.run([*made, str(recording)], check=True, timeout=60)
        (report,) = json.loads(told(copy, "-m", "stagebox", "verify", str(recording), "--json"))
        return [one for one in report["findings"] if one["code"] == "upright"]

    (found,) = reported("90x160")
    assert (found["severity"], "90 × 160" in found["message"]) == ("note", True)
    assert reported("160x90") == []


def test_what_is_added_is_written_as_the_house_writes(copy: Path) -> None:
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    new = [one["path"] for one in RECIPE.finditer(PAGE) if one["path"].endswith(".py")]
    for command in (["check"], ["format", "--check"]):
        ended = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", *sorted(set(new))],
            cwd=copy,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
