"""The stream's target and key: kept, checked, and given to OBS alone. The key is never shown or logged."""

import threading
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from stagebox.messages.code_catalogue import coded, say
from stagebox.model.errors import SettingsError, StorageError, storing
from stagebox.model.observations import StreamSetUpEvent
from stagebox.model.settings import Settings, StreamSettings
from stagebox.model.stream_state import StreamSetUp
from stagebox.obs.home import ObsHome
from stagebox.obs.private_folders import make_private_folder
from stagebox.obs.stream_services import Service, read_services, service_lists
from stagebox.obs.stream_target import (
    Problem,
    StreamService,
    key_problem,
    obs_service,
    server_url,
    set_up_of,
    target_problem,
)
from stagebox.settings import writing as settings_file
from stagebox.settings.secrets import read_secret
from stagebox.system.files import write_whole

KEY_NAME = "stream-key"


def key_path(settings: Settings) -> Path:
    """Where the stream key is kept."""
    return settings.stream.key_file or settings.state_dir / KEY_NAME


def known_services(settings: Settings) -> tuple[Service, ...]:
    """The streaming services that OBS knows by name; none when its list is not on this computer."""
    return read_services(service_lists(ObsHome(settings.state_dir / "obs").config))


def keep_key(path: Path, key: SecretStr) -> None:
    """Write the stream key, in a file of mode 0600.

    Raises:
        SettingsError: the key cannot be one; nothing is written, and the sentence does not say the key.
        StorageError: the file cannot be written.
    """
    problem = key_problem(key.get_secret_value())
    if problem is not None:
        raise SettingsError(*problem)
    if not path.parent.exists():
        make_private_folder(path.parent)
    with storing(path):
        write_whole(path, key.get_secret_value().encode() + b"\n")


def forget_key(path: Path) -> None:
    """Remove the stream key; nothing happens when there is none. Raises StorageError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            say("key_not_removed", path=str(path), reason=str(error.strerror)), say("not_written_help")
        ) from error


class StreamTargetStore:
    """Where the stream goes, as the appliance and its views know it. Safe for threads.

    Args:
        post: told of each change, without the key; must only enqueue.
        config: the settings file, made when it is missing.
    """

    def __init__(self, settings: Settings, post: Callable[[StreamSetUpEvent], None], *, config: Path) -> None:
        self._key_path = key_path(settings)
        self._stream = settings.stream
        self._private = settings.obs.mode == "private"
        self._lists = service_lists(ObsHome(settings.state_dir / "obs").config)
        self._config = config
        self._post = post
        self._changes = 0
        self._lock = threading.RLock()

    def tell(self) -> None:
        """Tell how target and key are now."""
        with self._lock:
            self._changes += 1
            self._post(StreamSetUpEvent(set_up=self.set_up()))

    def set_up(self) -> StreamSetUp:
        """Target and key as they are now, without the key."""
        with self._lock:
            fault = self._key_fault()
            return set_up_of(
                self._stream,
                self.services(),
                has_key=fault is None and self._key_path.exists(),
                key_fault=fault,
                private=self._private,
                change=self._changes,
            )

    @property
    def target(self) -> StreamSettings:
        """The target as the settings name it."""
        with self._lock:
            return self._stream

    def services(self) -> tuple[Service, ...]:
        """The streaming services that OBS knows by name."""
        return read_services(self._lists)

    def service_names(self) -> list[str]:
        """The names of these services, those first that many people use."""
        return [one.name for one in sorted(self.services(), key=lambda one: not one.common)]

    def server(self) -> str:
        """The address of the server that the stream goes to, "" for none."""
        return server_url(self.target, self.services())

    def service(self) -> StreamService | None:
        """What OBS is to be told, with the key; None for an OBS that streams as its owner set it.

        Raises:
            SettingsError: target or key cannot be used.
        """
        with self._lock:
            set_up = self.set_up()
            if set_up.own:
                return None
            if set_up.problem:
                raise SettingsError(set_up.problem, set_up.remedy)
            key = read_secret(self._key_path) if set_up.has_key else SecretStr("")
            return obs_service(self._stream, self.services(), key)

    def set_key(self, key: SecretStr) -> None:
        """Keep another key, for now and later. Raises SettingsError, StorageError."""
        with self._lock:
            keep_key(self._key_path, key)
            self.tell()

    def forget_key(self) -> None:
        """Keep no key any more. Raises StorageError."""
        with self._lock:
            forget_key(self._key_path)
            self.tell()

    def set_target(self, service: str, server: str) -> None:
        """Stream to another place, for now and later: the settings file is changed.

        Raises:
            SettingsError: the target cannot be used, in a sentence; nothing was changed.
            StorageError: the settings file cannot be written.
        """
        with self._lock:
            wanted = self._stream.model_copy(update={"service": service.strip(), "server": server.strip()})
            problem = target_problem(wanted, self.services())
            if problem is not None:
                raise SettingsError(*problem)
            changes = {"stream.service": wanted.service or None, "stream.server": wanted.server or None}
            settings_file.change(self._config, changes)
            self._stream = wanted
            self.tell()

    def _key_fault(self) -> Problem | None:
        if not self._key_path.exists():
            return None
        try:
            key = read_secret(self._key_path)
        except SettingsError as error:
            return coded(error.what, "key_unreadable"), coded(error.remedy, "key_unreadable_help")
        return key_problem(key.get_secret_value())
