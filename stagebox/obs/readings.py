"""What OBS says when it is asked what it is doing, in the engine's words."""

from collections.abc import Mapping
from typing import Any, Literal

from stagebox.model.observations import ObsConnected, ObsStatsReading, OutputPhase, RecordPhase
from stagebox.model.stream_state import StreamFigures
from stagebox.obs.connection import ObsConnection
from stagebox.obs.devices import SCAFFOLD

_PHASES: Mapping[str, Literal["starting", "started", "stopping", "stopped"]] = {
    "OBS_WEBSOCKET_OUTPUT_STARTING": "starting",
    "OBS_WEBSOCKET_OUTPUT_STARTED": "started",
    "OBS_WEBSOCKET_OUTPUT_STOPPING": "stopping",
    "OBS_WEBSOCKET_OUTPUT_STOPPED": "stopped",
}
RECORD_PHASES: Mapping[str, RecordPhase] = {
    **_PHASES,
    "OBS_WEBSOCKET_OUTPUT_PAUSED": "paused",
    "OBS_WEBSOCKET_OUTPUT_RESUMED": "resumed",
}
STREAM_PHASES: Mapping[str, OutputPhase] = {
    **_PHASES,
    "OBS_WEBSOCKET_OUTPUT_RECONNECTING": "reconnecting",
    "OBS_WEBSOCKET_OUTPUT_RECONNECTED": "reconnected",
}


def read_facts(connection: ObsConnection, generation: int) -> ObsConnected:
    """What OBS is doing as a connection begins. Raises ObsLinkError, ObsRefusedError."""
    version = connection.request("GetVersion")
    scenes, program = read_scenes(connection)
    recording = connection.request("GetRecordStatus")
    streaming = connection.request("GetStreamStatus")
    return ObsConnected(
        generation=generation,
        obs_version=str(version["obsVersion"]),
        websocket_version=str(version["obsWebSocketVersion"]),
        scenes=scenes,
        program_scene=program,
        recording=bool(recording["outputActive"]),
        streaming=bool(streaming["outputActive"]),
        paused=bool(recording.get("outputPaused")),
        recorded_s=_recorded_s(recording),
    )


def read_figures(connection: ObsConnection, generation: int) -> ObsStatsReading:
    """OBS's figures of now. Raises ObsLinkError, ObsRefusedError."""
    stats = connection.request("GetStats")
    record = connection.request("GetRecordStatus")
    stream = connection.request("GetStreamStatus")
    return ObsStatsReading(
        generation=generation,
        recording=bool(record["outputActive"]),
        paused=bool(record.get("outputPaused")),
        recorded_s=_recorded_s(record),
        record_bytes=int(record["outputBytes"]),
        active_fps=float(stats["activeFps"] or 0.0),
        cpu_percent=float(stats["cpuUsage"] or 0.0),
        free_disk_mb=float(stats["availableDiskSpace"] or 0.0),
        render_skipped_frames=int(stats["renderSkippedFrames"]),
        render_total_frames=int(stats["renderTotalFrames"]),
        output_skipped_frames=int(stats["outputSkippedFrames"]),
        output_total_frames=int(stats["outputTotalFrames"]),
        stream=StreamFigures(
            active=bool(stream["outputActive"]),
            reconnecting=bool(stream["outputReconnecting"]),
            sent_bytes=int(stream["outputBytes"]),
            congestion=float(stream.get("outputCongestion") or 0.0),
            skipped_frames=int(stream["outputSkippedFrames"]),
            total_frames=int(stream["outputTotalFrames"]),
        ),
    )


def read_scenes(connection: ObsConnection) -> tuple[tuple[str, ...], str]:
    """Return the scenes from top to bottom as OBS's window lists them, and the program scene."""
    answer = connection.request("GetSceneList")
    ordered = sorted(answer["scenes"], key=lambda scene: -int(scene["sceneIndex"]))
    names = (str(scene["sceneName"]) for scene in ordered)
    shown = tuple(name for name in names if not name.startswith(SCAFFOLD))
    return shown, str(answer["currentProgramSceneName"] or "")


def _recorded_s(status: Mapping[str, Any]) -> float | None:
    """Return how much the recording holds by OBS's word, in seconds; None when it does not tell."""
    told_ms = status.get("outputDuration")
    return float(told_ms) / 1000.0 if status["outputActive"] and told_ms is not None else None
