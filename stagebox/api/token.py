"""Where the API's bearer token lies: one file, so that whoever may read it may speak to this stagebox."""

from pathlib import Path


def token_path(state_dir: Path) -> Path:
    """The token's file, of mode 0600, in stagebox's state folder."""
    return state_dir / "api-token"
