"""A venue that several tests look at; each test that changes it makes its own."""

from collections.abc import Iterator

import pytest

from stagebox.rehearsal.venue import Venue


@pytest.fixture(scope="module")
def venue() -> Iterator[Venue]:
    with Venue() as made:
        yield made
