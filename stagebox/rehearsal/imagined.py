"""An imagined hall, second by second: what every probe would see of talks, breaks and trouble. Pure.

A talk is ordinary: slides that stand still, a dark terminal, pauses for thought, questions, applause, title
cards at both ends. In the hours of trouble everything goes wrong once, as it does in a hall.
"""

from dataclasses import dataclass

from stagebox.model.facts.machine import GroupMemory, HostReading
from stagebox.model.facts.pictures import PictureFeatures, PictureReading, PictureRole
from stagebox.model.facts.proof import ProofReading, TailFacts
from stagebox.model.facts.sound import FLOOR_DBFS, BackupRecorderReading, ChannelLevel, MetersReading

EPOCH = 1_800_000_000.0
MIC_DEVICE = "room.monitor"
TALK_S, LONG_TALK_S, BREAK_S = 240, 1800, 60
LONG_EVERY = 20
"""Most talks are short, so that everything that is kept of the last talks fills up early; some are real."""
TROUBLE_EVERY = 7

SPEECH_DBFS, HALL_DBFS, QUESTION_DBFS, APPLAUSE_DBFS = -25.0, -58.0, -36.0, -9.0


@dataclass(frozen=True, slots=True)
class ImaginedMoment:
    """A second of the imagined event: in which talk, how far into it, and whether it is one of trouble.

    `second` counts from the talk's begin; from `length_s` on it is the break after it.
    """

    talk: int
    second: int
    length_s: int

    @property
    def trouble(self) -> bool:
        """Whether things go wrong in this talk."""
        return self.talk % TROUBLE_EVERY == 3 and self.length_s == TALK_S

    @property
    def last(self) -> bool:
        """Whether another talk follows with the next second."""
        return self.second == self.length_s + BREAK_S - 1

    def next(self) -> "ImaginedMoment":
        """The second after this one."""
        if not self.last:
            return ImaginedMoment(self.talk, self.second + 1, self.length_s)
        number = self.talk + 1
        return ImaginedMoment(number, 0, LONG_TALK_S if number % LONG_EVERY == LONG_EVERY - 1 else TALK_S)


def level_dbfs(moment: ImaginedMoment, at: int) -> float:
    """How loud the hall is."""
    second = moment.second
    if second >= moment.length_s:
        return HALL_DBFS + at % 5
    if second >= moment.length_s - 12:
        return APPLAUSE_DBFS - at % 3
    if second % 120 >= 105:
        return HALL_DBFS  # A pause of a quarter of a minute: a demonstration, a sip of water.
    if second % 300 >= 280:
        return QUESTION_DBFS - at % 4
    return HALL_DBFS + 6 if at % 7 == 0 else SPEECH_DBFS - at % 9


def host(moment: ImaginedMoment, at: int) -> HostReading:
    """The machine."""
    wrong = moment.trouble
    return HostReading(
        recording_folder="gone" if wrong and 150 <= moment.second < 156 else "ok",
        recording_path="/recordings",
        recording_free_bytes=10**12 - at % 977,
        reserve_bytes=2 * 10**9,
        planned_bytes_per_s=770_000.0,
        cpu_percent=20.0 + at % 30,
        memory=(GroupMemory(group="obs", processes=1, rss_bytes=3 * 10**8 + at % 1013),),
        temperature_c=60.0 + at % 11,
        temperature_high_c=95.0,
        throttled=False,
        mains=not (wrong and 60 <= moment.second < 90),
        clock_synced=True,
        wall_offset_s=EPOCH,
        slept_s=0.0,
    )


def meters(moment: ImaginedMoment, at: int, *, on_air: bool) -> MetersReading:
    """What OBS hears."""
    wrong = moment.trouble
    deaf = wrong and 30 <= moment.second < 45
    dbfs = FLOOR_DBFS if deaf else level_dbfs(moment, at)
    return MetersReading(
        run=1,
        up=True,
        present=True,
        live=on_air,
        muted=wrong and 50 <= moment.second < 58,
        volume_db=0.0,
        device=MIC_DEVICE,
        levels=_levels(dbfs) if on_air else (),
        input_peaks_dbfs=(dbfs, dbfs) if on_air else (),
        clipped=at // 900,
        holes=at // 5000,
    )


