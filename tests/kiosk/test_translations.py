"""Czech is complete and is what was compiled; no text of the code is missing in it."""

import ast
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "ui/i18n/stagebox_cs.ts"
TOOLS = Path(sys.executable).parent
PYTHON = [*(ROOT / "stagebox/kiosk").glob("*.py"), ROOT / "stagebox/model/said.py"]
SOURCES = [*PYTHON, *(ROOT / "ui").rglob("*.qml")]


def messages(path: Path) -> dict[tuple[str, str], ET.Element]:
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name") or "", message.findtext("source") or "")
            found[key] = message
    return found


def test_every_text_is_translated() -> None:
    for (context, source), message in messages(WORDS).items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.text, f"{context}: {source}"
        assert "type" not in translation.attrib, f"{context}: {source}"


def test_a_translation_has_the_same_places_for_figures() -> None:
    for (_, source), message in messages(WORDS).items():
        said = message.findtext("translation") or ""
        places = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (source, said)
        ]
        assert places[0] == places[1], source
        assert ("%1" in source, "%2" in source) == ("%1" in said, "%2" in said), source


def words_in_code() -> set[tuple[str, str]]:
    """(context, text) of every call that translates, however deep in an expression."""
    found = set()
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and len(node.args) == 2:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                if name in ("translate", "_translate") and len(texts) == 2:
                    found.add((str(texts[0]), str(texts[1])))
    return found


def test_no_text_of_the_code_is_hidden_from_the_translation_tools() -> None:
    assert words_in_code() - set(messages(WORDS)) == set()


@pytest.mark.skipif(not (TOOLS / "pyside6-lupdate").exists(), reason="Qt's translation tools are not here")
def test_the_translation_knows_every_text_of_the_code_and_is_compiled(tmp_path: Path) -> None:
    fresh = tmp_path / "stagebox_cs.ts"
    shutil.copy(WORDS, fresh)
    gather = [
        TOOLS / "pyside6-lupdate",
        *SOURCES,
        "-ts",
        fresh,
        "-no-obsolete",
        "-silent",
        "-locations",
        "none",
    ]
    subprocess.run([str(one) for one in gather], check=True, timeout=60)
    assert set(messages(fresh)) == set(messages(WORDS)), "run scripts/translate"
    compiled = tmp_path / "stagebox_cs.qm"
    compile_it = [TOOLS / "pyside6-lrelease", "-silent", WORDS, "-qm", compiled]
    subprocess.run([str(one) for one in compile_it], check=True, timeout=60)
    assert compiled.read_bytes() == WORDS.with_suffix(".qm").read_bytes(), "run scripts/translate"
