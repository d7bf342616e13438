"""Reads the index page as a browser would: the rows are JSON in it."""

import json
import re
from pathlib import Path
from typing import Any


def rows_in(index: Path) -> list[dict[str, Any]]:
    """The rows of an index page, in order."""
    text = index.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    rows: list[dict[str, Any]] = json.loads(found[1])["rows"]
    return rows
