"""Qt reads every language as it was compiled in memory."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from stagebox.kiosk.compiled import compiled, translator_of
from stagebox.messages.languages import codes, language


@pytest.mark.parametrize("code", codes()[1:])
def test_qt_reads_a_language(code: str, application: QGuiApplication) -> None:
    del application
    words = language(code).words.items()
    singular = {english: told for english, told in words if isinstance(told, str) and told}
    translator = translator_of(singular)
    size = len(compiled(singular))
    later = [b"x" * size for _ in range(20)]
    QCoreApplication.installTranslator(translator)
    try:
        for english, told in singular.items():
            assert QCoreApplication.translate("anywhere", english) == told
        assert QCoreApplication.translate("anywhere", "of tomorrow") == "of tomorrow"
        assert len(later) == 20, "what came later lies elsewhere"
    finally:
        QCoreApplication.removeTranslator(translator)
