"""The stream's control: its light, its words, and what a touch or a hold does, from facts alone. Pure."""

from collections.abc import Mapping
from typing import Literal

from stagebox.model.snapshot import StreamView
from stagebox.views.asked import is_asked
from stagebox.views.said import sentence
from stagebox.views.seen import Seen, Translate
from stagebox.views.values import Shape, Stream
from stagebox.views.words import elapsed

Action = Literal["start", "stop", "wait", "set_up"]

SHAPES: Mapping[str, Shape] = {
    "off": "off",
    "connecting": "busy",
    "live": "fine",
    "reconnecting": "bad",
    "failed": "bad",
    "stopping": "busy",
}


def stream_of(seen: Seen, translate: Translate) -> Stream:
    """The stream's control."""
    fact = seen.snapshot.stream
    shape, words = state_of(seen, translate)
    action, label = _action(seen, fact, translate)
    return Stream(
        known=shape != "unknown",
        on=shape in ("fine", "warn"),
        shape=shape,
        words=words,
        action=action,
        label=label,
        target=sentence(seen, fact.target) or fact.target,
        hasKey=fact.has_key,
        problem=problem_words(fact, seen, translate),
    )


def state_of(seen: Seen, translate: Translate) -> tuple[Shape, str]:
    """How the stream is, as a shape and in few words."""
    fact = seen.snapshot.stream
    phase = fact.phase
    if not seen.fresh or not phase:
        return "unknown", translate("not known")
    if seen.snapshot.streaming is None:
        return "unknown", translate("not known")
    shape = SHAPES.get(phase, "unknown")
    if phase != "live":
        other = {
            "off": translate("off air"),
            "connecting": translate("connecting…"),
            "reconnecting": translate("lost, coming back"),
            "failed": trouble_words(fact.trouble, translate),
            "stopping": translate("ending…"),
        }
        return shape, other.get(phase, translate("not known"))
    if fact.card_stage:
        return "warn", translate("nothing is shown") if fact.card_stage == "dark" else translate("card")
    health = seen.snapshot.health.stream
    live = elapsed((fact.live_s or 0.0) + seen.age_s)
    if health.state == "critical":
        return "bad", translate("nothing gets through")
    if health.state == "warning":
        return "warn", translate("too slow · {time}").format(time=live)
    rate = health.bitrate_kbps
    words = translate("live {time}").format(time=live)
    return shape, words if rate is None else f"{words} · {rate / 1000:.1f} Mbit/s"


def trouble_words(trouble: str, translate: Translate) -> str:
    """Why the stream is not live, in few words."""
    known = {
        "refused": translate("key refused"),
        "gone": translate("server is gone"),
        "stuck": translate("server hangs"),
        "no_network": translate("no network"),
        "set_up": translate("look in Set-up"),
    }
    return known.get(trouble, translate("does not get through"))


def problem_words(fact: StreamView, seen: Seen, translate: Translate) -> str:
    """Why the target cannot be streamed to, and what to do; empty when it can."""
    told = " ".join(filter(None, (sentence(seen, one) for one in (fact.problem, fact.remedy) if one)))
    if not fact.problem or told:
        return told
    return translate("The target or the key cannot be used. Choose them again here.")


def _action(seen: Seen, fact: StreamView, translate: Translate) -> tuple[Action, str]:
    phase = fact.phase
    if not seen.fresh or not phase:
        return "wait", translate("Please wait")
    if is_asked(seen.asked, "stop_stream") or phase == "stopping":
        return "wait", translate("Ending…")
    if phase != "off":
        return "stop", translate("Hold to end")
    if is_asked(seen.asked, "start_stream"):
        return "wait", translate("Starting…")
    if fact.problem:
        return "set_up", translate("Set up")
    if seen.snapshot.obs.link != "up":
        return "wait", translate("Waiting for OBS")
    return "start", translate("Go live")
