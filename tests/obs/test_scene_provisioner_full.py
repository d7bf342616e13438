"""A scene provisioner that has more to do than it can says so, and holds up nobody's end."""

import time
from pathlib import Path

import pytest

from stagebox.messages.code_catalogue import say
from stagebox.model.commands import TalkDetails
from stagebox.model.observations import EffectFailed
from stagebox.model.said import said_of
from stagebox.model.settings import Settings
from stagebox.obs import scene_provisioner
from stagebox.obs.connection import ObsTarget
from stagebox.obs.pack import load_pack
from stagebox.resources import folder
from tests.venue_tools import PASSWORD


def test_cards_that_cannot_be_drawn_any_more_are_said_and_the_end_is_not_held_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scene_provisioner, "END_S", 0.1)
    settings = Settings(state_dir=tmp_path)
    pack = load_pack(settings.scenes.pack, folder("scenes"))
    told: list[EffectFailed] = []
    one = scene_provisioner.SceneProvisioner(settings, pack, ObsTarget("127.0.0.1", 1, PASSWORD), told.append)
    for number in range(scene_provisioner.TASKS_MOST + 1):
        one.refresh(TalkDetails(title=str(number)))
    assert [said_of(seen.what).facts["first"] for seen in told] == [say("cards_old").said]
    began = time.monotonic()
    one.close()
    assert time.monotonic() - began < 5.0
