"""The typed settings: what stagebox.toml may say, its units, ranges and defaults.

Every field carries a description, from which `stagebox config --example` and the docs are made.
Seconds end in `_s`, bytes in `_bytes`, levels in `_dbfs`, shares of one in `_share`.
"""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from stagebox.model import button_words

Port = Annotated[int, Field(ge=1024, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
Share = Annotated[float, Field(ge=0, le=1)]
Dbfs = Annotated[float, Field(ge=-120, le=0)]


def _placed(path: Path, info: ValidationInfo) -> Path:
    """The path, absolute from the `folder` that the validation's context names; without one as it is."""
    if info.context is None:
        return path
    if "\0" in str(path):
        raise ValueError("the path has a NUL character")
    try:
        folder: Path = info.context["folder"]
        return folder / path.expanduser()
    except RuntimeError:
        raise ValueError(f"the home folder in {path} is not known") from None


def _placed_text(text: str, info: ValidationInfo) -> str:
    """Where both a name and a path may stand, a path is what has a slash."""
    return str(_placed(Path(text), info)) if "/" in text or "\\" in text else text


PlacedPath = Annotated[Path, Field(strict=False), AfterValidator(_placed)]
"""A path; from a settings file it is absolute: it starts from the file's folder, and `~` is the home."""
NameOrPath = Annotated[str, Field(min_length=1), AfterValidator(_placed_text)]

VideoKind = Literal["v4l2", "dshow", "avfoundation", "x11", "media", "none"]
AudioKind = Literal["pulse", "alsa", "wasapi", "coreaudio", "media", "none"]


class SettingsSection(BaseModel):
    """One table of stagebox.toml: strict, frozen, and without room for unknown keys."""

    # Half of the programs that load this module never check a setting: the validators are made when needed.
    # Defaults are checked too, for their paths have places like any other.
    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        defer_build=True,
        validate_default=True,
        revalidate_instances="always",
    )


class EventSettings(SettingsSection):
    """What the event and the room are called: on the title cards and in file names."""

    title: str = Field("Our conference", min_length=1, max_length=120, description="Name of the event.")
    room: str = Field("Main room", min_length=1, max_length=60, description="Name of this room.")


class RecordingSettings(SettingsSection):
    """Where recordings go."""

    folder: PlacedPath = Field(
        Path("~/stagebox/recordings"),
        description="Where OBS writes its FLV files. They are kept until you delete them.",
    )
    second_folder: PlacedPath | None = Field(
        None,
        description="A folder on another disk: a recording moves there when the first is gone or full.",
        examples=["/mnt/second/recordings"],
    )
    out: PlacedPath = Field(
        Path("~/stagebox/talks"), description="Where the proven MP4 files and reports go."
    )
    reserve_bytes: int = Field(
        2_000_000_000,
        ge=100_000_000,
        description="Do not start a recording with less room than this, and move to the second folder.",
    )
    resume: bool = Field(
        True, description="After a power cut, go on recording the talk that was being recorded,"
    )
    resume_within_s: Seconds = Field(900.0, description="if the power came back within this time.")


class ObsSettings(SettingsSection):
    """The OBS that stagebox starts (private) or joins (attach)."""

    mode: Literal["private", "attach"] = Field(
        "private", description="private: start an OBS of our own. attach: join one that runs already."
    )
    binary: NameOrPath = Field("obs", description="The OBS program, for mode = private.")
    host: str = Field("127.0.0.1", min_length=1, description="Where OBS is, for mode = attach.")
    port: Port = Field(4466, description="Port of OBS's websocket. OBS's own default is 4455.")
    password_file: PlacedPath | None = Field(
        None,
        description="A file of mode 0600 with the websocket password. A private OBS makes its own.",
        examples=["~/.config/stagebox/obs-password"],
    )
    window: Literal["hidden", "shown"] = Field(
        "hidden",
        description="The window of a private OBS. hidden: on a screen of its own that nobody sees, so that it"
        " never lies over the touch screen. shown: on the desktop, for somebody who wants to look into OBS;"
        " from OBS's next start.",
    )
    display: str | None = Field(
        None,
        description="X display on which a shown window is. Left out: the current one.",
        examples=[":0"],
    )
    canvas_width: int = Field(1920, ge=320, le=7680, description="Canvas width of a private OBS in pixels.")
    canvas_height: int = Field(1080, ge=240, le=4320, description="Canvas height of a private OBS in pixels.")
    fps: int = Field(30, ge=10, le=120, description="Frames a second of a private OBS.")
    video_bitrate_kbps: int = Field(
        6000, ge=500, le=100_000, description="Video bitrate of a private OBS's recordings in kbit/s."
    )
    start_timeout_s: Seconds = Field(20.0, description="How long OBS may take until it answers.")
    request_timeout_s: Seconds = Field(3.0, description="How long OBS may take for one answer.")


class Source(SettingsSection):
    """Where a picture or sound comes from; the device of kind media is a file or an address."""

    kind: str
    device: str = Field("", description="The device, exactly as `stagebox devices` prints it.")

    @field_validator("device")
    @classmethod
    def _file_has_a_place(cls, device: str, info: ValidationInfo) -> str:
        is_file = info.data.get("kind") == "media" and device and "://" not in device
        return str(_placed(Path(device), info)) if is_file else device


class VideoSource(Source):
    """Where the slides or the camera picture comes from."""

    kind: VideoKind = Field("none", description="Kind of input; none leaves the role empty.")


class AudioSource(Source):
    """Where the sound comes from."""

    kind: AudioKind = Field("none", description="Kind of input; none leaves the role empty.")


class SourcesSettings(SettingsSection):
    """The device behind each source role."""

    slides: VideoSource = Field(VideoSource(), description="The speaker's laptop: an HDMI capture card.")
    camera: VideoSource = Field(VideoSource(), description="The camera that shows the speaker.")
    mic: AudioSource = Field(AudioSource(), description="The microphone or the mixer's output.")


class StreamSettings(SettingsSection):
    """Where the stream goes. A service of OBS's list, or a server, not both; neither: no streaming."""

    service: str = Field(
        "",
        max_length=120,
        description="A streaming service by its name in OBS's own list: see `stagebox stream services`.",
    )
    server: str = Field(
        "",
        max_length=500,
        description="A server's address (rtmp, rtmps, srt, rist, or https for WHIP). With a service: "
        "which of its servers, by name or address; left out: its first.",
    )
    key_file: PlacedPath | None = Field(
        None,
        description="A file of mode 0600 with the stream key. Left out: `stagebox stream key` keeps it in "
        "the state folder.",
        examples=["~/.config/stagebox/stream-key"],
    )


class ScenesSettings(SettingsSection):
    """The scenes that `stagebox provision` builds in OBS."""

    pack: NameOrPath = Field("conference", description="A scene pack by name, or a folder's path.")


class ApiSettings(SettingsSection):
    """The loopback API that kiosk, button box and command line use."""

    port: Port = Field(4470, description="Port on 127.0.0.1.")


class KioskSettings(SettingsSection):
    """The touch screen."""

    language: str = Field(
        "auto",
        pattern="^(auto|[a-z]{2})$",
        description="Language of the touch screen, two letters. auto: the computer's own, else English.",
    )
    pin_file: PlacedPath | None = Field(
        None,
        description="A file of mode 0600 with the PIN that unlocks the screen. Left out: holding unlocks it.",
        examples=["~/.config/stagebox/kiosk-pin"],
    )


class ButtonBoxSettings(SettingsSection):
    """The button boxes, what their buttons do, and what their lamps show."""

    boxes: tuple[str, ...] = Field(
        (),
        strict=False,
        max_length=8,
        description="The boxes, each by its id, like “left”, or by its port, like “/dev/serial/by-id/…”.",
    )
    buttons: dict[str, str] = Field(
        {},
        description="What each button does, by its number: scene NAME, record toggle, record start,"
        " record stop hold, stream toggle, stream stop hold, mark, acknowledge."
        ' "left:3" is button 3 of the box “left” alone.',
    )
    lamps: dict[str, str] = Field(
        {}, description="What each lamp shows, by its number: program NAME, recording, stream, alarm."
    )

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        button_words.check(self.boxes, self.buttons, self.lamps)
        return self


class WaitSettings(SettingsSection):
    """How long the engine waits for OBS before waiting becomes an alarm."""

    scene_s: Seconds = Field(2.0, description="For a scene change.")
    start_s: Seconds = Field(5.0, description="For a recording to start.")
    stop_s: Seconds = Field(15.0, description="For a recording to stop and its file to be named.")
    stream_start_s: Seconds = Field(10.0, description="For a stream to be live.")
    stream_stop_s: Seconds = Field(35.0, description="For a stream to end: a server that hangs takes OBS 30.")
    process_stall_s: Seconds = Field(120.0, description="For progress while a recording is processed.")


class VerifySettings(SettingsSection):
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
    no_signal_cards: tuple[PlacedPath, ...] = Field(
        (), strict=False, description="Pictures that your capture cards show when nothing is connected."
    )
    camera_all_along: bool = Field(
        False, description="The recordings show a camera all the time: one that stands still is flagged."
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


class SoundLimits(SettingsSection):
    """When the sound is wrong now. The same words and levels as in [verify] where they correspond."""

    silent_dbfs: Dbfs = Field(-50.0, description="Sound below this level is silence.")
    silent_s: Seconds = Field(10.0, le=600, description="Silence this long is an alarm.")
    pause_s: Seconds = Field(
        45.0,
        le=600,
        description="Silence of a room whose microphone works is only noted until it lasts this long.",
    )
    dead_dbfs: Dbfs = Field(
        -85.0, description="Below this level even the noise of an open microphone is gone."
    )
    quiet_dbfs: Dbfs = Field(-40.0, description="A talk that never gets louder than this is too quiet.")
    quiet_s: Seconds = Field(30.0, description="Too quiet for this long is an alarm.")
    clipping_count: int = Field(
        20, ge=1, description="So many clipped peaks within ten seconds are an alarm."
    )
    channel_dead_dbfs: Dbfs = Field(
        -65.0, description="A channel below this level is dead, if another is not."
    )
    channel_dead_s: Seconds = Field(
        5.0, description="A channel dead this long, while another speaks, is an alarm."
    )
    speech_dbfs: Dbfs = Field(-40.0, description="Louder than this, somebody is certainly speaking.")
    deaf_s: Seconds = Field(
        2.5,
        description="One of OBS and the backup sound hearing nothing so long, while the other does, is deaf.",
    )
    dropouts_count: int = Field(
        3, ge=1, description="So many holes in the sound within ten seconds are an alarm."
    )
    rate_tolerance_share: Share = Field(
        0.02, description="The device may deliver this much more or less samples a second than was agreed."
    )


class ForgottenLimits(SettingsSection):
    """When it is pointed out that a person may have forgotten something. No alarms: only notes."""

    speaking_s: Seconds = Field(
        20.0, le=60, description="Somebody speaks for so long and nothing is recorded: pointed out."
    )
    speaking_share: Share = Field(
        0.6, description="Speech is heard in this share of the seconds while somebody speaks."
    )
    card_s: Seconds = Field(
        20.0, description="A title card on program for so long, while recording: pointed out."
    )
    room_left_s: Seconds = Field(
        300.0, description="Nothing heard and no slide changed for so long, while recording: pointed out."
    )


class MachineLimits(SettingsSection):
    """When the machine itself becomes an alarm."""

    disk_warning_min: float = Field(
        60.0, gt=0, le=10_000, description="Warn when the disk is full in fewer minutes than this."
    )
    disk_critical_min: float = Field(
        15.0, gt=0, le=10_000, description="Alarm when the disk is full in fewer minutes than this."
    )
    hot_c: float = Field(
        90.0, ge=30, le=130, description="Too hot in °C, for sensors that do not name their own limit."
    )
    battery_critical_percent: float = Field(
        30.0, ge=0, le=100, description="On battery, alarm when less charge than this is left."
    )
    lag_warning_share: Share = Field(
        0.05, description="Warn when OBS loses this share of the pictures of the last ten seconds."
    )
    lag_minute_share: Share = Field(
        0.02, description="Warn when OBS loses this share of the pictures of the last minute."
    )
    lag_critical_share: Share = Field(
        0.25, description="Alarm when OBS loses this share of the pictures of the last ten seconds."
    )

    @model_validator(mode="after")
    def _critical_comes_last(self) -> Self:
        if self.disk_critical_min > self.disk_warning_min:
            raise ValueError("disk_critical_min is above disk_warning_min: the warning must come first")
        if self.lag_critical_share < self.lag_warning_share:
            raise ValueError("lag_critical_share is below lag_warning_share: the warning must come first")
        return self


Level = Annotated[float, Field(ge=0, le=255)]


class PictureLimits(SettingsSection):
    """When a picture is wrong. Brightness runs from 0 (black) to 255 (white)."""

    black_level: Level = Field(20.0, description="A picture is black when it is darker than this on average,")
    black_peak_level: Level = Field(48.0, description="and not even small bright spots are above this.")
    uniform_spread: Level = Field(6.0, description="Colours this close together are one even colour,")
    uniform_detail: Level = Field(24.0, description="if not even small spots are further away from it.")
    blank_slide_level: Level = Field(
        200.0, description="Even slides at least this bright and without colour are an empty slide."
    )
    bars_share: Share = Field(0.7, description="From this likeness on, a picture counts as colour bars.")
    card_distance: Level = Field(
        5.0, description="A picture this close to a taught card shows that card: see `stagebox learn`."
    )
    black_s: Seconds = Field(1.2, description="Black this long is an alarm.")
    no_signal_s: Seconds = Field(1.2, description="No signal this long is an alarm.")
    missing_s: Seconds = Field(0.3, description="A device gone this long is an alarm.")
    frozen_s: Seconds = Field(3.0, description="Exactly the same camera picture this long is frozen.")
    frozen_looks: int = Field(
        5, ge=2, le=100, description="And at least this many looks must have been the same."
    )
    size_note_s: Seconds = Field(30.0, description="How long a changed picture size is pointed out.")


class ProofLimits(SettingsSection):
    """When the recording counts as proven, from second to second."""

    every_s: Seconds = Field(5.0, description="How often the end of the growing file is decoded.")
    decode_timeout_s: Seconds = Field(10.0, description="How long that may take.")
    stalled_s: Seconds = Field(4.0, description="A recording that does not grow for this long is stuck.")
    proven_s: Seconds = Field(
        15.0, description="How long a decoded end proves a recording that goes on growing."
    )
    quiet_dbfs: Dbfs = Field(
        -75.0, description="The file holds no sound when its loudest part is below this."
    )
    heard_dbfs: Dbfs = Field(-50.0, description="OBS hears something when its meter is above this.")


class StreamLimits(SettingsSection):
    """When the stream is wrong now."""

    stuck_s: Seconds = Field(4.0, description="A server that takes nothing for this long hangs.")
    behind_s: Seconds = Field(
        3.0, description="So many seconds of the stream on their way to the server are too slow a network,"
    )
    congestion_share: Share = Field(0.5, description="as is an outgoing queue of OBS filled this far,")
    dropped_share: Share = Field(
        0.02, description="or this share of the last ten seconds' pictures that OBS dropped."
    )


class HealthSettings(SettingsSection):
    """When something that is wrong now becomes an alarm."""

    stale_s: Seconds = Field(3.0, description="What was not seen for this long is unknown, not fine.")
    sound: SoundLimits = Field(SoundLimits(), description="The sound.")
    machine: MachineLimits = Field(MachineLimits(), description="Disk, heat, power and OBS's speed.")
    forgotten: ForgottenLimits = Field(ForgottenLimits(), description="What a person may have forgotten.")

    pictures: PictureLimits = Field(PictureLimits(), description="Pictures of the slides and the camera.")
    stream: StreamLimits = Field(StreamLimits(), description="The stream.")
    proof: ProofLimits = Field(ProofLimits(), description="The proof that the recording is written.")


class RemedySettings(SettingsSection):
    """What stagebox may mend by itself. What viewers would see or hear is always asked first."""

    bring_back: bool = Field(
        True, description="Start a source again in OBS when its device was gone and is back."
    )
    reset_source: bool = Field(
        True, description="Start a frozen or empty source again in OBS while viewers do not see it."
    )
    unmute: bool = Field(
        True, description="Unmute in OBS what the scene declares live, while nothing is recorded or streamed."
    )
    replace_obs: bool = Field(
        True, description="End an OBS that does not answer and writes nothing, and start it again."
    )
    again_after_s: Seconds = Field(2.0, description="The shortest time between two tries of one remedy;")
    tries: int = Field(5, ge=1, le=100, description="after this many in vain a person is needed.")


class ProcessSettings(SettingsSection):
    """How recordings become MP4s."""

    jobs: int = Field(0, ge=0, le=64, description="Recordings at a time; 0: one a core.")
    flatten: bool = Field(
        False,
        description="All MP4s in one folder, with their folders in their names; else in folders as they lie.",
    )


class ScheduleSettings(SettingsSection):
    """The event's schedule: which talks there should be, and when."""

    source: str = Field(
        "",
        max_length=2000,
        description="Its file or address (https://…); empty: people type the titles.",
    )
    room: str = Field(
        "", max_length=200, description="This room's name in it; empty: the one that is called as event.room."
    )
    time_zone: str = Field(
        "", description="For a schedule that names none, as Europe/Prague; empty: the computer's."
    )
    aliases: dict[str, str] = Field(
        {}, description='Other names of this room, each with the schedule\'s: { "Big hall" = "Janson" }.'
    )
    poll_s: Seconds = Field(300.0, ge=10, description="How often an address is asked for changes.")
    auto_start: bool = Field(
        False,
        description="Start recording at a talk's planned start by itself. Nothing ever stops by the clock.",
    )


class Settings(SettingsSection):
    """All of stagebox.toml."""

    state_dir: PlacedPath = Field(
        Path("~/.local/state/stagebox"),
        description="Journal, catalogue, tokens, and the private OBS's own home.",
    )
    event: EventSettings = Field(EventSettings(), description="The names of the event and of this room.")
    schedule: ScheduleSettings = Field(
        ScheduleSettings(), description="The event's schedule, from which talks have their names."
    )
    recording: RecordingSettings = Field(
        RecordingSettings(), description="Where recordings and finished talks go."
    )
    obs: ObsSettings = Field(
        ObsSettings(), description="The OBS that stagebox starts (private) or joins (attach)."
    )
    sources: SourcesSettings = Field(SourcesSettings(), description="The device behind each source role.")
    stream: StreamSettings = Field(StreamSettings(), description="Where the stream goes.")
    scenes: ScenesSettings = Field(ScenesSettings(), description="The scenes that stagebox builds in OBS.")
    api: ApiSettings = Field(
        ApiSettings(), description="What the touch screen and the command line speak to."
    )
    kiosk: KioskSettings = Field(KioskSettings(), description="The touch screen.")
    button_box: ButtonBoxSettings = Field(
        ButtonBoxSettings(), description="The button box: real buttons, with lamps. See docs/button-box.md."
    )
    waits: WaitSettings = Field(
        WaitSettings(), description="How long OBS may take before waiting becomes an alarm."
    )
    verify: VerifySettings = Field(VerifySettings(), description="When a recording is flagged.")
    health: HealthSettings = Field(
        HealthSettings(), description="When something that is wrong now becomes an alarm."
    )
    remedies: RemedySettings = Field(
        RemedySettings(),
        description="What stagebox may mend by itself. It asks before viewers notice anything.",
    )
    process: ProcessSettings = Field(ProcessSettings(), description="How recordings become MP4 files.")

    @model_validator(mode="after")
    def _ports_differ(self) -> Self:
        if self.obs.mode == "private" and self.obs.port == self.api.port:
            raise ValueError("obs.port and api.port are the same port: give each its own")
        return self
