"""Taught pictures are kept, bounded, and forgotten when asked."""

from pathlib import Path

import numpy as np
import pytest

from stagebox.devices.no_signal_cards import CARDS_A_ROLE, NoSignalCards
from stagebox.health.picture_features import features_of, thumbnail
from stagebox.model.errors import StageboxError, StorageError
from tests.health import painted


def test_a_taught_picture_is_recognised_by_a_later_start(tmp_path: Path) -> None:
    NoSignalCards.of_state(tmp_path).learn("slides", thumbnail(painted.card()))
    cards = NoSignalCards.of_state(tmp_path)
    seen = painted.as_obs_gives_it(painted.card(), jpeg_quality=50)
    distance = features_of(seen, cards.of("slides")).card_distance
    assert distance is not None
    assert distance < 5
    assert cards.of("camera") == ()


def test_what_is_taught_counts_at_once(tmp_path: Path) -> None:
    cards = NoSignalCards(tmp_path / "cards")
    assert cards.of("slides") == ()
    cards.learn("slides", thumbnail(painted.card()))
    assert len(cards.of("slides")) == 1
    assert cards.forget("slides") == 1
    assert cards.of("slides") == ()


def test_a_ninth_picture_is_refused_with_a_way_out(tmp_path: Path) -> None:
    cards = NoSignalCards(tmp_path)
    for level in range(CARDS_A_ROLE):
        cards.learn("camera", np.full((18, 32, 3), level * 20, np.uint8))
    with pytest.raises(StageboxError, match="--forget"):
        cards.learn("camera", np.zeros((18, 32, 3), np.uint8))
    assert len(cards.of("camera")) == CARDS_A_ROLE


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"not a picture"])
def test_a_damaged_card_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "slides-1.png").write_bytes(content)
    assert NoSignalCards(tmp_path).of("slides") == ()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be written"):
        NoSignalCards(tmp_path / "state" / "cards").learn("slides", thumbnail(painted.card()))
