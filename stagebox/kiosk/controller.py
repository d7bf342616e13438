"""The one object that QML sees: what is shown, what is asked for, and the way from screen to screen."""

import time
from dataclasses import replace
from typing import get_args

from PySide6.QtCore import Signal, Slot

from stagebox.kiosk.pin import guess
from stagebox.kiosk.touches import Touches
from stagebox.model.commands import BareKind, SessionKind
from stagebox.model.set_up import SOURCE_ROLES
from stagebox.views import guide
from stagebox.views.progress import STEPS, Progress
from stagebox.views.talks import known_talks

LOOK_AGAIN_S = 5.0
"""So long after it asked for devices the guide asks again by itself, while none were told."""


class KioskController(Touches):
    """The appliance, as QML sees it, and the screen that it is seen on."""

    went = Signal(str, str)

    # What the guide proposed by itself, and when it last asked for devices, in the monotonic clock's seconds.
    _proposed: tuple[str, ...] = ()
    _looked_at = -LOOK_AGAIN_S

    @Slot(str, str)
    def press(self, kind: str, target: str) -> None:
        """What a banner's button does."""
        match kind:
            case "switch_scene":
                self.switchScene(target)
            case "start_recording":
                self.startRecording()
            case "resume_recording":
                self.resumeRecording()
            case "take_remedy":
                remedy, _, role = target.partition("/")
                self._take_remedy(remedy, role)
            case "screen":
                self.goTo(target)
            case "run_check":
                self.runCheck()
            case "record_repeat":
                self._record_repeat(target)
            case _ if kind in get_args(SessionKind) and self._may_touch():
                self._ask(kind, {"kind": kind, "session_id": target}, target)
            case _ if kind in get_args(BareKind) and self._may_touch():
                self._ask(kind, {"kind": kind})

    @Slot(str)
    def showScreen(self, screen: str) -> None:  # noqa: N802
        """Go to a screen; to the sessions' list, never to the last report. The guide is left so."""
        self.closeReport()
        if screen != self._memory.screen and not self._memory.locked:
            if self._seen.guiding:
                self._follow_guide(guide.left(self._memory.guide), screen)
            else:
                self._show(screen)

    def _show(self, screen: str) -> None:
        self._keep(replace(self._memory, screen=screen))
        self.screen_changed.emit()

    @Slot(str)
    def goTo(self, target: str) -> None:  # noqa: N802
        """Go to a screen, or in Set-up to "setup/page/what". In the guide a step of its own is nearer."""
        screen, _, inner = target.partition("/")
        page, _, what = inner.partition("/")
        step = what or page
        if screen == "guide":
            self.openGuide()
        elif screen == "setup" and self._seen.guiding and step in STEPS:
            self.guideTo(step)
        else:
            self.showScreen(screen)
            if page and self._may_touch():
                self.went.emit(page, what)

    # The guide.

    @Slot()
    def openGuide(self) -> None:  # noqa: N802
        """Begin the guide, or take it up where it was left."""
        if self._may_touch():
            self._proposed = ()
            self._follow_guide(guide.opened(self._memory.guide), "guide")

    @Slot(str)
    def guideTo(self, step: str) -> None:  # noqa: N802
        """Show another of its steps."""
        if self._may_touch() and self._seen.guiding and step in STEPS:
            self._follow_guide(replace(self._memory.guide, step=step), "guide")

    @Slot()
    def guideNext(self) -> None:  # noqa: N802
        """What is on show is right; in the check's step, run it first."""
        if not self._may_touch() or not self._seen.guiding or not self._view.guide.next.enabled:
            return
        if self._view.guide.face == "ready" and self._memory.guide.step == "check":
            self.runCheck()
            return
        after = guide.confirmed(self._memory.guide)
        self._follow_guide(after, "live" if after.state == "finished" else "guide")

    @Slot()
    def guideSkip(self) -> None:  # noqa: N802
        """Leave this step out: its role stays, or becomes, empty."""
        if not self._may_touch() or not self._seen.guiding or not self._view.guide.skip.label:
            return
        step = self._memory.guide.step
        in_force = self._seen.snapshot.set_up.in_force
        if in_force is not None and step in SOURCE_ROLES and in_force.of(step).kind != "none":
            self.chooseDevice(step, "none", "", False)
        after = guide.skipped(self._memory.guide)
        self._follow_guide(after, "live" if after.state == "finished" else "guide")

    def _follow_guide(self, progress: Progress, screen: str) -> None:
        self._seen = replace(self._seen, progress=progress, guiding=screen == "guide")
        changes = screen != self._memory.screen
        self._keep(replace(self._memory, guide=progress, screen=screen))
        self._look()
        if changes:
            self.screen_changed.emit()

    def _by_itself(self, now: float) -> None:
        """Open the guide on a box where nothing is set up, and have there what its step wants to show."""
        if not self._may_touch():
            return
        if guide.comes_by_itself(self._seen, self._memory.screen):
            progress = guide.opened(self._memory.guide)
            self._seen = replace(self._seen, progress=progress, guiding=True)
            self._keep(replace(self._memory, guide=progress, screen="guide"))
            self.screen_changed.emit()
        if not self._seen.guiding:
            return
        wish = guide.own_wish(self._seen, self._proposed)
        if wish.look and now - self._looked_at >= LOOK_AGAIN_S:
            self._looked_at = now
            self.lookForDevices()
        elif wish.device is not None:
            self._proposed = (*self._proposed, wish.role)
            kind, device = wish.device.kind, wish.device.device
            self.chooseDevice(wish.role, kind, device, False)

    @Slot(str)
    def openReport(self, session_id: str) -> None:  # noqa: N802
        """Show one talk's report instead of the list."""
        if self._may_touch():
            self._show_report(session_id)

    @Slot()
    def closeReport(self) -> None:  # noqa: N802
        """Back to the list."""
        if self._may_touch() and self._memory.report:
            self._show_report("")

    def _show_report(self, session_id: str) -> None:
        self._keep(replace(self._memory, report=session_id))
        self._seen = replace(self._seen, open_report=session_id)
        self._look()

    def _record_repeat(self, title: str) -> None:
        if self._may_touch() and self._view.record.action == "start":
            known = known_talks(self._seen).get(self._memory.report)
            speaker = known.speaker if known is not None else ""
            talk = {"title": title[:200], "speaker": speaker, "room": ""}
            self._ask("start_recording", {"kind": "start_recording", "talk": talk})
            self.showScreen("live")

    @Slot()
    def lock(self) -> None:
        """Close the screen to touches from the audience."""
        progress = guide.left(self._memory.guide)
        self._seen = replace(self._seen, progress=progress, guiding=False)
        self._keep(replace(self._memory, locked=True, screen="live", guide=progress))
        self.screen_changed.emit()
        self.lock_changed.emit()

    @Slot(str, result=str)
    def unlock(self, typed: str) -> str:
        """Open the lock; returns why it stays closed, or nothing."""
        now = time.time()
        guard, opened = guess(self._memory.guard, typed, self._pin, now)
        self._keep(replace(self._memory, guard=guard, locked=not opened))
        self.lock_changed.emit()
        if opened:
            return ""
        wait_s = guard.waits(now)
        translate = self._translate  # Under this name the translation tools find the words.
        if wait_s > 0:
            return translate("Wrong. Wait {n} s before the next try.").format(n=round(wait_s))
        return translate("Wrong. Try again.")
