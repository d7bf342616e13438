"""The pages need nothing else, run nothing, and put first what needs a look."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stagebox.media import manifest
from stagebox.media.index import writing
from stagebox.media.job import Job, LiveAlarm, SessionFacts
from stagebox.media.pipeline import process
from stagebox.model.settings import Settings


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.venue
def test_the_pages_of_a_real_talk_need_no_other_file(talk: Path, tmp_path: Path) -> None:
    facts = SessionFacts("A <b>talk</b>", "A speaker", "Hall B", "Conf")
    alarm = LiveAlarm("black", "critical", 1.0, 2.0, "Slides are black")
    outcome = process(Job((talk,), tmp_path, facts=facts, alarms=(alarm,)), Settings())
    index = writing.write(tmp_path)
    assert outcome.page_path is not None
    assert index is not None
    page = outcome.page_path.read_text(encoding="utf-8")
    assert 1 <= page.count("data:image/jpeg;base64,") <= 12
    assert "Slides are black" in page
    for text in (page, index.read_text(encoding="utf-8")):
        for tag, attributes in Tags(text).seen:
            assert tag not in {"link", "iframe", "object"} | ({"script"} if text == page else set())
            assert attributes.get("src", "data:").startswith("data:")  # type: ignore[union-attr]
    assert (tmp_path / "reports" / "../talk.mp4").exists()
    assert outcome.report_path is not None
    assert json.loads(outcome.report_path.read_bytes()) == outcome.report.to_json()
    told = json.loads((tmp_path / "reports" / "index.json").read_bytes())
    assert told["recordings"][0]["verdict"] == "ok"


@pytest.mark.venue
def test_a_damaged_manifest_counts_as_none(talk: Path, tmp_path: Path) -> None:
    process(Job((talk,), tmp_path), Settings())
    (path,) = (tmp_path / ".stagebox").glob("*.json")
    path.write_bytes(b'{"schema": "stagebox.manifest/1", "sources": 3}')
    assert manifest.load(path) is None
    assert writing.write(tmp_path) is None
