"""The only room that names a platform: files, locks, processes, clocks, back-off, the service manager.

Imports nothing of ours. What a platform lacks is done in another way, or not at all, as each function says.
"""

import sys

LINUX: bool = sys.platform.startswith("linux")
