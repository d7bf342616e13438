"""What all tests share: one tree gives one answer.

Property tests take the same examples each time, so that a run is green or red for what was changed. New
examples are looked for with `scripts/test --hypothesis-profile explore`. How long one takes is no matter.
"""

import os

# As in a worker: on arrays as small as these a second thread only costs. It counts before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings

from tests.browser import browser, page

__all__ = ["browser", "page"]

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile("same")
