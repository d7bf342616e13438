"""Routes for a person's word on a finished talk: its report page; what is accepted, and taken back."""

from typing import Annotated, Any, Protocol, TypeVar

from fastapi import APIRouter, HTTPException, Path, Response
from pydantic import BaseModel, Field

UNKNOWN = "This session was not processed yet, or is not known."


class ServedReviews(Protocol):
    """What the routes need of the appliance. All raise StageboxError; None: no such talk was processed."""

    def page(self, session_id: str) -> str | None:
        """The talk's report page, in which findings can be accepted."""

    def accept(
        self, session_id: str, code: str, at_s: float | None, note: str, who: str
    ) -> dict[str, Any] | None:
        """Accept what was found; returns the report."""

    def take_back(self, session_id: str, code: str, at_s: float | None) -> dict[str, Any] | None:
        """Let it count again; returns the report."""


class FindingBody(BaseModel):
    """Which finding is meant: its code, and its place in seconds; without a place, all of that code."""

    code: str = Field(min_length=1, max_length=64)
    at_s: float | None = Field(default=None, ge=0.0, le=1e7)


class AcceptBody(FindingBody):
    """What `POST …/accepted` takes: why the finding is fine, and who says so."""

    note: str = Field(min_length=1, max_length=500)
    who: str = Field(default="", max_length=100)


Session = Annotated[str, Path(max_length=64)]


def routes(words: ServedReviews, refusals: dict[int | str, dict[str, Any]]) -> APIRouter:
    """The routes.

    Args:
        refusals: how a request is refused, for the documentation.
    """
    router = APIRouter(responses=refusals)

    @router.get(
        "/api/sessions/{session_id}/page",
        summary="A processed session's report page",
        response_class=Response,
    )
    def page(session_id: Session) -> Response:
        return html(there(words.page(session_id)))

    @router.post("/api/sessions/{session_id}/accepted", summary="Accept what was found in a recording")
    def accept(session_id: Session, body: AcceptBody) -> dict[str, Any]:
        return there(words.accept(session_id, body.code, body.at_s, body.note, body.who))

    @router.delete("/api/sessions/{session_id}/accepted", summary="Let an accepted finding count again")
    def take_back(session_id: Session, body: FindingBody) -> dict[str, Any]:
        return there(words.take_back(session_id, body.code, body.at_s))

    return router


T = TypeVar("T")


def there(found: T | None, otherwise: str = UNKNOWN) -> T:
    """What was found; raises HTTPException 404 with this sentence when it is None."""
    if found is None:
        raise HTTPException(404, otherwise)
    return found


def html(text: str) -> Response:
    """A page that no browser keeps."""
    headers = {"Cache-Control": "no-store"}
    return Response(text.encode("utf-8", "backslashreplace"), media_type="text/html", headers=headers)
