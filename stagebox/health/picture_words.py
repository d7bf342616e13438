"""What the picture rules share: which roles they watch, whether a look is news, and words for people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts, PictureFeatures, PictureReading
from stagebox.model.report import Code, Severity
from stagebox.model.said import Fact
from stagebox.model.settings import HealthSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFault:
    """What is wrong with a picture, by its key in the catalogue; `evidence` beside its own figures."""

    level: Severity
    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    evidence: Mapping[str, object] = field(default_factory=dict)


def roles_of(facts: HealthFacts) -> tuple[str, ...]:
    """The roles that are watched: those that have facts, seen yet or not."""
    return tuple(sorted(facts.pictures))


def fresh(picture: PictureFacts, limits: HealthSettings, now: float) -> PictureReading | None:
    """The newest look, or None when there is none or it is too old to say anything about now."""
    if picture.seen is None or picture.at is None or now - picture.at > limits.stale_s:
        return None
    return picture.seen


def shown(seen: PictureReading) -> PictureFeatures | None:
    """The picture that OBS shows, or None when it cannot be the device's picture of now."""
    if not seen.exists or seen.device == "absent" or seen.stale_source:
        return None
    return seen.picture


def picture_checks(
    code: Code,
    fault: Callable[[str, PictureFeatures, HealthSettings], PictureFault | None],
    facts: HealthFacts,
    limits: HealthSettings,
    now: float,
) -> tuple[Check, ...]:
    """One check a role, by what `fault` says of its picture; unknown while there is none of now to judge."""
    return tuple(_check(code, role, fault, facts.pictures[role], limits, now) for role in roles_of(facts))


def _check(
    code: Code,
    role: str,
    fault: Callable[[str, PictureFeatures, HealthSettings], PictureFault | None],
    picture: PictureFacts,
    limits: HealthSettings,
    now: float,
) -> Check:
    seen = fresh(picture, limits, now)
    features = shown(seen) if seen is not None else None
    if seen is None or features is None:
        return unknown(code, role, "not_seen")
    found = fault(role, features, limits)
    if found is None:
        return fine(code, role, evidence_of(seen))
    evidence = evidence_of(seen) | dict(found.evidence)
    return bad(code, role, found.level, found.key, evidence=evidence, **found.facts)


def is_black(picture: PictureFeatures, limits: HealthSettings) -> bool:
    """Whether a source's picture is black."""
    return is_dark(picture.mean_level, picture.peak_level, limits)


def is_dark(mean_level: float, peak_level: float, limits: HealthSettings) -> bool:
    """Dark, and without detail: a dark terminal has bright letters and is not black."""
    return mean_level < limits.pictures.black_level and peak_level < limits.pictures.black_peak_level


def no_signal_sign(role: str, picture: PictureFeatures, limits: HealthSettings) -> str | None:
    """Why the picture is the device's own instead of the laptop's: card, bars, uniform; None when not."""
    of = limits.pictures
    if picture.card_distance is not None and picture.card_distance <= of.card_distance:
        return "card"
    if picture.bars_likeness >= of.bars_share:
        return "bars"
    even = picture.spread <= of.uniform_spread and picture.detail <= of.uniform_detail
    if not even or is_black(picture, limits):
        return None
    colours = picture.mean_rgb
    colourless = max(colours) - min(colours) <= 3 * of.uniform_spread
    if role == "slides" and colourless and picture.mean_level >= of.blank_slide_level:
        return None
    return "uniform"


def evidence_of(seen: PictureReading) -> dict[str, object]:
    """The figures that a picture's check rests on."""
    figures: dict[str, object] = {
        "device": seen.device,
        "width": seen.width,
        "height": seen.height,
        "on_program": seen.on_program,
    }
    if seen.picture is not None:
        figures |= {
            "mean_level": seen.picture.mean_level,
            "peak_level": seen.picture.peak_level,
            "spread": seen.picture.spread,
            "detail": seen.picture.detail,
            "uniform_share": seen.picture.uniform_share,
            "bars_likeness": seen.picture.bars_likeness,
            "card_distance": seen.picture.card_distance,
        }
    return figures
