"""Is the backup recorder still on the microphone that it was given? PulseAudio moves streams without a word.

When a source is gone, PulseAudio (14 and newer) puts whoever listened to it onto another one, and ALSA's
plugin cannot forbid that: the backup recorder would go on with a wrong microphone. So PulseAudio itself is
asked.
"""

import logging
import os
from typing import Any

TIMEOUT_S = 2.0
_log = logging.getLogger(__name__)


class PulseWatch:
    """Asks the PulseAudio server that the environment names. For one thread."""

    def __init__(self) -> None:
        self._server: Any = None

    def astray(self, device: str) -> bool:
        """Whether this process's recording streams are on another source than `device`, or it is gone.

        False where that cannot be known: no stream yet, no server, no pulsectl.
        """
        try:
            import pulsectl
        except (ImportError, OSError):
            return False
        try:
            if self._server is None:
                server = pulsectl.Pulse("stagebox ear", connect=False)
                server.connect(timeout=TIMEOUT_S)
                self._server = server
            own = [
                output
                for output in self._server.source_output_list()
                if output.proplist.get("application.process.id") == str(os.getpid())
            ]
            if not own:
                return False
            try:
                wanted = self._server.get_source_by_name(device).index
            except pulsectl.PulseIndexError:
                return True
            return any(output.source != wanted for output in own)
        except (pulsectl.PulseError, OSError) as error:
            _log.debug("PulseAudio did not answer: %s", error)
            self.close()
            return False

    def close(self) -> None:
        """Leave the server."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
