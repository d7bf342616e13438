"""The bytes of a schedule as what they are: XML, JSON or text. Pure; no entity of XML is ever made."""

import json
import re
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from stagebox.schedule.failure import ScheduleError, refused

KINDS = "schedule_kinds"
AGAIN = "schedule_again_help"


@dataclass(frozen=True, slots=True)
class Document:
    """What a schedule came as: just one of the three is set.

    Args:
        source: the file or address, as people call it.
    """

    source: str
    xml: Element | None = None
    json: Any = None
    text: str | None = None


def opened(data: bytes, source: str) -> Document:
    """The document that these bytes are. Raises ScheduleError with a sentence for what is none."""
    text = _text(data, source)
    start = text.lstrip()[:1000].lower()
    if not start:
        raise refused("schedule_empty", AGAIN, source=source)
    if re.match(r"(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body)", start, re.DOTALL):
        raise refused("schedule_page", "schedule_page_help", source=source)
    if start.startswith("<"):
        return _of_xml(data, source)
    if start[0] in "{[":
        return _of_json(text, source)
    return Document(source, text=text)


def _text(data: bytes, source: str) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    else:
        text = _damaged(data)
    if "\x00" in text or sum(one < " " and one not in "\t\r\n\f" for one in text[:4096]) > 8:
        raise refused("schedule_no_text", KINDS, source=source)
    return text


def _damaged(data: bytes) -> str:
    """A text that is no UTF-8: some old encoding, or UTF-8 of which a little is spoilt.

    Calendars are folded by bytes, so a fold may lie within a letter: it is mended first.
    """
    if data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        data = re.sub(rb"(?<!\r)\r*\n[ \t]", b"", data)
    text = data.decode("utf-8-sig", "replace")
    spoilt, foreign = text.count("\ufffd"), sum(one > "\x7f" for one in text)
    return text if spoilt * 2 < foreign else data.decode("cp1252", "replace")


def _of_xml(data: bytes, source: str) -> Document:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        # What a server puts before the declaration, a line end mostly, expat does not forgive.
        root: Element = ElementTree.fromstring(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    except DefusedXmlException as error:
        raise refused("schedule_entities", AGAIN, source=source) from error
    except (ParseError, ValueError, LookupError) as error:
        raise refused("schedule_broken_xml", AGAIN, source=source, reason=str(error)) from error
    if root.tag.startswith("{"):  # some write a default namespace; no name of two of them is meant here
        for one in root.iter():
            one.tag = one.tag.rpartition("}")[2]
    if root.tag.lower() == "html":
        raise refused("schedule_page", "schedule_page_help", source=source)
    return Document(source, xml=root)


def _of_json(text: str, source: str) -> Document:
    try:
        return Document(source, json=json.loads(text.lstrip("\ufeff")))
    except (ValueError, RecursionError) as error:
        raise refused("schedule_broken_json", AGAIN, source=source, reason=str(error)) from error


def other_json(document: Document, reason: str) -> ScheduleError:
    """The error of a JSON that only looks like a schedule, and what of it shows that."""
    return refused("schedule_other_json", KINDS, source=document.source, reason=reason)
