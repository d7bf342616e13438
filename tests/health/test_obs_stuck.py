"""An OBS that does not answer: left alone while its file grows, replaced when it writes nothing."""

from dataclasses import replace

from stagebox.engine.reducer import reduce
from stagebox.engine.rules import ReducerRules
from stagebox.health.due_remedies import due_remedies
from stagebox.health.health_state import HealthRules, HealthState, with_state
from stagebox.health.obs_stuck import obs_stuck, writes
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.proof import ProofFacts, ProofReading
from stagebox.model.messages import Message
from stagebox.model.observations import ObsDisconnected, ObsProcessEvent
from stagebox.model.remedies import RemedyLedger, RemedyWanted
from stagebox.model.settings import HealthSettings, RemedySettings
from tests.engine.messages import EPOCH, recording_box

LIMITS = HealthSettings()
NOW = 100.0


def facts(*, grew_ago_s: float | None = 0.5, looked_ago_s: float = 0.5, local: bool = True) -> HealthFacts:
    """A talk is wanted and was recorded; OBS has not answered for five seconds."""
    grew_at = None if grew_ago_s is None else NOW - grew_ago_s
    proof = ProofFacts(path="/rec/a.flv", file_at=NOW - looked_ago_s, file_bytes=9, file_grew_at=grew_at)
    return HealthFacts(
        proof=proof, local=local, obs_hung_since=NOW - 5.0, session_wanted=True, recording_since=NOW - 60.0
    )


def due(seen: HealthFacts, settings: RemedySettings | None = None) -> tuple[RemedyWanted, ...]:
    _, wanted = due_remedies(
        seen,
        LIMITS,
        settings or RemedySettings(),
        RemedyLedger(),
        NOW,
        on_air=True,
        muted=None,
        declared_live=False,
    )
    return wanted


def test_a_file_that_grows_leaves_obs_alone_and_the_loss_of_control_is_an_alarm() -> None:
    (check,) = obs_stuck(facts(), LIMITS, NOW)
    assert (check.outcome, check.level) == ("bad", "critical")
    assert "goes on recording" in check.summary
    assert due(facts()) == ()


def test_a_file_that_does_not_grow_has_obs_replaced() -> None:
    still = facts(grew_ago_s=4.5)
    (check,) = obs_stuck(still, LIMITS, NOW)
    assert "NOT being recorded" in check.summary
    (wanted,) = due(still)
    assert (wanted.remedy, wanted.asks) == ("replace_obs", False)


def test_a_file_that_never_grew_has_obs_replaced_too() -> None:
    assert writes(facts(grew_ago_s=None), LIMITS, NOW) == "no"


def test_what_nobody_can_tell_is_asked_and_never_done() -> None:
    for unknown in (facts(looked_ago_s=10.0), facts(local=False), replace(facts(), proof=ProofFacts())):
        assert writes(unknown, LIMITS, NOW) == "unknown"
        assert all(wanted.asks for wanted in due(unknown))


def test_the_setting_makes_it_a_question() -> None:
    (wanted,) = due(facts(grew_ago_s=4.5), RemedySettings(replace_obs=False))
    assert wanted.asks


def test_an_obs_that_hangs_while_nothing_is_recorded_is_a_warning_and_a_question() -> None:
    idle = replace(facts(), session_wanted=False, recording_since=None)
    (check,) = obs_stuck(idle, LIMITS, NOW)
    assert check.level == "warning"
    (wanted,) = due(idle)
    assert wanted.asks


def test_an_obs_that_answers_is_neither_stuck_nor_replaced() -> None:
    well = replace(facts(grew_ago_s=9.0), obs_hung_since=None)
    assert obs_stuck(well, LIMITS, NOW)[0].outcome == "fine"
    assert due(well) == ()


def test_a_hang_is_told_from_a_death_by_the_process() -> None:
    box = recording_box()
    box.say(ObsProcessEvent(phase="running", pid=7))
    box.say(ObsDisconnected(generation=1, fault="timeout"))
    assert with_state(HealthFacts(), box.state, box.now).obs_hung_since == box.state.obs.since
    assert "obs_down" not in box.codes()
    box.say(ObsProcessEvent(phase="exited", pid=7, exit_code=-9))
    assert with_state(HealthFacts(), box.state, box.now).obs_hung_since is None
    assert "obs_down" in box.codes()


def test_the_vitals_ask_for_a_replacement_within_five_seconds_of_the_last_growth() -> None:
    box = recording_box()
    box.say(ObsProcessEvent(phase="running", pid=7))
    health_state, frozen_at = HealthState(), box.now + 10.0
    taken: list[float] = []
    state = box.state
    for tenths in range(250):
        at = box.now + tenths / 10
        if tenths % 10 == 0:
            size = 1000 * tenths if at <= frozen_at else 100_000
            health_state = health_state.see(ProofReading(path="/rec/a.flv", file_bytes=size), at)
        if tenths == 140:
            lost = ObsDisconnected(generation=1, fault="timeout")
            state, _ = reduce(state, Message(at=at, utc=EPOCH + at, body=lost), ReducerRules())
        health_state, wanted = health_state.judge(state, HealthRules(), at)
        taken += [at - frozen_at for one in wanted if one.remedy == "replace_obs"]
    assert taken
    assert 4.0 <= taken[0] <= 5.2
