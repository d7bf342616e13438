"""The engine: one thread, the only writer of the state."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from stagebox.engine import suspend_detection
from stagebox.engine.alive import alive_utc
from stagebox.engine.fault_barrier import FaultBarrier, answer_to, refused
from stagebox.engine.inventory import Inventory, take_stock
from stagebox.engine.journal import Journal, read
from stagebox.engine.journal_keeper import JournalKeeper
from stagebox.engine.latest_snapshot import LatestSnapshot
from stagebox.engine.mailbox import Mailbox
from stagebox.engine.reducer import durable, next_deadline, reduce
from stagebox.engine.rules import ReducerRules
from stagebox.engine.snapshots import snapshot_of
from stagebox.engine.step import ANSWERS_KEPT
from stagebox.health.folder import folder_seen
from stagebox.health.health_state import HealthRules, HealthState
from stagebox.health.view import health_view
from stagebox.messages.code_catalogue import say
from stagebox.model.alarms import Alarm
from stagebox.model.commands import Command
from stagebox.model.effects import Effect
from stagebox.model.errors import StorageError
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.button_boxes import ButtonBoxesReading
from stagebox.model.facts.machine import HostReading
from stagebox.model.facts.pictures import PictureReading
from stagebox.model.facts.proof import ProofReading
from stagebox.model.facts.sound import BackupRecorderReading, MetersReading
from stagebox.model.messages import Message
from stagebox.model.observations import (
    AlarmsEvent,
    EffectFailed,
    EngineStarted,
    Observation,
    ObsStatsReading,
    RemediesDue,
    SettingsEvent,
    StreamQueueReading,
    SuspendEvent,
    Tick,
)
from stagebox.model.snapshot import Snapshot
from stagebox.model.state import Session, State
from stagebox.system.clocks import boot_id

log = logging.getLogger(__name__)

REFRESH_S = 0.25
"""A snapshot is published at least this often, so that a view can tell a dead engine from a quiet one; and no
oftener when nothing but readings of health came: what was decided, and every alarm, is published at once."""

JUDGE_EVERY_S = 0.2
"""The health rules look at the facts this often at most: time alone makes some of them true."""

BUSY_PUBLISH_S = 0.05
"""While messages wait, a snapshot is published this often: each would be old before anybody reads it."""

ANSWERS_UNSEEN = ANSWERS_KEPT // 2
"""After so many commands a snapshot is published in any case: each answer is in one before it is
forgotten."""

JOURNAL_END_S = 5.0
STUMBLE_S = 1.0
"""What cannot be worked off by a fault of ours is tried again this often, not ten thousand times a second."""

OBS_TELLS_S = 3.0
"""So long after a standstill OBS may take to tell that it stood as well."""

HEALTH_READINGS = (
    MetersReading,
    BackupRecorderReading,
    PictureReading,
    ProofReading,
    HostReading,
    ButtonBoxesReading,
    StreamQueueReading,
    ObsStatsReading,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOutputs:
    """What the engine calls when it has decided. Each only enqueues: the engine never waits for them."""

    execute: Callable[[Effect], None]
    save: Callable[[Session], None]


class Engine:
    """Reads the mailbox, reduces, journals, then acts and publishes.

    Args:
        folder: the journal's.
        rules: the limits to decide by.
        event, room: names for the snapshot.
        health: the limits of live health.
        facts: what is known before anything is seen: which microphone is wanted, where OBS records.
        inventory: what catalogue and disk know beside the journal.
        clocks: tells this moment by the two clocks that show sleep.

    Raises (constructor):
        StorageError: the journal cannot be read or begun.
    """

    def __init__(
        self,
        folder: Path,
        rules: ReducerRules,
        *,
        event: str,
        room: str,
        health: HealthRules | None = None,
        facts: HealthFacts | None = None,
        inventory: Inventory | None = None,
        clocks: Callable[[], suspend_detection.ClockPair] = suspend_detection.now,
    ) -> None:
        self.mailbox = Mailbox()
        self.snapshots: LatestSnapshot[Snapshot] = LatestSnapshot()
        self._rules = rules
        self._event = event
        self._room = room
        self._seq = 0
        self._clocks = clocks
        self._stood: tuple[SuspendEvent, ObsStatsReading] | None = None
        self._outputs: EngineOutputs | None = None
        self._health = health or HealthRules()
        self._health_state = HealthState(facts=facts or HealthFacts())
        self._judged_at = 0.0
        self._published_at = float("-inf")
        self._published: State | None = None
        self._unseen = 0
        """Commands since the last snapshot."""
        self._fault_barrier = FaultBarrier()
        self._no_tick_before = 0.0
        journal = Journal(folder)
        self._journal = JournalKeeper(journal)
        self._journal_broken = False
        self._mend_at = 0.0
        recovered = read(folder)
        self._state = replay(recovered.state, recovered.messages, rules)
        if inventory is not None:
            self._state = take_stock(self._state, inventory, time.time())
        self._recovered = self._state
        self.damaged_lines = recovered.damaged_lines
        journal.rotate(durable(self._state))
        # First of all, so that whatever is told before the thread runs is known to be of this run.
        self.mailbox.put(EngineStarted(boot_id=boot_id(), alive_utc=alive_utc(folder, self._state.session)))
        self._turned_at = time.monotonic()
        self._looked = clocks()
        self._pause = threading.Event()
        """Never set: a wait with an end."""
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self, outputs: EngineOutputs) -> None:
        """Begin to work. Everything that was saved before is saved again: the catalogue may be behind."""
        self._outputs = outputs
        self._journal.start()
        for session in sessions_in(self._state):
            self._save(session)
        if self.damaged_lines:
            what, remedy = say("memory_damaged", n=self.damaged_lines), say("memory_damaged_help")
            self.mailbox.put(EffectFailed(effect_id="journal", what=what, remedy=remedy))
        self._thread.start()

    def post(self, observation: Observation) -> None:
        """Tell the engine what was seen. Never waits."""
        self.mailbox.put(observation)

    def submit(self, command: Command) -> None:
        """Tell the engine what is wanted. Its fate is in the snapshot's answers.

        Raises:
            ApiError: the mailbox is full.
        """
        self.mailbox.put(command)

    def close(self, timeout_s: float = 5.0) -> None:
        """Work off what waits, then end, in bounded time also while a disk hangs. A recording in OBS goes on.

        From a listener, which is called on the engine's own thread, it only asks for the end.
        """
        self.mailbox.close()
        if self._thread.ident is None:
            self._journal.close(timeout_s)
        elif self._thread is not threading.current_thread():
            self._thread.join(2 * timeout_s)

    @property
    def recovered(self) -> State:
        """What the journal, completed by catalogue and disk, gave at the start."""
        return self._recovered

    @property
    def state(self) -> State:
        """The state as it is now, for who asks for more than a snapshot tells. It is never changed."""
        return self._state

    @property
    def turned_s(self) -> float:
        """Seconds since the engine's thread last came round; it does so several times a second."""
        return time.monotonic() - self._turned_at

    @property
    def alive(self) -> bool:
        """True while the engine's thread works."""
        return self._thread.is_alive()

    def _run(self) -> None:
        # The first message is EngineStarted: nothing is published that the last run believed of OBS.
        self._looked = self._clocks()
        while self._fault_barrier.safely("turn", self._turn, True):
            if "turn" in self._fault_barrier.now:
                self._pause.wait(REFRESH_S)
        self._journal.close(JOURNAL_END_S)

    def _turn(self) -> bool:
        """Come round once; False when all is worked off and the mailbox is closed."""
        self._turned_at = time.monotonic()
        waiting = self._clocks()
        message = self.mailbox.take(self._fault_barrier.safely("deadline", self._patience_s, REFRESH_S))
        woke = self._clocks()
        looked, self._looked = self._looked, woke
        if stood := self._fault_barrier.safely(
            "standstill", lambda: suspend_detection.between(looked, waiting, woke), None
        ):
            # First of all: what waits may be of before, and no deadline passed while nothing ran.
            stats = self._state.live.stats
            self._stood = (stood, stats) if stood.still_s and stats is not None else None
            self._handle(Message(at=time.monotonic(), utc=time.time(), body=stood))
        if message is not None:
            self._handle(message)
            self._fault_barrier.safely(
                "standstill of OBS", lambda: self._ask_obs_of_standstill(message), None
            )
        elif self.mailbox.closed:
            return False
        else:
            self._fault_barrier.safely("tick", self._tick, None)
        self._fault_barrier.safely("journal", self._mend_journal, None)
        self._fault_barrier.safely("health", self._judge, None)
        if time.monotonic() >= self._publish_due() or self._unseen >= ANSWERS_UNSEEN:
            self._fault_barrier.safely("snapshot", self._publish, None)
        return True

    def _patience_s(self) -> float:
        """How long to wait for a message: until the next thing is due."""
        deadline = next_deadline(self._state, self._rules)
        due = self._publish_due()
        if deadline is not None:
            due = min(due, max(deadline, self._no_tick_before))
        return max(0.0, due - time.monotonic())

    def _publish_due(self) -> float:
        """The monotonic second at which the next snapshot is due."""
        if len(self.mailbox):
            return self._published_at + BUSY_PUBLISH_S
        return self._published_at + (REFRESH_S if self._published == self._state else 0.0)

    def _ask_obs_of_standstill(self, message: Message) -> None:
        """OBS's next figures after a standstill tell whether it stood, too; the first may be of before."""
        stats = message.body
        if self._stood is None or not isinstance(stats, ObsStatsReading):
            return
        stood, before = self._stood
        told = suspend_detection.obs_stood(stood, before, stats)
        if told or message.at - stood.woke_at > OBS_TELLS_S:
            self._stood = None
        if told:
            self._handle(replace(message, body=replace(stood, obs_too=True)))

    def _tick(self) -> None:
        due = next_deadline(self._state, self._rules)
        now = time.monotonic()
        if due is None or now < max(due, self._no_tick_before):
            return
        if not self._handle(Message(at=now, utc=time.time(), body=Tick())):
            self._no_tick_before = now + STUMBLE_S

    def _handle(self, message: Message) -> bool:
        """Decide, put on the disk, do. False when the reducer could not take the message."""
        try:
            state, effects = reduce(self._state, message, self._rules)
        except Exception:
            # One message that the reducer cannot take must not end a recording: it is dropped, loudly.
            log.exception("the reducer failed on %s", message)
            if isinstance(message.body, Command):
                # Not journalled: a replay would stumble over it, too.
                self._state = refused(self._state, message, self._rules)
            return False
        self._unseen += isinstance(message.body, Command)
        self._fault_barrier.safely("reading", lambda: self._feel(message), None)
        if effects or durable(state) != durable(self._state):
            self._write(message, state)
        before, self._state = self._state, state
        known = {session.id: session for session in sessions_in(before)}
        for session in sessions_in(state):
            if known.get(session.id) != session:
                self._save(session)
        for effect in effects:
            self._execute(effect)
        return True

    def _feel(self, message: Message) -> None:
        """Fold a reading into what health knows."""
        if isinstance(message.body, HEALTH_READINGS):
            self._health_state = self._health_state.see(message.body, message.at)
        if isinstance(message.body, SuspendEvent) and not message.body.obs_too:
            log.warning("stood still: %s", message.body)
            self._health_state = self._health_state.woke(message.at)
        if isinstance(message.body, SettingsEvent):
            self._health_state = self._health_state.choose(message.body.in_force)

    def _save(self, session: Session) -> None:
        assert self._outputs is not None
        save = self._outputs.save
        self._fault_barrier.safely("save", lambda: save(session), None)

    def _execute(self, effect: Effect) -> None:
        """Ask for an effect. Whoever raises instead of taking it is answered for."""
        assert self._outputs is not None
        try:
            self._outputs.execute(effect)
        except Exception as error:
            log.exception("%s could not be asked for", effect.kind)
            self.mailbox.put(answer_to(effect, error))

    def _judge(self) -> None:
        """Let the health rules look. What they raise or clear, and mend, goes through the reducer too."""
        now, utc = time.monotonic(), time.time()
        if now - self._judged_at < JUDGE_EVERY_S:
            return
        self._judged_at = now
        # A rule with a fault must not end a recording. What is shown turns stale, and so unknown.
        self._health_state, remedies = self._health_state.judge(self._state, self._health, now)
        alarms = self._health_state.alarms(now, utc)
        if _keys(alarms) != _keys(self._state.health_alarms):
            self._handle(Message(at=now, utc=utc, body=AlarmsEvent(alarms=alarms)))
        folder = folder_seen(self._health_state.facts, self._health.limits, now)
        known = (self._state.folder, self._state.second_folder, self._state.obs_stops_in)
        if (folder.health, folder.second, folder.obs_stops_in) != known:
            self._handle(Message(at=now, utc=utc, body=folder))
        if remedies:
            self._handle(Message(at=now, utc=utc, body=RemediesDue(remedies=remedies)))

    def _write(self, message: Message, state: State) -> None:
        """Journal a message. A journal that cannot be written is said, and does not stop a recording."""
        try:
            self._journal.write(message, durable(state))
        except StorageError as error:
            if not self._journal_broken:
                self._journal_broken = True
                self._mend_at = time.monotonic() + STUMBLE_S
                log.error("%s", error)
                self.mailbox.put(EffectFailed(effect_id="journal", what=error.what, remedy=error.remedy))

    def _mend_journal(self) -> None:
        """After a fault: write what is lacking, and say when nothing is."""
        if not self._journal_broken or time.monotonic() < self._mend_at:
            return
        self._mend_at = time.monotonic() + STUMBLE_S
        if self._journal.make_good(durable(self._state)):
            self._journal_broken = False
            log.warning("the journal is written again")
            self.mailbox.put(EffectFailed(effect_id="journal", what=say("memory_whole")))

    def _publish(self) -> None:
        self._seq += 1
        self._unseen = 0
        now, utc = time.monotonic(), time.time()
        self._published_at, self._published = now, self._state
        self.snapshots.publish(
            snapshot_of(
                _in_words_of_now(self._state, self._health_state.alarms(now, utc)),
                replace(
                    health_view(self._health_state, self._health.limits, now),
                    coalesced=self.mailbox.coalesced,
                ),
                seq=self._seq,
                at=now,
                utc=utc,
                event=self._event,
                room=self._room,
                pack=self._rules.scenes,
            )
        )


