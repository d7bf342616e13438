"""Looks at sources, folded into facts, for the tests of rules."""

from dataclasses import replace

from stagebox.health.folds.pictures import fold_pictures
from stagebox.health.picture_features import Pixels, features_of, thumbnail
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts, PictureFeatures, PictureReading, PictureRole
from tests.health import painted

CARDS = [thumbnail(painted.card())]


def figures(pixels: Pixels) -> PictureFeatures:
    return features_of(painted.as_obs_gives_it(pixels, width=320), CARDS)


GOOD = figures(painted.white_slide())


def look(
    role: PictureRole = "slides", picture: PictureFeatures | None = GOOD, **said: object
) -> PictureReading:
    seen = PictureReading(
        role=role,
        input_name=f"stagebox {role}",
        exists=True,
        device="present",
        width=1280,
        height=720,
        on_program=True,
        picture=picture,
    )
    return replace(seen, **said)  # type: ignore[arg-type]  # Any field of a look.


def folded(*looks: PictureReading, every_s: float = 0.5, until: float = 100.0) -> HealthFacts:
    """The facts after these looks of one role, the last one at `until`."""
    facts = PictureFacts()
    for index, seen in enumerate(looks):
        facts = fold_pictures(facts, seen, until - every_s * (len(looks) - 1 - index))
    return HealthFacts(pictures={looks[-1].role: facts})
