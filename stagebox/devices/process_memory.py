"""Memory of stagebox, of OBS, and of the helper processes."""

from collections.abc import Callable

import psutil

from stagebox.model.facts.machine import Group, GroupMemory


class ProcessMemory:
    """Reads the memory of our processes.

    `look` finds out who belongs to us, which takes a walk through all processes; `memory` only reads.

    Args:
        obs_pid: tells OBS's process, or None while there is none on this computer.
    """

    def __init__(self, obs_pid: Callable[[], int | None]) -> None:
        self._obs_pid = obs_pid
        self._me = psutil.Process()
        self._groups: dict[Group, list[psutil.Process]] = {"stagebox": [self._me]}
        self._uss: dict[Group, int] = {}

    def look(self) -> None:
        """Find OBS and the helpers anew, and take the costly figures."""
        obs = _tree(self._obs_pid())
        known = {process.pid for process in obs}
        try:
            helpers = [child for child in self._me.children(recursive=True) if child.pid not in known]
        except psutil.Error:
            helpers = []
        self._groups = {"stagebox": [self._me], "obs": obs, "helpers": helpers}
        self._uss = {name: uss for name, group in self._groups.items() if (uss := _uss(group)) is not None}

    def memory(self) -> tuple[GroupMemory, ...]:
        """The memory of each group that has a process now. `uss_bytes` is of the last `look`."""
        found = []
        for name, group in self._groups.items():
            sizes = [size for process in group if (size := _rss(process)) is not None]
            if sizes:
                uss = self._uss.get(name)
                found.append(
                    GroupMemory(group=name, processes=len(sizes), rss_bytes=sum(sizes), uss_bytes=uss)
                )
        return tuple(found)


def _tree(pid: int | None) -> list[psutil.Process]:
    if pid is None:
        return []
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def _rss(process: psutil.Process) -> int | None:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return None


def _uss(group: list[psutil.Process]) -> int | None:
    total = 0
    for process in group:
        try:
            total += int(process.memory_full_info().uss)
        except (psutil.Error, AttributeError):
            return None
    return total if group else None
