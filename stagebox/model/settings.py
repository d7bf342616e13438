"""The typed settings: what stagebox.toml may say, its units, ranges and defaults.

Every field carries a description, from which `stagebox config --example` and the docs are made.
Seconds end in `_s`, bytes in `_bytes`, levels in `_dbfs`, shares of one in `_share`.
"""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

Port = Annotated[int, Field(ge=1024, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
Share = Annotated[float, Field(ge=0, le=1)]
Dbfs = Annotated[float, Field(ge=-120, le=0)]

VideoKind = Literal["v4l2", "dshow", "avfoundation", "x11", "media", "none"]
AudioKind = Literal["pulse", "alsa", "wasapi", "coreaudio", "media", "none"]


class Section(BaseModel):
    """One table of stagebox.toml: strict, frozen, and without room for unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class EventSettings(Section):
    """What the event and the room are called: on the title cards and in file names."""

    title: str = Field("Our conference", min_length=1, max_length=120, description="Name of the event.")
    room: str = Field("Main room", min_length=1, max_length=60, description="Name of this room.")


class RecordingSettings(Section):
    """Where recordings go."""

    folder: Path = Field(
        Path("~/stagebox/recordings"),
        strict=False,
        description="Where OBS writes its FLV files. They are kept until you delete them.",
    )
    out: Path = Field(
        Path("~/stagebox/talks"), strict=False, description="Where the proven MP4 files and reports go."
    )
    reserve_bytes: int = Field(
        2_000_000_000, ge=100_000_000, description="Do not start a recording with less room than this."
    )


class ObsSettings(Section):
    """The OBS that stagebox starts (private) or joins (attach)."""

    mode: Literal["private", "attach"] = Field(
        "private", description="private: start an OBS of our own. attach: join one that runs already."
    )
    binary: str = Field("obs", min_length=1, description="The OBS program, for mode = private.")
    host: str = Field("127.0.0.1", min_length=1, description="Where OBS is, for mode = attach.")
    port: Port = Field(4466, description="Port of OBS's websocket. OBS's own default is 4455.")
    password_file: Path | None = Field(
        None,
        strict=False,
        description="A file of mode 0600 with the websocket password. A private OBS makes its own.",
    )
    display: str | None = Field(None, description="X display for a private OBS. Left out: the current one.")
    canvas_width: int = Field(1920, ge=320, le=7680, description="Canvas width of a private OBS in pixels.")
    canvas_height: int = Field(1080, ge=240, le=4320, description="Canvas height of a private OBS in pixels.")
    fps: int = Field(30, ge=10, le=120, description="Frames a second of a private OBS.")
    video_bitrate_kbps: int = Field(
        6000, ge=500, le=100_000, description="Video bitrate of a private OBS's recordings in kbit/s."
    )
    start_timeout_s: Seconds = Field(20.0, description="How long OBS may take until it answers.")
    request_timeout_s: Seconds = Field(3.0, description="How long OBS may take for one answer.")


class VideoSource(Section):
    """Where the slides or the camera picture comes from."""

    kind: VideoKind = Field("none", description="Kind of input; none leaves the role empty.")
    device: str = Field("", description="The device, exactly as `stagebox devices` prints it.")


class AudioSource(Section):
    """Where the sound comes from."""

    kind: AudioKind = Field("none", description="Kind of input; none leaves the role empty.")
    device: str = Field("", description="The device, exactly as `stagebox devices` prints it.")


class SourcesSettings(Section):
    """The device behind each source role."""

    slides: VideoSource = Field(VideoSource(), description="The speaker's laptop: an HDMI capture card.")
    camera: VideoSource = Field(VideoSource(), description="The camera that shows the speaker.")
    mic: AudioSource = Field(AudioSource(), description="The microphone or the mixer's output.")


class ScenesSettings(Section):
    """The scenes that `stagebox provision` builds in OBS."""

    pack: str = Field("conference", min_length=1, description="A scene pack by name, or a folder's path.")


class ApiSettings(Section):
    """The loopback API that kiosk, button box and command line use."""

    port: Port = Field(4470, description="Port on 127.0.0.1.")


class WaitSettings(Section):
    """How long the engine waits for OBS before waiting becomes an alarm."""

    scene_s: Seconds = Field(2.0, description="For a scene change.")
    start_s: Seconds = Field(5.0, description="For a recording to start.")
    stop_s: Seconds = Field(15.0, description="For a recording to stop and its file to be named.")
    process_stall_s: Seconds = Field(120.0, description="For progress while a recording is processed.")


class VerifySettings(Section):
    """When a recording is flagged. Stretches shorter than the note limit are not mentioned."""

    black_note_s: Seconds = Field(2.0, description="Black this long is a note.")
    black_warning_s: Seconds = Field(10.0, description="Black this long is a warning.")
    black_warning_share: Share = Field(0.05, description="Black for this share of the talk is a warning.")
    black_critical_share: Share = Field(0.5, description="Black for this share of the talk is critical.")
    no_signal_note_s: Seconds = Field(
        2.0, description="One colour, colour bars or a “no signal” card this long is a note."
    )
    no_signal_warning_s: Seconds = Field(10.0, description="No signal this long is a warning.")
    no_signal_warning_share: Share = Field(
        0.05, description="No signal for this share of the talk is a warning."
    )
    no_signal_critical_share: Share = Field(
        0.5, description="No signal for this share of the talk is critical."
    )
    no_signal_cards: tuple[Path, ...] = Field(
        (), strict=False, description="Pictures that your capture cards show when nothing is connected."
    )
    frozen_warning_s: Seconds = Field(
        10.0, description="A camera's picture that stands still this long is a warning."
    )
    frozen_critical_s: Seconds = Field(
        60.0, description="A camera's picture that stands still this long is critical."
    )
    silence_dbfs: Dbfs = Field(-50.0, description="Sound below this level is silence.")
    silence_warning_s: Seconds = Field(10.0, description="Silence this long is a warning.")
    silence_critical_share: Share = Field(0.5, description="Silence for this share is critical.")
    quiet_lufs: Annotated[float, Field(ge=-70, le=0)] = Field(
        -40.0, description="A recording whose loudness (EBU R 128) is below this is quiet."
    )
    clipping_warning_count: int = Field(
        20, ge=1, description="So many clipped peaks within ten seconds are a warning."
    )
    clipping_critical_share: Share = Field(
        0.2, description="Clipping in this share of all seconds with sound is critical."
    )
    channel_dead_dbfs: Dbfs = Field(
        -65.0, description="A channel below this level is dead, if another is not."
    )
    channel_dead_warning_s: Seconds = Field(60.0, description="A channel dead this long is a warning.")
    dropouts_warning_count: int = Field(
        12, ge=2, description="So many short gaps inside speech within ten seconds are a warning."
    )
    no_speech_min_s: Seconds = Field(
        60.0, description="Recordings with less sound than this are not judged for speech."
    )
    no_speech_share: Share = Field(
        0.05, description="A recording with speech in less than this share of its sound has no speech."
    )
    length_tolerance_s: Seconds = Field(
        2.0, description="A recording may be this much shorter than its session's clock."
    )


class ProcessSettings(Section):
    """How recordings become MP4s."""

    jobs: int = Field(0, ge=0, le=64, description="Recordings at a time; 0: one a core.")


class Settings(Section):
    """All of stagebox.toml."""

    state_dir: Path = Field(
        Path("~/.local/state/stagebox"),
        strict=False,
        description="Journal, catalogue, tokens, and the private OBS's own home.",
    )
    event: EventSettings = Field(EventSettings(), description="The event.")
    recording: RecordingSettings = Field(RecordingSettings(), description="Recordings.")
    obs: ObsSettings = Field(ObsSettings(), description="OBS.")
    sources: SourcesSettings = Field(SourcesSettings(), description="Devices.")
    scenes: ScenesSettings = Field(ScenesSettings(), description="Scenes.")
    api: ApiSettings = Field(ApiSettings(), description="API.")
    waits: WaitSettings = Field(WaitSettings(), description="Deadlines.")
    verify: VerifySettings = Field(VerifySettings(), description="Verification.")
    process: ProcessSettings = Field(ProcessSettings(), description="Processing.")

    @model_validator(mode="after")
    def _ports_differ(self) -> Self:
        if self.obs.mode == "private" and self.obs.port == self.api.port:
            raise ValueError("obs.port and api.port are the same port: give each its own")
        return self


Secret = SecretStr
"""A secret value: its `repr` and `str` are stars; only `get_secret_value()` shows it."""
