"""The test recording's button: ten seconds, judged like a talk. `serve` ends it, and removes it. Pure."""

from stagebox.model.said import Said
from stagebox.model.trial import TrialResult, TrialView
from stagebox.views.asked import is_asked
from stagebox.views.finding_words import finding_name
from stagebox.views.seen import Seen, Translate
from stagebox.views.values import Shape, Trial
from stagebox.views.words import elapsed

LENGTH_S = 10.0
RUNNING = ("starting", "recording", "stopping")
CHECKED_FROM = 0.8
"""So much of its bar is the recording; the rest is the check, and a full bar would be finished."""


def running_trial(seen: Seen) -> TrialView | None:
    """The test that is being recorded now; None when none is."""
    told = seen.snapshot.trial
    return told if told is not None and told.phase in RUNNING else None


def trial_of(seen: Seen, translate: Translate) -> Trial:
    """What the test recording's button and words are."""
    told = seen.snapshot.trial
    if (running := running_trial(seen)) is not None:
        length_s = running.length_s or LENGTH_S
        done_s = min(length_s, running.elapsed_s)
        words = translate("Recording: {done} of {all}")
        return Trial(
            ready=False,
            shape="busy",
            words=words.format(done=elapsed(done_s), all=elapsed(length_s)),
            share=CHECKED_FROM * done_s / length_s,
        )
    if seen.snapshot.session:
        words = translate("Not while a talk is being recorded")
        return Trial(ready=False, shape="off", words=words, share=0.0)
    ready = seen.fresh and seen.snapshot.obs.link == "up"
    if not ready:
        return Trial(ready=False, shape="unknown", words=translate("OBS is not there"), share=0.0)
    if is_asked(seen.asked, "start_trial"):
        return Trial(ready=False, shape="busy", words=translate("Starting…"), share=0.0)
    if told is not None and told.phase == "checking":
        return Trial(ready=False, shape="busy", words=translate("Being checked"), share=CHECKED_FROM)
    return _last(seen, told.result if told is not None else None, translate)


def _last(seen: Seen, result: TrialResult | None, translate: Translate) -> Trial:
    """Ready, with the verdict on the last test recording."""
    if result is None:
        words = translate("Ten seconds of picture and sound, checked like a talk")
        return Trial(ready=True, shape="unknown", words=words, share=0.0)
    known: dict[str, tuple[Shape, str]] = {
        "ok": ("fine", translate("The last test was good")),
        "flagged": ("warn", translate("The last test needs a look")),
        "failed": ("bad", translate("The last test failed")),
    }
    unknown: tuple[Shape, str] = ("unknown", translate("The last test was not checked"))
    shape, words = known.get(result.verdict, unknown)
    bad = [one for one in result.findings if one.severity in ("critical", "warning")]
    said = [seen.snapshot.said.get(one.message, Said()) for one in bad]
    names = [finding_name(one.code, words, translate) for one, words in zip(bad, said, strict=True)]
    if names:
        words = f"{words}: {', '.join(list(dict.fromkeys(names))[:3])}"
    return Trial(ready=True, shape=shape, words=words, share=0.0)
