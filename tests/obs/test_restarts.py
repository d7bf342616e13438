"""When an OBS that ended is started again."""

from stagebox.obs.restarts import SETTLED_S, RestartBackoff


def test_the_first_restart_after_a_crash_does_not_wait() -> None:
    assert RestartBackoff().after(SETTLED_S + 1).pause_s == 0.0
    assert RestartBackoff().after(3.0).pause_s == 0.0


def test_an_obs_that_ends_again_and_again_is_started_ever_later_and_people_are_told() -> None:
    restarts, pauses = RestartBackoff(), []
    for _ in range(10):
        restarts = restarts.after(1.0)
        pauses.append(restarts.pause_s)
    assert pauses[:4] == [0.0, 0.5, 1.0, 2.0]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 10.0
    words = restarts.words("OBS was ended by SIGSEGV.")
    assert "10 times in a row" in words
    assert "SIGSEGV" in words
    assert "tries again in 10 s" in words


def test_an_obs_that_never_answered_counts_as_short_lived() -> None:
    assert RestartBackoff().after(None).after(None).pause_s > 0


def test_a_long_life_begins_the_count_anew() -> None:
    restarts = RestartBackoff(short_lives=6).after(SETTLED_S + 1)
    assert restarts.pause_s == 0.0