def replay(state: State, messages: tuple[Message, ...], rules: ReducerRules) -> State:
    """The durable state after journalled messages; their effects were done, or will be asked for again."""
    for message in messages:
        try:
            state, _ = reduce(state, message, rules)
        except Exception:
            # As when it came: one message must not keep the box from starting.
            log.exception("the reducer failed on the journal's %s", message)
    return durable(state)


def sessions_in(state: State) -> tuple[Session, ...]:
    """All sessions that the state holds: finished, in work, and the active one. A trial is none."""
    active = (state.session,) if state.session is not None else ()
    return tuple(one for one in (*state.finished, *state.jobs, *active) if not one.trial)


def _keys(alarms: tuple[Alarm, ...]) -> tuple[tuple[str, str, str], ...]:
    """What makes two lists of alarms differ: not their words, which count seconds."""
    return tuple((alarm.code, alarm.role, alarm.level) for alarm in alarms)


def _in_words_of_now(state: State, alarms: tuple[Alarm, ...]) -> State:
    """The state with the newest words of the alarms that the health rules raised."""
    words = {(alarm.code, alarm.role): alarm for alarm in alarms}
    said = {(alarm.code, alarm.role) for alarm in state.health_alarms}
    return replace(
        state,
        alarms=tuple(
            replace(alarm, message=words[key].message, remedy=words[key].remedy)
            if (key := (alarm.code, alarm.role)) in words and key in said
            else alarm
            for alarm in state.alarms
        ),
    )
