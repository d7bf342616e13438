"""What holds for every rule about the sound, whatever was seen before."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.health.folds.sound import fold_sound
from stagebox.health.rules import sound_rules
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import (
    BackupRecorderReading,
    ChannelLevel,
    MetersReading,
    SoundFacts,
    SoundReading,
    SoundWanted,
)
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings

LIMITS = HealthSettings()
WANTED = SoundWanted(mic=True, ear=True, device="mic", silent_scenes=frozenset({"Card"}))

dbfs = st.floats(-120, 0)
levels = st.lists(st.builds(ChannelLevel, rms_dbfs=dbfs, peak_dbfs=dbfs), max_size=2).map(tuple)
statuses = st.sampled_from(
    ["off", "starting", "listening", "no_portaudio", "no_device", "busy", "refused", "lost", "down"]
)
counts = st.integers(0, 1000)
ears = st.builds(
    BackupRecorderReading,
    run=st.integers(0, 2),
    status=statuses,
    rate_hz=st.sampled_from([0, 44_100, 48_000]),
    measured_rate_hz=st.none() | st.floats(1000, 100_000),
    levels=levels,
    clipped=counts,
    xruns=counts,
    gaps=counts,
    dropped=counts,
)
meters = st.builds(
    MetersReading,
    run=st.integers(0, 2),
    up=st.booleans(),
    present=st.sampled_from([None, True, False]),
    live=st.booleans(),
    muted=st.sampled_from([None, True, False]),
    volume_db=st.none() | st.floats(-100, 26),
    device=st.sampled_from([None, "mic", "other"]),
    levels=levels,
    clipped=counts,
    holes=counts,
)
histories = st.lists(st.tuples(st.floats(0.05, 5), ears | meters), max_size=25)
worlds = st.builds(
    HealthFacts,
    obs_up=st.booleans(),
    recording=st.sampled_from([None, True, False]),
    session_wanted=st.booleans(),
    program_scene=st.sampled_from(["", "Screen", "Card"]),
)


def after(history: list[tuple[float, SoundReading]]) -> tuple[SoundFacts, float]:
    sound, now = SoundFacts(wanted=WANTED), 100.0
    for pause_s, seen in history:
        now += pause_s
        sound = fold_sound(sound, seen, now)
    return sound, now


@settings(deadline=None)
@given(history=histories, world=worlds, later_s=st.floats(0.001, 1e5))
def test_no_rule_says_fine_on_stale_facts(
    history: list[tuple[float, SoundReading]], world: HealthFacts, later_s: float
) -> None:
    sound, now = after(history)
    facts = replace(world, sound=sound)
    for rule, _ in sound_rules(LIMITS):
        for check in rule(facts, LIMITS, now + LIMITS.stale_s + later_s):
            assert check.outcome != "fine"


@settings(deadline=None)
@given(world=worlds, now=st.floats(0, 1e6))
def test_no_rule_says_fine_on_missing_facts(world: HealthFacts, now: float) -> None:
    facts = replace(world, sound=SoundFacts(wanted=WANTED))
    outcomes = {check.outcome for rule, _ in sound_rules(LIMITS) for check in rule(facts, LIMITS, now)}
    assert outcomes == {"unknown"}


@settings(deadline=None)
@given(history=histories, world=worlds)
def test_no_rule_but_the_ears_says_fine_while_obs_tells_nothing(
    history: list[tuple[float, SoundReading]], world: HealthFacts
) -> None:
    sound, now = after(
        [(pause_s, seen) for pause_s, seen in history if isinstance(seen, BackupRecorderReading)]
    )
    facts = replace(world, sound=sound)
    for rule, _ in sound_rules(LIMITS):
        for check in rule(facts, LIMITS, now):
            assert check.outcome != "fine" or check.code is Code.EAR_DOWN


@settings(deadline=None)
@given(history=histories, world=worlds)
def test_each_rule_always_says_the_same_codes_and_a_sentence_with_a_remedy_for_what_is_bad(
    history: list[tuple[float, SoundReading]], world: HealthFacts
) -> None:
    sound, now = after(history)
    facts = replace(world, sound=sound)
    for rule, _ in sound_rules(LIMITS):
        (check,) = rule(facts, LIMITS, now)
        (nothing,) = rule(HealthFacts(sound=SoundFacts(wanted=WANTED)), LIMITS, now)
        assert (check.code, check.role) == (nothing.code, nothing.role)
        if check.outcome != "fine":
            assert check.summary
        if check.outcome == "bad" and check.code is not Code.EAR_DOWN:
            assert check.remedy


@settings(deadline=None)
@given(history=histories)
def test_facts_stay_small_whatever_is_seen(history: list[tuple[float, SoundReading]]) -> None:
    sound, _ = after(history * 20)
    for tally in (sound.obs.clipped, sound.obs.holes, sound.ear.clipped, sound.ear.holes):
        assert len(tally.seconds) <= 16
        assert all(count > 0 for _, count in tally.seconds)
