"""A picture that viewers were taken away from, and that is back: which scene showed it. Pure."""

from stagebox.model.health_view import PICTURE_LOST
from stagebox.model.snapshot import Snapshot
from stagebox.views.scenes import shown_in
from stagebox.views.seen import Left

OFFERED_S = 60.0
"""So long after it came back a picture is offered: later the other scene is what is wanted."""


def followed(left: Left | None, snapshot: Snapshot, now: float) -> Left | None:
    """What is to be remembered after this snapshot: seen once as lost on program, until it is shown again."""
    program = snapshot.program_scene
    lost = {one.role for one in snapshot.alarms if one.code in PICTURE_LOST}
    on_program = shown_in(snapshot, program)
    if not snapshot.session:
        return None
    role = next((one for one in ("slides", "camera") if one in lost and one in on_program), "")
    if role:
        return Left(role=role, scene=program)
    if left is None or left.role in on_program or not on_program:
        return None  # it is shown again, or somebody chose a card
    if left.role in lost:
        return Left(role=left.role, scene=left.scene)
    back_at = left.back_at or now
    return None if now - back_at > OFFERED_S else Left(role=left.role, scene=left.scene, back_at=back_at)
