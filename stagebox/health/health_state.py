"""Everything live health knows, and what follows from it: facts, alarms, the remedies' ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from stagebox.health.alarm_tracker import AlarmTracker
from stagebox.health.check import Check
from stagebox.health.due_remedies import declared_live, due_remedies, on_air
from stagebox.health.engine_alarms import is_hung
from stagebox.health.folds.machine import fold_machine
from stagebox.health.folds.pictures import fold_pictures
from stagebox.health.folds.proof import fold_proof
from stagebox.health.folds.sound import fold_sound, sound_wanted
from stagebox.health.folds.stream import fold_stream
from stagebox.health.foreign import foreign_offers, may_offer
from stagebox.health.listening import MIC
from stagebox.health.rules import rules as all_rules
from stagebox.health.stream_rules import offers_of
from stagebox.model.alarms import Alarm
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.button_boxes import ButtonBoxesReading
from stagebox.model.facts.machine import HostReading
from stagebox.model.facts.pictures import PictureFacts, PictureReading
from stagebox.model.facts.proof import ProofReading
from stagebox.model.facts.sound import BackupRecorderReading, MetersReading, SoundFacts
from stagebox.model.observations import HealthReading, ObsStatsReading, StreamQueueReading
from stagebox.model.remedies import RemedyLedger, RemedyWanted
from stagebox.model.set_up import SOURCE_ROLES, ActiveSettings, ChosenDevice
from stagebox.model.settings import AudioSource, HealthSettings, RemedySettings
from stagebox.model.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRules:
    """The limits that health decides by, given once. `sound_by_scene`: where the pack wants the mic heard."""

    limits: HealthSettings = field(default_factory=HealthSettings)
    remedies: RemedySettings = field(default_factory=RemedySettings)
    sound_by_scene: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthState:
    """One moment of live health. Frozen: `see` and `judge` give the next."""

    facts: HealthFacts = field(default_factory=HealthFacts)
    tracker: AlarmTracker = field(default_factory=AlarmTracker)
    ledger: RemedyLedger = field(default_factory=RemedyLedger)
    offers: tuple[RemedyWanted, ...] = ()
    chosen: ActiveSettings | None = None

    def choose(self, chosen: ActiveSettings) -> "HealthState":
        """The state after other devices were put behind roles: of those, nothing is known yet."""
        before, after = _sources(self.chosen), _sources(chosen)
        if self.chosen is None:
            # What `serve` began with, of which the facts know the rest.
            return replace(self, chosen=chosen, facts=replace(self.facts, unset=_unset(after)))
        changed = frozenset(role for role in after if before[role] != after[role])
        pictures = {role: fact for role, fact in self.facts.pictures.items() if role not in changed}
        pictures |= {role: PictureFacts() for role in changed - {MIC} if after[role].kind != "none"}
        sound = self.facts.sound
        if MIC in changed:
            mic = AudioSource.model_validate({"kind": chosen.mic.kind, "device": chosen.mic.device})
            sound = SoundFacts(wanted=sound_wanted(mic, sound.wanted.silent_scenes))
        return replace(
            self,
            chosen=chosen,
            facts=replace(self.facts, pictures=pictures, sound=sound, unset=_unset(after)),
            tracker=self.tracker.without(changed),
            offers=tuple(one for one in self.offers if one.role not in changed),
        )

    def see(self, seen: HealthReading | ObsStatsReading, at: float) -> "HealthState":
        """The state after a reading at the monotonic time `at`. A late one of an emptied role counts not."""
        if (
            isinstance(seen, PictureReading)
            and self.chosen
            and _sources(self.chosen)[seen.role].kind == "none"
        ):
            return self
        return replace(self, facts=fold(self.facts, seen, at))

    def woke(self, at: float) -> "HealthState":
        """The state after nothing ran until the monotonic time `at`: no file could grow meanwhile."""
        proof = self.facts.proof
        grew_at = None if proof.file_grew_at is None else at
        obs_grew_at = None if proof.obs_grew_at is None else at
        proof = replace(proof, file_grew_at=grew_at, obs_grew_at=obs_grew_at)
        return replace(self, facts=replace(self.facts, proof=proof))

    def judge(
        self, state: State, rules: HealthRules, now: float
    ) -> tuple["HealthState", tuple[RemedyWanted, ...]]:
        """The state after all rules looked at the facts, and the remedies that are due without asking."""
        facts = with_state(self.facts, state, now)
        checks = [
            (check, patience)
            for rule, patience in all_rules(rules.limits)
            for check in rule(facts, rules.limits, now)
        ]
        muted = facts.sound.obs.seen.muted if facts.sound.obs.seen is not None else None
        ledger, wanted = due_remedies(
            facts,
            rules.limits,
            rules.remedies,
            self.ledger,
            now,
            on_air=on_air(state.obs.recording, state.obs.streaming),
            muted=muted if facts.obs_up else None,
            declared_live=declared_live(rules.sound_by_scene, facts.program_scene),
        )
        judged = replace(
            self,
            facts=facts,
            tracker=self.tracker.note(checks, now),
            ledger=ledger,
            offers=(
                *(one for one in wanted if one.asks and may_offer(state, one)),
                *offers_of(facts, rules.limits, now),
                *foreign_offers(state),
            ),
        )
        return judged, tuple(one for one in wanted if not one.asks)

    def alarms(self, now: float, utc: float) -> tuple[Alarm, ...]:
        """The alarms that are up, in words as of now."""
        return tuple(
            Alarm(
                code=entry.check.code,
                level=entry.check.level,
                role=entry.check.role,
                since_utc=utc - (now - (entry.raised_at or now)),
                message=entry.check.summary,
                remedy=entry.check.remedy,
            )
            for entry in self.tracker.raised
        )

    @property
    def checks(self) -> tuple[Check, ...]:
        """All checks as they were found last."""
        return tuple(entry.check for entry in self.tracker.entries.values())


def _sources(chosen: ActiveSettings | None) -> dict[str, ChosenDevice]:
    return {role: getattr(chosen, role, ChosenDevice()) for role in SOURCE_ROLES}


def _unset(sources: Mapping[str, ChosenDevice]) -> frozenset[str]:
    return frozenset(role for role, source in sources.items() if source.kind == "none")


def fold(facts: HealthFacts, seen: HealthReading | ObsStatsReading, at: float) -> HealthFacts:
    """The facts after a reading at the monotonic time `at`."""
    match seen:
        case MetersReading() | BackupRecorderReading():
            return replace(facts, sound=fold_sound(facts.sound, seen, at))
        case PictureReading(role=role):
            before = facts.pictures.get(role, PictureFacts())
            return replace(facts, pictures={**facts.pictures, role: fold_pictures(before, seen, at)})
        case ProofReading():
            return replace(facts, proof=fold_proof(facts.proof, seen, at))
        case ButtonBoxesReading():
            return replace(facts, button_boxes=replace(facts.button_boxes, seen=seen, at=at))
        case HostReading():
            return replace(facts, machine=fold_machine(facts.machine, seen, at))
        case ObsStatsReading():
            return replace(
                facts,
                machine=fold_machine(facts.machine, seen, at),
                proof=fold_proof(facts.proof, seen, at),
                stream=fold_stream(facts.stream, seen, at),
            )
        case StreamQueueReading():
            return replace(facts, stream=fold_stream(facts.stream, seen, at))


def with_state(facts: HealthFacts, state: State, now: float) -> HealthFacts:
    """The facts with what the engine's state knows of OBS and of the session at the monotonic time `now`."""
    session = state.session
    streaming = state.stream
    scene = state.obs.program_scene if state.obs.link == "up" else ""
    return replace(
        facts,
        stream=replace(
            facts.stream,
            phase=streaming.phase,
            trouble=streaming.trouble,
            detail=streaming.detail,
            was_live=streaming.was_live,
            live_since=streaming.live_since,
            lost_at=streaming.lost_at,
        ),
        obs_up=state.obs.link == "up",
        obs_hung_since=state.obs.since if is_hung(state.obs) else None,
        recording=state.obs.recording,
        recording_since=session.running_since if session is not None else None,
        recording_ended=_ended(facts, state.obs.recording, now),
        session_wanted=session is not None and session.wanted,
        paused=session is not None and session.paused is not None,
        place=session.place if session is not None else "main",
        program_scene=scene,
        program_since=facts.program_since if scene == facts.program_scene else now,
    )


def _ended(facts: HealthFacts, recording: bool | None, now: float) -> float | None:
    """When OBS was last seen to end a recording; None while it records, and when it has recorded nothing."""
    if recording:
        return None
    return now if facts.recording and recording is False else facts.recording_ended
