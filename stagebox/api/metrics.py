"""Figures for Prometheus, in its text format 0.0.4."""

from stagebox.model.report import Severity
from stagebox.model.snapshot import Snapshot


def metrics_text(snapshot: Snapshot) -> str:
    """The snapshot's figures. What is unknown is left out, never given as 0."""
    obs, session, health = snapshot.obs, snapshot.session, snapshot.health
    levels = [alarm.level for alarm in snapshot.alarms]
    figures: list[tuple[str, str, str, float | None]] = [
        ("obs_up", "gauge", "1 while OBS is connected", float(obs.link == "up")),
        ("recording", "gauge", "1 while OBS says that it records", _flag(snapshot.recording)),
        ("streaming", "gauge", "1 while OBS says that it streams", _flag(snapshot.streaming)),
        ("paused", "gauge", "1 while OBS has paused the recording", float(_paused(snapshot))),
        ("recording_wanted", "gauge", "1 while a person wants a recording", float(_wanted(snapshot))),
        ("session_seconds", "gauge", "Recorded time of the session", session.elapsed_s if session else None),
        ("record_bytes", "gauge", "Bytes of the present recording", obs.record_bytes),
        ("obs_fps", "gauge", "Frames a second that OBS renders", obs.fps),
        ("obs_cpu_percent", "gauge", "CPU that OBS takes", obs.cpu_percent),
        ("render_skipped_frames", "counter", "Frames not rendered in time", obs.render_skipped_frames),
        ("output_skipped_frames", "counter", "Frames not encoded in time", obs.output_skipped_frames),
        ("jobs", "gauge", "Recordings in work", float(len(snapshot.jobs))),
        ("snapshots_total", "counter", "Snapshots published", float(snapshot.seq)),
        ("readings_coalesced_total", "counter", "Readings that gave way to newer ones", health.coalesced),
        ("ear_blocks_dropped_total", "counter", "Sound the backup recorder had to drop", health.ear.dropped),
        ("disk_minutes_left", "gauge", "Minutes of recording with room", health.machine.disk_minutes_left),
    ]
    lines = []
    for name, kind, text, value in figures:
        if value is not None:
            lines += [f"# HELP stagebox_{name} {text}", f"# TYPE stagebox_{name} {kind}"]
            lines.append(f"stagebox_{name} {value:g}")
    machine = health.machine
    for name, text, by_group in (
        ("memory_bytes", "Memory of a group of processes", machine.memory_bytes),
        ("memory_high_bytes", "The most memory ever seen", machine.memory_high_bytes),
        ("memory_growth_bytes_per_hour", "Its trend", machine.memory_growth_bytes_per_h),
    ):
        if by_group:
            lines += [f"# HELP stagebox_{name} {text}", f"# TYPE stagebox_{name} gauge"]
            lines += [f'stagebox_{name}{{group="{group}"}} {value:g}' for group, value in by_group.items()]
    lines += ["# HELP stagebox_alarms Alarms that are raised", "# TYPE stagebox_alarms gauge"]
    lines += [f'stagebox_alarms{{level="{level}"}} {levels.count(level)}' for level in Severity]
    return "\n".join(lines) + "\n"


def _flag(known: bool | None) -> float | None:
    return None if known is None else float(known)


def _paused(snapshot: Snapshot) -> bool:
    return snapshot.session is not None and snapshot.session.paused


def _wanted(snapshot: Snapshot) -> bool:
    return snapshot.session is not None and snapshot.session.wanted
