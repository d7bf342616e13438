"""The one object that QML sees: properties out of the view, touches into intents."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from stagebox.kiosk import guide
from stagebox.kiosk.asked import Asked, Teaching, is_asked, settle
from stagebox.kiosk.memory import Keeper, Memory, recall
from stagebox.kiosk.meters import FLOOR_DBFS, Meters, moved, unlatched
from stagebox.kiosk.pictures import Pictures
from stagebox.kiosk.pin import guess
from stagebox.kiosk.progress import STEPS, Progress
from stagebox.kiosk.seen import Seen, Translate, part, text
from stagebox.kiosk.set_up import device_target
from stagebox.kiosk.talks import known_talks
from stagebox.kiosk.teaching import LEARN_S, advanced, begun, refused, saving
from stagebox.kiosk.tiles import would_do_nothing
from stagebox.kiosk.trial import LENGTH_S
from stagebox.kiosk.values import View
from stagebox.kiosk.view import in_english, view_of

LOOK_MS = 250
NOTICE_S = 8.0
MEMORY_S = 2.0
"""So long the end waits until what is remembered is on disk."""
LEVELS_STALE_S = 0.5
LOOK_AGAIN_S = 5.0
"""So long after it asked for devices the guide asks again by itself, while none were told."""
"""So long without a reading of its own, the meters go by the snapshots, which are slower."""
_MAP: Any = "QVariantMap"
_LIST: Any = "QVariantList"
"""PySide takes the names of C++ types too, which its stubs do not say."""
Send = Callable[[str, Mapping[str, Any]], bool]


class Box(QObject):
    """The appliance, as QML sees it. Lives on Qt's thread; `heard_…` may be emitted from any.

    Args:
        memory_file: where the kiosk remembers its screen and lock.
        pin: the lock's PIN; empty for none.
        translate: the words in the screen's language.
        language: its two-letter code.
    """

    stage_changed = Signal()
    header_changed = Signal()
    tiles_changed = Signal()
    record_changed = Signal()
    rail_changed = Signal()
    alarms_changed = Signal()
    hints_changed = Signal()
    stream_changed = Signal()
    sessions_changed = Signal()
    report_changed = Signal()
    trial_changed = Signal()
    set_up_changed = Signal()
    guide_changed = Signal()
    button_box_changed = Signal()
    notice_changed = Signal()
    meters_changed = Signal()
    pictures_changed = Signal()
    screen_changed = Signal()
    lock_changed = Signal()

    heard_snapshot = Signal(object)
    heard_levels = Signal(object)
    heard_loss = Signal(str)
    heard_sessions = Signal(object)
    heard_reports = Signal(object)
    heard_picture = Signal(str, bool)
    heard_refusal = Signal(str, str)
    wants_pictures = Signal(object)
    went = Signal(str, str)

    def __init__(
        self,
        *,
        memory_file: Path,
        pin: str = "",
        translate: Translate = in_english,
        language: str = "en",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = Keeper(memory_file)
        self._pin = pin
        self._translate = translate
        self._memory = recall(memory_file)
        self._seen = Seen(
            language=language,
            utc_s=time.time(),
            open_report=self._memory.report,
            progress=self._memory.guide,
            guiding=self._memory.screen == "guide",
        )
        self._proposed: tuple[str, ...] = ()
        self._looked_at = -LOOK_AGAIN_S
        self._arrived = self._began = time.monotonic()
        self._notice_until = 0.0
        self._meters = Meters()
        self._meters_map: dict[str, Any] = {"known": False, "told_dbfs": FLOOR_DBFS, "channels": []}
        self._levels_at = -LEVELS_STALE_S
        self._urls: dict[str, str] = {}
        self._taken = 0
        self._send: Send = lambda intent_id, want: False
        self.pictures = Pictures()
        self.wanted_pictures: tuple[tuple[str, ...], int] = ((), 480)
        self._view: View = view_of(self._seen, translate)
        self._maps: dict[str, Any] = {name: _plain(getattr(self._view, name)) for name in View.__slots__}
        self.heard_snapshot.connect(self._on_snapshot)
        self.heard_levels.connect(self._on_levels)
        self.heard_loss.connect(self._on_loss)
        self.heard_sessions.connect(self._on_sessions)
        self.heard_reports.connect(self._on_reports)
        self.heard_picture.connect(self._on_picture)
        self.heard_refusal.connect(self._on_refusal)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def close(self) -> bool:
        """Have what is remembered on disk, as far as it takes it in two seconds; returns whether it did."""
        return self._keeper.flush(MEMORY_S)

    def connect_to(self, send: Send) -> None:
        """Where intents go from now on."""
        self._send = send

    # What the link says.

    @Slot(object)
    def _on_snapshot(self, snapshot: Mapping[str, Any]) -> None:
        now = time.monotonic()
        if snapshot.get("seq") != self._seen.snapshot.get("seq"):
            self._arrived = now
        settled = settle(self._seen.asked, snapshot, now, self._told_on_its_page)
        if settled.trouble:
            self._say(settled.trouble)
        self._seen = replace(self._seen, snapshot=snapshot, connected=True, trouble="", asked=settled.asked)
        if now - self._levels_at > LEVELS_STALE_S:
            self._move_meters(part(self._seen.part("health"), "sound"), now)
        self._look()

    @Slot(object)
    def _on_levels(self, levels: Mapping[str, Any]) -> None:
        self._levels_at = time.monotonic()
        self._move_meters(levels, self._levels_at)

    @Slot(str)
    def _on_loss(self, why: str) -> None:
        self._seen = replace(self._seen, connected=False, trouble=why)
        self._look()

    @Slot(object)
    def _on_sessions(self, sessions: list[dict[str, Any]]) -> None:
        self._seen = replace(self._seen, sessions=tuple(sessions), catalogued=True)
        self._look()

    @Slot(object)
    def _on_reports(self, reports: Mapping[str, Any]) -> None:
        """Reports by session; what was known of others stays."""
        self._seen = replace(self._seen, reports={**self._seen.reports, **reports})
        self._look()

    @Slot(str, bool)
    def _on_picture(self, name: str, there: bool) -> None:
        self._taken += 1
        # The number makes QML ask again; hexadecimal, because a scene may be called anything.
        self._urls[name] = f"image://live/{self._taken}/{name.encode().hex()}" if there else ""
        self.pictures_changed.emit()

    @Slot(str, str)
    def _on_refusal(self, intent_id: str, why: str) -> None:
        left = tuple(one for one in self._seen.asked if one.id != intent_id)
        if intent_id != self._told_on_its_page:
            self._say(why)
        self._seen = replace(self._seen, asked=left, teaching=refused(self._seen.teaching, intent_id, why))
        self._look()

    # From facts to properties.

    @Slot()
    def _look(self) -> None:
        """Make the view anew and tell QML of the parts that changed."""
        now = time.monotonic()
        if self._seen.notice and now > self._notice_until:
            self._seen = replace(self._seen, notice="")
        settled = settle(self._seen.asked, self._seen.snapshot, now)
        age_s = now - (self._arrived if self._seen.snapshot else self._began)
        self._seen = replace(self._seen, age_s=age_s, utc_s=time.time(), asked=settled.asked)
        self._seen = replace(self._seen, teaching=advanced(self._seen, now))
        if self._meters.known and not self._seen.fresh:
            self._move_meters({}, now)
        self._guide_by_itself(now)
        before, self._view = self._view, view_of(self._seen, self._translate)
        for name in View.__slots__:
            value = getattr(self._view, name)
            if value != getattr(before, name):
                self._maps[name] = _plain(value)
                getattr(self, f"{name}_changed").emit()

    def _move_meters(self, sound: Mapping[str, Any], now: float) -> None:
        after = moved(self._meters, sound, now, fresh=self._seen.fresh)
        if after.channels != self._meters.channels or after.known != self._meters.known:
            self._meters_map = {
                "known": after.known,
                "told_dbfs": after.told_dbfs,
                "channels": [asdict(one) for one in after.channels],
            }
            self.meters_changed.emit()
        self._meters = after

    @property
    def _told_on_its_page(self) -> str:
        """The intent whose fate the button box's page tells: once is enough."""
        return self._seen.teaching.intent_id if self._seen.teaching is not None else ""

    def _say(self, words: str) -> None:
        self._notice_until = time.monotonic() + NOTICE_S
        self._seen = replace(self._seen, notice=words)

    # Properties. Each is a plain map or list that QML reads; a change replaces it as a whole.

    stage = Property(_MAP, lambda self: self._maps["stage"], notify=stage_changed)
    header = Property(_MAP, lambda self: self._maps["header"], notify=header_changed)
    tiles = Property(_LIST, lambda self: self._maps["tiles"], notify=tiles_changed)
    record = Property(_MAP, lambda self: self._maps["record"], notify=record_changed)
    rail = Property(_LIST, lambda self: self._maps["rail"], notify=rail_changed)
    alarms = Property(_LIST, lambda self: self._maps["alarms"], notify=alarms_changed)
    hints = Property(_LIST, lambda self: self._maps["hints"], notify=hints_changed)
    stream = Property(_MAP, lambda self: self._maps["stream"], notify=stream_changed)
    sessions = Property(_MAP, lambda self: self._maps["sessions"], notify=sessions_changed)
    report = Property(_MAP, lambda self: self._maps["report"], notify=report_changed)
    trial = Property(_MAP, lambda self: self._maps["trial"], notify=trial_changed)
    guide = Property(_MAP, lambda self: self._maps["guide"], notify=guide_changed)
    setUp = Property(_MAP, lambda self: self._maps["set_up"], notify=set_up_changed)
    buttonBox = Property(_MAP, lambda self: self._maps["button_box"], notify=button_box_changed)  # noqa: N815
    notice = Property(str, lambda self: self._maps["notice"], notify=notice_changed)
    meters = Property(_MAP, lambda self: self._meters_map, notify=meters_changed)
    pictureUrls = Property(_MAP, lambda self: dict(self._urls), notify=pictures_changed)  # noqa: N815
    screen = Property(str, lambda self: self._memory.screen, notify=screen_changed)
    locked = Property(bool, lambda self: self._memory.locked, notify=lock_changed)
    asksPin = Property(bool, lambda self: bool(self._pin), constant=True)  # noqa: N815  (QML's style)

    # Touches.

    @Slot(str)
    def switchScene(self, scene: str) -> None:  # noqa: N802
        """Put a scene on program; what is, or was asked already, is not asked again."""
        if not self._may_touch() or would_do_nothing(self._seen, scene):
            return
        self._ask("switch_scene", {"kind": "switch_scene", "scene": scene}, scene)

    @Slot()
    def startRecording(self) -> None:  # noqa: N802
        """Begin a session; a second touch does nothing."""
        if not self._may_touch() or self._view.record.action != "start":
            return
        self._ask("start_recording", {"kind": "start_recording"})

    @Slot()
    def stopRecording(self) -> None:  # noqa: N802
        """End the session; a second touch does nothing."""
        if not self._may_touch() or self._view.record.action not in ("stop", "resume"):
            return
        self._ask("stop_recording", {"kind": "stop_recording"})

    @Slot()
    def resumeRecording(self) -> None:  # noqa: N802
        """Let a recording that is paused in OBS go on; a second touch does nothing."""
        if self._may_touch() and self._view.record.action == "resume":
            self._ask("resume_recording", {"kind": "resume_recording"})

    @Slot()
    def testRecording(self) -> None:  # noqa: N802
        """Record ten seconds to see that all is well."""
        if self._may_touch() and self._view.trial.ready:
            self._ask("start_trial", {"kind": "start_trial", "seconds": LENGTH_S})

    @Slot(str, str)
    def setTalk(self, title: str, speaker: str) -> None:  # noqa: N802
        """Name the talk that is on, or the next one; all else that is known of it stays."""
        if not self._may_touch():
            return
        known = self._seen.part("session") or self._seen.part("next_talk")
        talk = {"title": title.strip()[:200], "speaker": speaker.strip()[:200], "room": known.get("room", "")}
        for key in ("planned_start", "planned_end", "do_not_record"):
            if key in known:
                talk[key] = known[key]
        self._ask("set_talk", {"kind": "set_talk", "talk": talk})

    @Slot()
    def lookForDevices(self) -> None:  # noqa: N802
        """Ask OBS what it sees."""
        if self._may_touch():
            self._ask("look_for_devices", {"kind": "look_for_devices"})

    @Slot(str, str, str, bool)
    def chooseDevice(self, role: str, kind: str, device: str, on_air: bool) -> None:  # noqa: N802
        """Put a device behind a role. `on_air`: the person was told that it will be seen or heard."""
        want = {"kind": "set_source", "role": role, "device_kind": kind, "device": device, "on_air": on_air}
        if self._may_touch():
            self._ask("set_source", want, device_target(role, kind, device))

    @Slot(str, str)
    def setEvent(self, title: str, room: str) -> None:  # noqa: N802
        """Name the event and the room."""
        if self._may_touch():
            want = {"kind": "set_event", "title": title.strip()[:120], "room": room.strip()[:60]}
            self._ask("set_event", want)

    @Slot(str)
    def setFolder(self, folder: str) -> None:  # noqa: N802
        """Put the next recordings elsewhere."""
        if self._may_touch():
            self._ask("set_folder", {"kind": "set_folder", "folder": folder.strip()}, folder.strip())

    @Slot()
    def runCheck(self) -> None:  # noqa: N802
        """Go through the checklist."""
        if self._may_touch() and self._view.set_up.check.ready:
            self._ask("run_check", {"kind": "run_check"})

    @Slot(str)
    def teachButton(self, words: str) -> None:  # noqa: N802
        """Wait for the press of the button that shall do this; a second touch begins anew."""
        if not self._may_touch():
            return
        intent_id = self._ask("learn_button", {"kind": "learn_button", "seconds": LEARN_S})
        if intent_id:
            self._teach(begun(self._seen, words, intent_id, time.monotonic()))

    @Slot()
    def teachAgain(self) -> None:  # noqa: N802
        """Wait for another press, for the same."""
        if self._seen.teaching is not None:
            self.teachButton(self._seen.teaching.words)

    @Slot()
    def saveButton(self) -> None:  # noqa: N802
        """Give the button that was pressed what it shall do."""
        teaching = self._seen.teaching
        if not self._may_touch() or teaching is None or teaching.step != "learned":
            return
        want = {"kind": "set_button", "place": teaching.place, "words": teaching.words}
        intent_id = self._ask("set_button", want, teaching.place)
        if intent_id:
            self._teach(saving(teaching, intent_id, time.monotonic()))

    @Slot()
    def leaveButton(self) -> None:  # noqa: N802
        """Wait for no press any more. Also when the screen is locked: a press is to count again."""
        teaching = self._seen.teaching
        if teaching is not None and teaching.step in ("asking", "waiting"):
            self._ask("learn_button", {"kind": "learn_button", "seconds": 0})
        self._teach(None)

    def _teach(self, teaching: Teaching | None) -> None:
        self._seen = replace(self._seen, teaching=teaching)
        self._look()

    @Slot(str)
    def acknowledge(self, key: str) -> None:
        """An alarm was seen: it stays, small."""
        if not self._may_touch():
            return
        code, _, role = key.partition("/")
        self._ask("acknowledge", {"kind": "acknowledge", "alarm": {"code": code, "role": role}}, key)

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
            case "build_scenes" if self._may_touch():
                self._ask(kind, {"kind": kind})
            case "record_repeat":
                self._record_repeat(target)

    @Slot(str)
    def showScreen(self, screen: str) -> None:  # noqa: N802
        """Go to a screen; from the sessions to their own list when a report is open. The guide is left so."""
        if screen == self._memory.screen:
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
        in_force = part(part(self._seen.part("set_up"), "in_force"), step)
        if text(in_force, "kind") not in ("", "none"):
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

    def _guide_by_itself(self, now: float) -> None:
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
            kind, device = text(wish.device, "kind"), text(wish.device, "device")
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
            speaker = text(known_talks(self._seen).get(self._memory.report, {}), "speaker")
            talk = {"title": title[:200], "speaker": speaker, "room": ""}
            self._ask("start_recording", {"kind": "start_recording", "talk": talk})
            self.showScreen("live")

    @Slot()
    def resetClips(self) -> None:  # noqa: N802
        """Put the clip lights out."""
        self._meters = unlatched(self._meters)

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
            return translate("lock", "Wrong. Wait {n} s before the next try.").format(n=round(wait_s))
        return translate("lock", "Wrong. Try again.")

    @Slot(list, int)
    def showPictures(self, names: list[str], width: int) -> None:  # noqa: N802
        """Which pictures are visible, and how wide: only those are fetched."""
        self.wanted_pictures = (tuple(names), width)
        self.wants_pictures.emit(self.wanted_pictures)

    @Slot()
    def startStream(self) -> None:  # noqa: N802
        """Go live; a second touch does nothing."""
        if self._may_touch() and self._view.stream.action == "start":
            self._ask("start_stream", {"kind": "start_stream"})

    @Slot(str)
    def setStreamTarget(self, typed: str) -> None:  # noqa: N802
        """Stream to another place: a server's address, or the name of a service."""
        if self._may_touch():
            which = "server" if "://" in typed else "service"
            self._tell_desk({"kind": "stream_target", which: typed.strip()})

    @Slot(str)
    def setStreamKey(self, typed: str) -> None:  # noqa: N802
        """Keep another stream key. It is no intent: those are journalled."""
        if self._may_touch():
            self._tell_desk({"kind": "stream_key", "key": SecretStr(typed.strip())})

    @Slot()
    def forgetStreamKey(self) -> None:  # noqa: N802
        """Keep no stream key any more."""
        if self._may_touch():
            self._tell_desk({"kind": "stream_key", "key": None})

    def _tell_desk(self, order: Mapping[str, Any]) -> None:
        if not self._send(f"desk-{secrets.token_hex(8)}", order):
            translate = self._translate
            self._say(translate("box", "Too many touches wait for an answer. Wait a moment."))

    @Slot()
    def stopStream(self) -> None:  # noqa: N802
        """End the stream; a second hold does nothing."""
        if self._may_touch() and self._view.stream.action == "stop":
            self._ask("stop_stream", {"kind": "stop_stream"})

    def _take_remedy(self, remedy: str, role: str) -> None:
        if self._may_touch():
            want = {"kind": "take_remedy", "remedy": remedy, "role": role}
            self._ask("take_remedy", want, f"{remedy}/{role}")

    def _may_touch(self) -> bool:
        return not self._memory.locked

    def _ask(self, kind: str, want: Mapping[str, Any], target: str = "") -> str:
        """Send an intent, and return its id; none when it was not sent."""
        if is_asked(self._seen.asked, kind, target) and kind not in ("set_talk", "learn_button"):
            return ""
        intent_id = f"touch-{secrets.token_hex(8)}"
        if not self._send(intent_id, want):
            translate = self._translate
            self._say(translate("box", "Too many touches wait for an answer. Wait a moment."))
            intent_id = ""
        else:
            asked = Asked(id=intent_id, kind=kind, target=target, at=time.monotonic())
            self._seen = replace(self._seen, asked=(*self._seen.asked, asked))
        self._look()
        return intent_id

    def _keep(self, memory: Memory) -> None:
        self._memory = memory
        self._keeper.keep(memory)


def _plain(value: Any) -> Any:
    """Frozen values as the maps and lists that QML takes."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
