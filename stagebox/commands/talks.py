"""What the catalogue of a box knows of the talks in some recordings, without a `serve`."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stagebox.media.index.run_log import CatalogueTalk
    from stagebox.model.settings import Settings
    from stagebox.model.state import Session

log = logging.getLogger(__name__)
CATALOGUE = "catalogue.sqlite"
_ALL = 100_000


def sessions(settings: "Settings", limit: int) -> "tuple[Session, ...]":
    """The newest sessions, newest first; none where there is no catalogue.

    Raises:
        StorageError: the catalogue cannot be read.
    """
    path = settings.state_dir.expanduser() / CATALOGUE
    if not path.exists():
        return ()
    from stagebox.engine.session_catalogue import SessionCatalogue

    return SessionCatalogue(path).newest(limit)


def as_served(settings: "Settings", limit: int) -> "list[dict[str, Any]]":
    """The newest sessions as a running stagebox tells them.

    Raises:
        StorageError: the catalogue cannot be read.
    """
    from pydantic import TypeAdapter

    from stagebox.model.said import sentences_in
    from stagebox.model.snapshot import SessionView, session_view
    from stagebox.serve.finished import CurrentVerdicts

    told, judging = TypeAdapter(SessionView), CurrentVerdicts()
    views = (judging.told(session_view(one, 0.0)) for one in sessions(settings, limit))
    return [told.dump_python(replace(one, said=sentences_in(one)), mode="json") for one in views]


def known(settings: "Settings", paths: Iterable[Path]) -> "dict[str, CatalogueTalk]":
    """Title, speaker, room and beginning of the talks in these recordings, by the path as reports spell it.

    A catalogue that cannot be read knows nothing.
    """
    from datetime import UTC, datetime

    from stagebox.media.index.run_log import CatalogueTalk
    from stagebox.media.runner import exact
    from stagebox.model.errors import StorageError
    from stagebox.model.paths import path_of

    try:
        found = sessions(settings, _ALL)
    except (StorageError, OSError) as error:
        log.warning("the catalogue was not asked: %s", error)
        return {}
    if not found:
        return {}
    wanted = {exact(path.absolute()) for path in paths}
    about = {}
    for session in found:
        began = datetime.fromtimestamp(session.started_utc, UTC).isoformat() if session.started_utc else ""
        for segment in session.segments:
            path = exact(path_of(segment.path))
            if segment.path and path in wanted:
                talk = session.talk
                about[path] = CatalogueTalk(talk.title, talk.speaker, talk.room, began)
    return about
