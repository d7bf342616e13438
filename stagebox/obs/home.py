"""The private OBS's own home: settings written so that OBS starts without a question.

Nothing outside `folder` is read or written: the user's own OBS settings stay untouched.
"""

import configparser
import io
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from stagebox.model.errors import StorageError, storing
from stagebox.model.settings import ObsSettings
from stagebox.obs.private_folders import make_private_folder
from stagebox.system.files import write_whole

NAME = "Stagebox"
"""What the private OBS's profile and scene collection are called."""
FIRST_SCENE = "starting"
"""The one empty scene of a new collection, until the pack's scenes stand."""

_OBS_29_0_2 = "486539266"
KEYFRAME_S = 1
"""A keyframe this often. Streaming services ask for two seconds or less, and a cut file loses little.

A recording that begins while a stream runs begins with the next keyframe of the encoder that both share.
"""


@dataclass(frozen=True, slots=True)
class ObsHome:
    """A private OBS's home below `folder` (the state folder's `obs`)."""

    folder: Path

    @property
    def user_home(self) -> Path:
        """HOME as the private OBS sees it."""
        return self.folder / "home"

    @property
    def config(self) -> Path:
        """OBS's configuration folder."""
        return self.user_home / ".config" / "obs-studio"

    @property
    def password_file(self) -> Path:
        """Where the generated websocket password is kept, when the settings name no other file."""
        return self.folder / "websocket-password"

    @property
    def process_file(self) -> Path:
        """Which process the private OBS is."""
        return self.folder / "process.json"

    @property
    def output_file(self) -> Path:
        """What OBS printed since its last start; OBS's own logs are in `config / "logs"`."""
        return self.folder / "obs-output.log"

    def prepare(
        self, settings: ObsSettings, password: SecretStr, recordings: Path, *, tray: bool = False
    ) -> None:
        """Write what OBS reads at its start; the operator's other settings in these files stay.

        `tray`: whether OBS may have an icon in the desktop's tray, whose bubbles lie over all windows.
        Raises StorageError when a folder cannot be written.
        """
        make_private_folder(self.folder)
        profile = self.config / "basic" / "profiles" / NAME
        websocket = self.config / "plugin_config" / "obs-websocket"
        for folder in (profile, self.config / "basic" / "scenes", websocket):
            make_private_folder(folder)
        application = _application_settings(settings, password, tray=tray)
        # OBS 31 moved most of global.ini to user.ini, and obs-websocket 5.5 its part to config.json.
        for name in ("global.ini", "user.ini"):
            _merge_ini(self.config / name, application)
        with storing(websocket / "config.json"):
            write_whole(websocket / "config.json", _websocket_json(settings, password))
        _merge_ini(profile / "basic.ini", _profile_settings(settings, recordings))
        collection = self.config / "basic" / "scenes" / f"{NAME}.json"
        if not collection.exists():
            with storing(collection):
                write_whole(collection, _empty_collection())
        self.clear_crash_mark()

    def clear_crash_mark(self) -> None:
        """Remove the mark of an earlier crash, over which OBS 30 and later ask a question at the start."""
        sentinel = self.config / ".sentinel"
        if sentinel.exists():
            try:
                shutil.rmtree(sentinel)
            except OSError as error:
                raise StorageError(
                    f"{sentinel} cannot be removed: {error.strerror}.", "Check its owner and its rights."
                ) from error

    def environment(self, settings: ObsSettings, inherited: Mapping[str, str]) -> dict[str, str]:
        """Return the private OBS's environment: our home, and the user's screen and sound."""
        user = Path(inherited.get("HOME") or Path.home())
        environment = dict(inherited)
        environment |= {
            "HOME": str(self.user_home),
            "XDG_CONFIG_HOME": str(self.user_home / ".config"),
            "XDG_DATA_HOME": str(self.user_home / ".local" / "share"),
            "XDG_CACHE_HOME": str(self.user_home / ".cache"),
        }
        if settings.display is not None and settings.window == "shown":
            environment["DISPLAY"] = settings.display
            environment["QT_QPA_PLATFORM"] = "xcb"
            environment.pop("WAYLAND_DISPLAY", None)
        # Found below the user's home unless named: a new HOME would lose the screen and the sound.
        for variable, path in (
            ("XAUTHORITY", user / ".Xauthority"),
            ("PULSE_COOKIE", user / ".config" / "pulse" / "cookie"),
        ):
            if variable not in environment and path.exists():
                environment[variable] = str(path)
        return environment


Ini = Mapping[str, Mapping[str, str]]


