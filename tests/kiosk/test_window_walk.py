"""A short walk by chance, with all that the long one has: `scripts/walk` goes on for thousands of touches."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.kiosk.walk.evening import spend

pytestmark = pytest.mark.venue

TOUCHES = 60


@pytest.mark.timeout(600)
def test_a_short_walk_holds(application: QGuiApplication, tmp_path: Path) -> None:
    said: list[str] = []
    evening = spend(application, TOUCHES, 3, (1366, 768), tmp_path, said.append)
    assert evening.violations == [], "\n".join(said)
    assert sum(evening.effects.values()) == TOUCHES
    assert evening.effects["asked"] > 0
    assert evening.effects["changed"] > 0
    assert len(evening.controls) > 10
    assert evening.faults
