import pytest

from stagebox.model.errors import StorageError
from stagebox.serve.appliance_parts import AppliancePart, ApplianceParts, End


class Told:
    """Parts that write down what becomes of them."""

    def __init__(self) -> None:
        self.log: list[str] = []

    def part(self, name: str) -> AppliancePart:
        def start() -> End:
            self.log.append(f"{name} starts")
            return lambda: self.log.append(f"{name} ends")

        return AppliancePart(name, start)

    def failing(self, name: str) -> AppliancePart:
        def start() -> None:
            self.log.append(f"{name} fails")
            raise StorageError("The disk is full.", "Make room.")

        return AppliancePart(name, start)


def test_parts_start_in_their_order_and_end_in_the_opposite_one() -> None:
    told, parts = Told(), ApplianceParts()
    nothing_to_end = AppliancePart("looked at", lambda: told.log.append("looked at"))
    parts.start([told.part("disk"), nothing_to_end, told.part("engine"), told.part("link")])
    parts.stop()
    assert told.log == [
        *("disk starts", "looked at", "engine starts", "link starts"),
        *("link ends", "engine ends", "disk ends"),
    ]


def test_a_part_that_fails_ends_those_before_it_and_is_named(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    told, parts = Told(), ApplianceParts()
    with pytest.raises(StorageError, match="The disk is full"):
        parts.start([told.part("disk"), told.part("engine"), told.failing("the link"), told.part("probes")])
    assert told.log == ["disk starts", "engine starts", "the link fails", "engine ends", "disk ends"]
    assert caplog.messages == ["The start ends at: the link."]
    parts.stop()
    assert told.log[-1] == "disk ends", "each is ended once"


def test_a_part_that_cannot_end_is_named_and_the_others_end(caplog: pytest.LogCaptureFixture) -> None:
    def bad() -> None:
        raise RuntimeError("stuck")

    told, parts = Told(), ApplianceParts()
    parts.start([told.part("disk"), AppliancePart("the ear", lambda: bad), told.part("link")])
    parts.stop()
    assert told.log[-2:] == ["link ends", "disk ends"]
    assert caplog.messages == ["This did not end as it should: the ear."]
