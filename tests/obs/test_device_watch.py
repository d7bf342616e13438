"""Whether a source may be dead although its device is there: what is remembered between two looks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.model.facts.pictures import DevicePresence
from stagebox.obs.device_watch import DeviceWatch

HERE = DevicePresence(state="present", identity="1")
ANOTHER = DevicePresence(state="present", identity="2")
GONE = DevicePresence(state="absent")
UNKNOWN = DevicePresence(state="unknown")


def after(*events: DevicePresence | str) -> DeviceWatch:
    watch = DeviceWatch()
    for event in events:
        watch = watch.picture_seen(event) if isinstance(event, str) else watch.device_seen(event)
    return watch


def test_a_device_that_stays_is_never_stale() -> None:
    assert not after(HERE, "a", HERE, "a", HERE, "b").stale


def test_a_device_that_came_back_is_stale_until_the_source_is_started_again() -> None:
    watch = after(HERE, "a", GONE, "a", HERE, "a")
    assert watch.stale
    restarted = watch.restarted()
    assert not restarted.stale
    assert not restarted.device_seen(HERE).picture_seen("a").stale


def test_going_and_coming_back_between_two_looks_shows() -> None:
    assert after(HERE, "a", ANOTHER).stale


def test_another_picture_shows_that_the_source_lives_again() -> None:
    assert not after(HERE, "a", GONE, "a", ANOTHER, "b").stale


def test_a_slide_that_changed_at_the_last_moment_is_no_sign_of_life() -> None:
    assert after(HERE, "a", ANOTHER, "b", ANOTHER, "b").stale
    assert after(HERE, "a", GONE, "b", HERE, "b").stale


def test_a_picture_that_goes_on_changing_is_one() -> None:
    assert not after(HERE, "a", ANOTHER, "b", ANOTHER, "c").stale


def test_a_film_without_an_identity_can_come_back_too() -> None:
    file = DevicePresence(state="present")
    assert after(file, "a", GONE, "a", file, "a").stale


def test_after_a_restart_the_next_loss_is_noticed() -> None:
    watch = after(HERE, "a", GONE, ANOTHER, "a").restarted()
    assert watch.picture_seen("b").device_seen(DevicePresence(state="present", identity="3")).stale


def test_nothing_is_restarted_while_the_device_is_gone() -> None:
    assert after(HERE, "a", GONE).restarted().lost


@given(st.lists(st.sampled_from([UNKNOWN, "a", "b"])))
@settings(deadline=None)
def test_what_cannot_be_asked_is_never_called_stale(events: list[DevicePresence | str]) -> None:
    assert not after(*events).stale
