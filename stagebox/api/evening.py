"""Routes for the page of all talks, which plays each MP4 at a finding's place and takes a person's word."""

from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Path, Response
from fastapi.responses import FileResponse

from stagebox.api.reviews import AcceptBody, FindingBody, html, there

NOTHING = "Nothing was processed on this box yet."
UNKNOWN = "This talk is not known here any more. Load the page again."
Sheet = Literal["index.csv", "index.json"]


class ServedEvening(Protocol):
    """What the routes need of the appliance. All raise StageboxError; None: there is no such thing."""

    def page(self) -> str | None:
        """The page of all talks, in which findings can be accepted."""

    def sheet(self, name: Sheet) -> bytes | None:
        """The same as a table or as JSON."""

    def video(self, key: str) -> FilePath | None:
        """Where the MP4 of this talk is, if it is as it was made."""

    def report(self, key: str) -> str | None:
        """The talk's report page, in which findings can be accepted."""

    def accept(self, key: str, code: str, at_s: float | None, note: str, who: str) -> dict[str, Any] | None:
        """Accept what was found; returns the talk's row as the page draws it."""

    def take_back(self, key: str, code: str, at_s: float | None) -> dict[str, Any] | None:
        """Let it count again; returns the talk's row as the page draws it."""


Key = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$")]


def routes(evening: ServedEvening, refusals: dict[int | str, dict[str, Any]]) -> APIRouter:
    """The routes.

    Args:
        refusals: how a request is refused, for the documentation.
    """
    router = APIRouter(prefix="/api/evening", responses=refusals)

    @router.get("/", summary="The page of all processed talks", response_class=Response)
    def page() -> Response:
        return html(there(evening.page(), NOTHING))

    @router.get("/{name}", summary="All processed talks as a table or as JSON", response_class=Response)
    def sheet(name: Sheet) -> Response:
        media_type = "text/csv" if name == "index.csv" else "application/json"
        content = there(evening.sheet(name), NOTHING)
        return Response(content, media_type=media_type, headers={"Cache-Control": "no-store"})

    @router.get("/talks/{key}/video", summary="A talk's MP4, whole or in part", response_class=FileResponse)
    def video(key: Key) -> FileResponse:
        path = there(evening.video(key), "The MP4 is not there any more, or was changed.")
        media_type = "video/mp4" if path.suffix == ".mp4" else "video/x-matroska"
        return FileResponse(path, media_type=media_type)

    @router.get("/talks/{key}/page", summary="A talk's report page", response_class=Response)
    def report(key: Key) -> Response:
        return html(there(evening.report(key), UNKNOWN))

    @router.post("/talks/{key}/accepted", summary="Accept what was found in a talk")
    def accept(key: Key, body: AcceptBody) -> dict[str, Any]:
        return there(evening.accept(key, body.code, body.at_s, body.note, body.who), UNKNOWN)

    @router.delete("/talks/{key}/accepted", summary="Let an accepted finding of a talk count again")
    def take_back(key: Key, body: FindingBody) -> dict[str, Any]:
        return there(evening.take_back(key, body.code, body.at_s), UNKNOWN)

    return router
