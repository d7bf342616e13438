"""What QML sees: properties out of the view, fed by what the link says; and how a touch is asked for."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from stagebox.kiosk.memory import Keeper, Memory, recall
from stagebox.kiosk.meters import FLOOR_DBFS, Meters, moved
from stagebox.kiosk.pictures import Pictures
from stagebox.model.levels import MeterLevels
from stagebox.model.said import said_of
from stagebox.model.state import CommandResult
from stagebox.views.asked import Asked, is_asked, settle
from stagebox.views.parsing import levels_of, report_of, schedule_of, sessions_of, snapshot_of
from stagebox.views.returned import followed
from stagebox.views.said import answer_words, said_words
from stagebox.views.seen import Seen, Translate
from stagebox.views.teaching import advanced, refused
from stagebox.views.values import View
from stagebox.views.view import in_english, view_of

LOOK_MS = 250
NOTICE_S = 8.0
MEMORY_S = 2.0
"""So long the end waits until what is remembered is on disk."""
LEVELS_STALE_S = 0.5
"""So long without a reading of its own, the meters go by the snapshots, which are slower."""
_MAP: Any = "QVariantMap"
_LIST: Any = "QVariantList"
"""PySide takes the names of C++ types too, which its stubs do not say."""
Send = Callable[[str, Mapping[str, Any]], bool]


class Shown(QObject):
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
    schedule_changed = Signal()
    planned_changed = Signal()
    speaker_changed = Signal()
    notice_changed = Signal()
    meters_changed = Signal()
    pictures_changed = Signal()
    screen_changed = Signal()
    lock_changed = Signal()

    heard_snapshot = Signal(object)
    heard_levels = Signal(object)
    heard_loss = Signal(object)
    heard_sessions = Signal(object)
    heard_reports = Signal(object)
    heard_schedule = Signal(object)
    heard_picture = Signal(str, bool)
    heard_refusal = Signal(str, object)
    wants_pictures = Signal(object)

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
        self._arrived = self._began = time.monotonic()
        self._notice_until = 0.0
        self._meters = Meters()
        self._meters_map: dict[str, Any] = {
            "known": False,
            "told_dbfs": FLOOR_DBFS,
            "too_loud": False,
            "channels": [],
        }
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
        self.heard_schedule.connect(self._on_schedule)
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
        """Where commands go from now on."""
        self._send = send

    # What the link says.

    @Slot(object)
    def _on_snapshot(self, told: Mapping[str, Any]) -> None:
        now, snapshot = time.monotonic(), snapshot_of(told)
        if snapshot.seq != self._seen.snapshot.seq:
            self._arrived = now
        settled = settle(self._seen.asked, snapshot, now, self._told_on_its_page, self._fate_words)
        if settled.trouble:
            self._say(settled.trouble)
        left = followed(self._seen.left, snapshot, now)
        self._seen = replace(
            self._seen, snapshot=snapshot, connected=True, trouble="", asked=settled.asked, left=left
        )
        if now - self._levels_at > LEVELS_STALE_S:
            sound = snapshot.health.sound
            self._move_meters(MeterLevels(channels=sound.channels, clipped=sound.clipped), now)
        self._look()

    @Slot(object)
    def _on_levels(self, levels: Mapping[str, Any]) -> None:
        self._levels_at = time.monotonic()
        self._move_meters(levels_of(levels), self._levels_at)

    @Slot(object)
    def _on_loss(self, why: str) -> None:
        self._seen = replace(self._seen, connected=False, trouble=why)
        self._look()

    @Slot(object)
    def _on_sessions(self, sessions: list[dict[str, Any]]) -> None:
        self._seen = replace(self._seen, sessions=sessions_of(sessions), catalogued=True)
        self._look()

    @Slot(object)
    def _on_reports(self, reports: Mapping[str, Any]) -> None:
        """Reports by session; what was known of others stays."""
        told = {session: report_of(one) for session, one in reports.items()}
        self._seen = replace(self._seen, reports={**self._seen.reports, **told})
        self._look()

    @Slot(object)
    def _on_schedule(self, told: Mapping[str, Any]) -> None:
        self._seen = replace(self._seen, schedule=schedule_of(told))
        self._look()

    @Slot(str, bool)
    def _on_picture(self, name: str, there: bool) -> None:
        self._taken += 1
        # The number makes QML ask again; hexadecimal, because a scene may be called anything.
        self._urls[name] = f"image://live/{self._taken}/{name.encode().hex()}" if there else ""
        self.pictures_changed.emit()

    @Slot(str, object)
    def _on_refusal(self, intent_id: str, why: str) -> None:
        left = tuple(one for one in self._seen.asked if one.id != intent_id)
        why = said_words(said_of(why), self._seen.language)
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
        age_s = now - (self._arrived if self._seen.told else self._began)
        self._seen = replace(self._seen, age_s=age_s, utc_s=time.time(), asked=settled.asked)
        self._seen = replace(self._seen, teaching=advanced(self._seen, now))
        if self._meters.known and not self._seen.fresh:
            self._move_meters(MeterLevels(), now)
        self._by_itself(now)
        before, self._view = self._view, view_of(self._seen, self._translate)
        for name in View.__slots__:
            value = getattr(self._view, name)
            if value != getattr(before, name):
                self._maps[name] = _plain(value)
                getattr(self, f"{name}_changed").emit()

    def _move_meters(self, sound: MeterLevels, now: float) -> None:
        after = moved(self._meters, sound, now, fresh=self._seen.fresh)
        if (after.channels, after.known, after.too_loud) != (
            self._meters.channels,
            self._meters.known,
            self._meters.too_loud,
        ):
            self._meters_map = {
                "known": after.known,
                "told_dbfs": after.told_dbfs,
                "too_loud": after.too_loud,
                "channels": [asdict(one) for one in after.channels],
            }
            self.meters_changed.emit()
        self._meters = after

    @property
    def _told_on_its_page(self) -> str:
        """The command whose fate the button box's page tells: once is enough."""
        return self._seen.teaching.intent_id if self._seen.teaching is not None else ""

    def _fate_words(self, result: CommandResult) -> str:
        return answer_words(result, self._seen.language)

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
    schedule = Property(_MAP, lambda self: self._maps["schedule"], notify=schedule_changed)
    planned = Property(_MAP, lambda self: self._maps["planned"], notify=planned_changed)
    speaker = Property(_MAP, lambda self: self._maps["speaker"], notify=speaker_changed)
    notice = Property(str, lambda self: self._maps["notice"], notify=notice_changed)
    meters = Property(_MAP, lambda self: self._meters_map, notify=meters_changed)
    pictureUrls = Property(_MAP, lambda self: dict(self._urls), notify=pictures_changed)  # noqa: N815
    screen = Property(str, lambda self: self._memory.screen, notify=screen_changed)
    locked = Property(bool, lambda self: self._memory.locked, notify=lock_changed)
    asksPin = Property(bool, lambda self: bool(self._pin), constant=True)  # noqa: N815  (QML's style)

    def _tell_desk(self, order: Mapping[str, Any]) -> None:
        if not self._send(f"desk-{secrets.token_hex(8)}", order):
            translate = self._translate
            self._say(translate("Too many touches wait for an answer. Wait a moment."))

    def _by_itself(self, now: float) -> None:
        """What is done without a touch, at each look."""

    def _may_touch(self) -> bool:
        return not self._memory.locked

    def _ask(self, kind: str, want: Mapping[str, Any], target: str = "") -> str:
        """Send a command, and return its id; none when it was not sent."""
        if is_asked(self._seen.asked, kind, target) and kind not in ("set_talk", "learn_button"):
            return ""
        intent_id = f"touch-{secrets.token_hex(8)}"
        if not self._send(intent_id, want):
            translate = self._translate
            self._say(translate("Too many touches wait for an answer. Wait a moment."))
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
