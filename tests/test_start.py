"""What a start loads, and in which order: a worker takes longest to load, so it begins first."""

import itertools
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import typer

from stagebox.commands import MODULES, WITH_WORKERS, command_in, modules_for

AT_THE_FIRST_PROCESS = """
import sys
def hook(event, arguments):
    if event == "subprocess.Popen":
        sys.stderr.write(" ".join(arguments[1][-2:]) + "\\n" + " ".join(sys.modules))
        sys.stderr.flush()
        import os
        os._exit(0)
sys.addaudithook(hook)
"""


def python(words: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", words, *arguments], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("command", WITH_WORKERS)
def test_a_worker_starts_before_the_command_line_is_loaded(command: str) -> None:
    told = python(
        f"{AT_THE_FIRST_PROCESS}\nfrom stagebox import start; start.main()", command, "a.flv"
    ).stderr
    started, loaded = told.split("\n", 1)
    assert started == "-m stagebox.media.worker"
    assert {"typer", "pydantic", "inspect", "dataclasses", "logging", "json"}.isdisjoint(loaded.split())


@pytest.mark.parametrize("command", WITH_WORKERS)
def test_a_command_with_workers_loads_what_they_do_only_in_them(command: str, tmp_path: Path) -> None:
    (tmp_path / "no.flv").write_bytes(b"no recording")
    ended = python(
        "import sys; from stagebox import start\n"
        "try: start.main()\n"
        "finally: sys.stderr.write(' '.join(sys.modules))",
        *(command, "--json", str(tmp_path / "no.flv")),
    )
    loaded = ended.stderr.split()
    assert "stagebox.media.batch" in loaded
    assert {"numpy", "av", "rich", "psutil", "ffmpeg", "stagebox.media.pipeline"}.isdisjoint(loaded)
    commands = {name.split(".")[2] for name in loaded if name.startswith("stagebox.commands.")}
    assert commands.isdisjoint(MODULES.keys() - {"media"})


@pytest.mark.parametrize("arguments", [["process", "--help"], ["process"], ["verify", "--no-such"]])
def test_a_worker_that_nobody_came_for_is_ended(arguments: list[str]) -> None:
    ended = python(
        "import subprocess, sys\n"
        "from stagebox.media import prestarted\n"
        "whole, started = prestarted.start, []\n"
        "def start():\n started.append(whole()); return started[-1]\n"
        "prestarted.start = start\n"
        "from stagebox import start\n"
        "try: start.main()\n"
        "finally: sys.stderr.write('\\n' + ' '.join(f'{one.pid} {one.returncode}' for one in started))",
        *arguments,
    )
    number, code = ended.stderr.splitlines()[-1].split()
    assert code == "-9"
    assert not psutil.pid_exists(int(number))


def test_each_module_adds_the_commands_that_are_listed_for_it() -> None:
    from stagebox import cli

    for module, names in MODULES.items():
        group = typer.main.get_command(cli.assembled(names[0]))
        assert tuple(getattr(group, "commands", {})) == names, module
    whole = typer.main.get_command(cli.assembled(None))
    assert sorted(getattr(whole, "commands", {})) == sorted(itertools.chain(*MODULES.values()))


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], None),
        (["process", "verify"], "process"),
        (["-v", "--config", "verify", "process"], "process"),
        (["-c", "verify", "--verbose", "config"], "config"),
        (["--config=verify", "status"], "status"),
        (["--config"], None),
        (["--version"], None),
        (["-vc", "process", "config"], None),
        (["proces", "config"], None),
        (["--nope", "process"], None),
    ],
)
def test_the_command_is_known_by_its_word_or_left_to_the_parser(
    arguments: list[str], command: str | None
) -> None:
    assert command_in(arguments) == command
    assert modules_for(command) == tuple(m for m, names in MODULES.items() if not command or command in names)


def test_a_worker_shares_what_its_job_and_viewer_both_need_and_no_more() -> None:
    loaded = python(
        "import sys; from stagebox.media import worker; worker._load_shared(); print(*sys.modules)"
    ).stdout.split()
    assert {"numpy", "stagebox.model.settings", "stagebox.media.analysis.flv_index"} <= set(loaded)
    assert {"av", "stagebox.media.pipeline", "stagebox.media.pages"}.isdisjoint(loaded)
