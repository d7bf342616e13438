"""The route for this room's schedule, and what became of each of its talks."""

from typing import Any, Protocol

from fastapi import APIRouter


class ServedSchedule(Protocol):
    """What the route needs of the appliance."""

    def told(self) -> dict[str, Any]:
        """The schedule as JSON: docs/json.md, `schedule coverage`. Raises StorageError."""


def routes(schedule: ServedSchedule, refusals: dict[int | str, dict[str, Any]]) -> APIRouter:
    """The route.

    Args:
        refusals: how a request is refused, for the documentation.
    """
    router = APIRouter(prefix="/api", responses=refusals)

    @router.get("/schedule", summary="This room's talks, and what became of each")
    def told() -> dict[str, Any]:
        return schedule.told()

    return router
