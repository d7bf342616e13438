"""An effect for OBS, as the requests that carry it out."""

from collections.abc import Callable

from stagebox.model.effects import (
    ObsEffect,
    ObsForgetStream,
    ObsOpen,
    ObsResumeRecord,
    ObsStartRecord,
    ObsStartStream,
    ObsStopRecord,
    ObsStopStream,
    ObsSwitchScene,
)
from stagebox.obs.collection_and_profile import open_again
from stagebox.obs.connection import ObsConnection
from stagebox.obs.stream_target import FORGOTTEN, StreamService


def carry_out(
    connection: ObsConnection, effect: ObsEffect, service: Callable[[], StreamService | None]
) -> None:
    """Have OBS do it; `service` says where a stream goes.

    Raises ObsRefusedError, ObsLinkError, SettingsError when the stream's target cannot be told.
    """
    match effect:
        case ObsSwitchScene(scene=scene):
            connection.request("SetCurrentProgramScene", {"sceneName": scene})
        case ObsStartRecord(filename_stem=stem, folder=folder):
            connection.request("SetProfileParameter", _filename_parameter(stem))
            if folder:
                connection.request("SetProfileParameter", _folder_parameter(folder))
            connection.request("StartRecord")
        case ObsStopRecord():
            connection.request("StopRecord")
        case ObsResumeRecord():
            connection.request("ResumeRecord")
        case ObsOpen(what=what, name=name):
            open_again(connection, what, name)
        case ObsStartStream():
            _start_stream(connection, service)
        case ObsStopStream():
            connection.request("StopStream")
        case ObsForgetStream():
            # Twice: OBS keeps the settings of before beside the new ones.
            connection.request("SetStreamServiceSettings", FORGOTTEN.request())
            connection.request("SetStreamServiceSettings", FORGOTTEN.request())


def _start_stream(connection: ObsConnection, service: Callable[[], StreamService | None]) -> None:
    """Give OBS the target and the key, then go live. Raises SettingsError, ObsRefusedError."""
    target = service()
    if target is not None:
        connection.request("SetStreamServiceSettings", target.request())
    connection.request("StartStream")


def _folder_parameter(folder: str) -> dict[str, str]:
    """Return the request that says where the next recording goes, in the simple mode of a private OBS.

    obs-websocket has SetRecordDirectory only from 5.3 on, and it does the same.
    """
    return {"parameterCategory": "SimpleOutput", "parameterName": "FilePath", "parameterValue": folder}


def _filename_parameter(stem: str) -> dict[str, str]:
    """Return the request that names the next recording; OBS itself never overwrites, it adds "(2)"."""
    return {
        "parameterCategory": "Output",
        "parameterName": "FilenameFormatting",
        "parameterValue": stem.replace("%", "%%"),
    }
