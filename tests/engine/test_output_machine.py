"""What waiting for an output of OBS comes to, whether it is the recording or the stream."""

import pytest

from stagebox.engine.output_machine import NOT_RUNNING, RUNNING, Output, Stage, doubted, overdue, refused

OTHER = 703


@pytest.mark.parametrize(
    ("stage", "active", "means"),
    [
        ("starting", False, "no_start"),
        ("starting", None, "no_start"),
        ("stopping", True, "no_stop"),
        ("stopping", None, "no_stop"),
        ("stopping", False, "ended"),
        ("lost", True, "lost"),
        ("active", True, "nothing"),
        ("off", False, "nothing"),
    ],
)
def test_what_a_deadline_means(stage: Stage, active: bool | None, means: str) -> None:
    assert overdue(Output(stage, active, ran=False)) == means


@pytest.mark.parametrize(
    ("stage", "ran", "code", "means"),
    [
        ("starting", False, RUNNING, "runs"),
        ("starting", False, OTHER, "no_start"),
        ("lost", True, OTHER, "no_start"),
        ("stopping", True, NOT_RUNNING, "ended"),
        ("stopping", False, NOT_RUNNING, "on_its_way"),
        ("stopping", True, OTHER, "no_stop"),
        ("stopping", True, RUNNING, "no_stop"),
        ("off", False, OTHER, "nothing"),
    ],
)
def test_what_a_refusal_means(stage: Stage, ran: bool, code: int, means: str) -> None:
    assert refused(Output(stage, None, ran), code) == means


def test_figures_are_believed_only_when_they_keep_contradicting() -> None:
    assert doubted(None, 10.0, 3.0, contradict=True) == (10.0, False)
    assert doubted(10.0, 12.9, 3.0, contradict=True) == (10.0, False)
    assert doubted(10.0, 13.0, 3.0, contradict=True) == (None, True)
    assert doubted(10.0, 12.0, 3.0, contradict=False) == (None, False)