NOISE_BELOW_DBFS = -50.0
"""What is softer than this is the room alone."""


def ear(moment: ImaginedMoment, at: int) -> BackupRecorderReading:
    """What the backup recorder hears."""
    if moment.trouble and 100 <= moment.second < 120:
        return BackupRecorderReading(
            run=1, status="lost", detail="The microphone was pulled.", remedy="Plug it in."
        )
    return BackupRecorderReading(
        run=1,
        status="listening",
        device=MIC_DEVICE,
        rate_hz=48_000,
        measured_rate_hz=48_000.0 + at % 3,
        levels=_levels(level_dbfs(moment, at)),
        sort="voice" if level_dbfs(moment, at) > NOISE_BELOW_DBFS else "noise",
        clipped=at // 1000,
        xruns=at // 5000,
    )


def _levels(dbfs: float) -> tuple[ChannelLevel, ...]:
    return (ChannelLevel(rms_dbfs=dbfs, peak_dbfs=min(-0.5, dbfs + 9.0)),) * 2


_SLIDE = PictureFeatures(
    mean_level=215.0,
    peak_level=250.0,
    detail=220.0,
    spread=215.0,
    mean_rgb=(214.0, 213.0, 210.0),
    uniform_share=0.7,
    bars_likeness=0.0,
    card_distance=40.0,
    fingerprint="",
)
_TERMINAL = PictureFeatures(
    mean_level=11.0,
    peak_level=180.0,
    detail=170.0,
    spread=9.0,
    mean_rgb=(9.0, 11.0, 10.0),
    uniform_share=0.93,
    bars_likeness=0.0,
    card_distance=90.0,
    fingerprint="",
)
_BLACK = PictureFeatures(
    mean_level=1.0,
    peak_level=2.0,
    detail=1.0,
    spread=1.0,
    mean_rgb=(1.0, 1.0, 1.0),
    uniform_share=1.0,
    bars_likeness=0.0,
    card_distance=100.0,
    fingerprint="",
)


def picture(role: PictureRole, moment: ImaginedMoment, at: int) -> PictureReading:
    """A source: slides that stand still for minutes, one in four a dark terminal; a camera with its noise."""
    number = moment.second // 180
    wrong = moment.trouble
    if wrong and 20 <= moment.second < 40:
        shown, name = _BLACK, "black"
    elif role == "slides":
        shown, name = (_TERMINAL if number % 4 == 2 else _SLIDE), f"{moment.talk}-{number}"
    else:
        still = wrong and 170 <= moment.second < 190
        shown, name = _SLIDE, "still" if still else str(at)
    gone = wrong and role == "slides" and 200 <= moment.second < 215
    return PictureReading(
        role=role,
        input_name=f"stagebox {role}",
        exists=True,
        device="absent" if gone else "present",
        width=1280 if wrong and 130 <= moment.second < 160 else 1920,
        height=1080,
        on_program=True,
        picture=_named(shown, name),
    )


def _named(shown: PictureFeatures, name: str) -> PictureFeatures:
    return PictureFeatures(
        mean_level=shown.mean_level,
        peak_level=shown.peak_level,
        detail=shown.detail,
        spread=shown.spread,
        mean_rgb=shown.mean_rgb,
        uniform_share=shown.uniform_share,
        bars_likeness=shown.bars_likeness,
        card_distance=shown.card_distance,
        fingerprint=name,
    )


def proof(moment: ImaginedMoment, path: str, recorded_s: float, at: int) -> ProofReading:
    """The growing file; every fifth second its end is decoded."""
    fault = "no frame could be decoded" if moment.trouble and 70 <= moment.second < 82 else ""
    tail = TailFacts(
        end_s=recorded_s,
        frames=30,
        moving=True,
        sound_packets=47,
        peak_dbfs=-14.0,
        fault=fault,
        mean_level=180.0,
        peak_level=250.0,
    )
    return ProofReading(
        path=path,
        file_bytes=round(recorded_s * 700_000) if path else None,
        tail=tail if path and at % 5 == 0 else None,
    )
