"""What the doctor says of OBS's window."""

import pytest

from stagebox.doctor.result import CheckLevel
from stagebox.doctor.window import adapter, judge
from stagebox.model.settings import ObsSettings, Settings
from stagebox.obs.hidden_screen import Kind, ScreenMeans, ScreenUsed

LOG = (
    "17:13:22.206: Initializing OpenGL...\n"
    "17:13:22.351: Loading up OpenGL on adapter Mesa/X.org llvmpipe (LLVM 15.0.6, 256 bits)\n"
)
NO_GPU, GPU = (ScreenMeans(frozenset({"Xvfb"}), gpu=gpu, root=False) for gpu in (False, True))


def test_what_obs_draws_with_is_read_from_its_log() -> None:
    assert adapter(LOG) == "Mesa/X.org llvmpipe (LLVM 15.0.6, 256 bits)"
    assert adapter("nothing of the kind") == ""


@pytest.mark.parametrize(
    ("obs", "used", "found", "draws", "level", "word"),
    [
        ({}, ScreenUsed("xvfb"), NO_GPU, "llvmpipe", CheckLevel.GOOD, "never lies over"),
        ({}, ScreenUsed("cage"), GPU, "Intel/Mesa Intel(R) UHD", CheckLevel.GOOD, "never lies over"),
        (
            {},
            ScreenUsed("cage"),
            GPU,
            "Mesa/X.org llvmpipe",
            CheckLevel.LOOK,
            "without this computer's graphics",
        ),
        (
            {},
            ScreenUsed("shown", "It cannot be kept away.", "Do this."),
            NO_GPU,
            "",
            CheckLevel.LOOK,
            "kept away",
        ),
        ({}, ScreenUsed("shown"), NO_GPU, "", CheckLevel.LOOK, "started before"),
        ({"window": "shown"}, ScreenUsed("shown"), NO_GPU, "", CheckLevel.NOTE, "is shown"),
        ({"window": "shown"}, ScreenUsed("xvfb"), NO_GPU, "", CheckLevel.LOOK, "started before"),
        ({"mode": "attach"}, ScreenUsed("shown"), NO_GPU, "", CheckLevel.NOTE, "did not start this OBS"),
    ],
)
def test_each_state_of_the_window_has_its_word(
    obs: dict[str, str], used: ScreenUsed, found: ScreenMeans, draws: str, level: CheckLevel, word: str
) -> None:
    said = judge(Settings(obs=ObsSettings.model_validate(obs)), used, found, draws)
    assert (said.check, said.level) == ("obs_window", level)
    assert word in said.summary
    assert bool(said.remedy) is (level is CheckLevel.LOOK or obs.get("window") == "shown")


def test_nothing_that_is_noted_leaves_the_window_unknown_and_not_fine() -> None:
    kind: Kind = "shown"
    said = judge(Settings(), ScreenUsed(kind), NO_GPU, "")
    assert said.level is CheckLevel.LOOK