def _application_settings(settings: ObsSettings, password: SecretStr, *, tray: bool) -> Ini:
    return {
        "General": {
            "FirstRun": "true",
            "LastVersion": _OBS_29_0_2,
            "Pre19Defaults": "false",
            "Pre21Defaults": "false",
            "Pre23Defaults": "false",
            "Pre24.1Defaults": "false",
            "EnableAutoUpdates": "false",
            "ConfirmOnExit": "false",
        },
        "Basic": {
            "Profile": NAME,
            "ProfileDir": NAME,
            "SceneCollection": NAME,
            "SceneCollectionFile": NAME,
            "ConfigOnNewProfile": "false",
        },
        "BasicWindow": {
            "SysTrayEnabled": "true" if tray else "false",
            # Nobody looks at OBS's own preview; without a GPU, drawing it takes a fifth of a core.
            "PreviewEnabled": "false",
            "WarnBeforeStartingStream": "false",
            "WarnBeforeStoppingStream": "false",
            "WarnBeforeStoppingRecord": "false",
        },
        "OBSWebSocket": {
            "FirstLoad": "false",
            "ServerEnabled": "true",
            "ServerPort": str(settings.port),
            "AlertsEnabled": "false",
            "AuthRequired": "true",
            "ServerPassword": password.get_secret_value(),
        },
    }


def _websocket_json(settings: ObsSettings, password: SecretStr) -> bytes:
    return json.dumps(
        {
            "first_load": False,
            "server_enabled": True,
            "server_port": settings.port,
            "alerts_enabled": False,
            "auth_required": True,
            "server_password": password.get_secret_value(),
        }
    ).encode()


def _profile_settings(settings: ObsSettings, recordings: Path) -> Ini:
    width, height = str(settings.canvas_width), str(settings.canvas_height)
    return {
        "General": {"Name": NAME},
        # OBS tries again by itself first; when the server is back and OBS still waits, it is hurried.
        "Output": {
            "Mode": "Simple",
            "OverwriteIfExists": "false",
            "Reconnect": "true",
            "RetryDelay": "1",
            "MaxRetries": "25",
        },
        "SimpleOutput": {
            "FilePath": recordings.as_posix(),
            "RecFormat": "flv",
            "RecFormat2": "flv",
            "RecQuality": "Stream",
            "VBitrate": str(settings.video_bitrate_kbps),
            "ABitrate": "192",
            "StreamEncoder": "x264",
            "RecEncoder": "x264",
            "UseAdvanced": "true",
            "Preset": "veryfast",
            "x264Settings": f"keyint={settings.fps * KEYFRAME_S}",
        },
        "Video": {
            "BaseCX": width,
            "BaseCY": height,
            "OutputCX": width,
            "OutputCY": height,
            "FPSType": "1",
            "FPSInt": str(settings.fps),
        },
        "Audio": {"SampleRate": "48000", "ChannelSetup": "Stereo"},
    }


def _empty_collection() -> bytes:
    """Return a collection of one empty scene: one that OBS makes itself would record the desktop's sound."""
    scene = {"id": "scene", "versioned_id": "scene", "name": FIRST_SCENE, "settings": {"items": []}}
    return json.dumps(
        {
            "name": NAME,
            "current_scene": FIRST_SCENE,
            "current_program_scene": FIRST_SCENE,
            "scene_order": [{"name": FIRST_SCENE}],
            "sources": [scene],
            "current_transition": "Cut",
            "transition_duration": 300,
        }
    ).encode()


def _merge_ini(path: Path, wanted: Ini) -> None:
    """Set the wanted keys in an ini file and leave the others; write only when something changes."""
    ini = configparser.RawConfigParser(strict=False, comment_prefixes=("#",), delimiters=("=",))
    ini.optionxform = str  # type: ignore[assignment, method-assign]  # OBS's keys have capitals.
    try:
        ini.read_string(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        pass
    except (configparser.Error, UnicodeDecodeError):
        # Damaged, as after a power cut: OBS would ignore it too. Kept aside, then written anew.
        path.replace(path.with_name(f"{path.name}.damaged"))
        ini.clear()
    for section, values in wanted.items():
        if not ini.has_section(section):
            ini.add_section(section)
        for key, value in values.items():
            ini.set(section, key, value)
    text = io.StringIO()
    ini.write(text, space_around_delimiters=False)
    data = text.getvalue().encode()
    if not path.exists() or path.read_bytes() != data or path.stat().st_mode & 0o077:
        with storing(path):
            write_whole(path, data)


def inherited_environment() -> Mapping[str, str]:
    """Return this process's environment."""
    return os.environ
