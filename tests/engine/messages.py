"""Helpers that speak to the reducer as OBS and people do, with a clock of their own."""

from dataclasses import dataclass, field

from stagebox.engine.reducer import reduce
from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import (
    Command,
    CommandBody,
    StartRecording,
    StopRecording,
    SwitchScene,
    TalkDetails,
)
from stagebox.model.effects import Effect
from stagebox.model.messages import Message
from stagebox.model.observations import ObsConnected, Observation, RecordStateEvent, Tick
from stagebox.model.scenes import PackScene
from stagebox.model.state import CommandResult, State

SCENES = ("Screen", "Speaker", "Both", "Intro", "Intermission", "Outro")
PACK = tuple(
    PackScene(name=name, label=name, card=name.lower() if name in SCENES[3:] else "") for name in SCENES
)
EPOCH = 1_800_000_000.0


def obs_connected(
    generation: int = 1,
    *,
    recording: bool = False,
    program: str = "Screen",
    streaming: bool = False,
    paused: bool = False,
    recorded_s: float | None = None,
) -> ObsConnected:
    return ObsConnected(
        generation=generation,
        obs_version="29.0.2",
        websocket_version="5.1.0",
        scenes=SCENES,
        program_scene=program,
        recording=recording,
        streaming=streaming,
        paused=paused and recording,
        recorded_s=recorded_s if recording else None,
    )


@dataclass
class Box:
    """A reducer with its state, driven message by message."""

    state: State = field(default_factory=State)
    rules: ReducerRules = field(default_factory=lambda: ReducerRules(scenes=PACK))
    now: float = 100.0
    epoch: float = EPOCH
    effects: list[Effect] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    commands: int = 0

    def say(self, body: Command | Observation) -> tuple[Effect, ...]:
        message = Message(at=self.now, utc=self.epoch + self.now, body=body)
        self.messages.append(message)
        self.state, effects = reduce(self.state, message, self.rules)
        self.effects += effects
        return effects

    def want(self, want: CommandBody) -> CommandResult:
        self.commands += 1
        command = Command(id=f"i{self.commands}", origin="touch", want=want)
        self.say(command)
        return self.fate(command.id)

    def fate(self, intent_id: str) -> CommandResult:
        return next(answer for answer in self.state.answers if answer.intent_id == intent_id)

    def start(self, title: str = "A talk") -> CommandResult:
        return self.want(StartRecording(talk=TalkDetails(title=title)))

    def stop(self) -> CommandResult:
        return self.want(StopRecording())

    def scene(self, scene: str) -> CommandResult:
        return self.want(SwitchScene(scene=scene))

    def started(self, path: str = "/rec/a.flv", generation: int = 1) -> None:
        self.say(RecordStateEvent(generation=generation, phase="started", path=path))

    def stopped(self, path: str = "/rec/a.flv", generation: int = 1) -> None:
        """As OBS tells it when somebody ends the recording."""
        self.say(RecordStateEvent(generation=generation, phase="stopping"))
        self.failed(path, generation)

    def failed(self, path: str = "/rec/a.flv", generation: int = 1) -> None:
        """As OBS tells it when the recording ends by a fault."""
        self.say(RecordStateEvent(generation=generation, phase="stopped", path=path))

    def wait(self, seconds: float) -> tuple[Effect, ...]:
        self.now += seconds
        return self.say(Tick())

    def codes(self) -> list[str]:
        return [str(alarm.code) for alarm in self.state.alarms]


def recording_box(path: str = "/rec/a.flv") -> Box:
    """A box in the middle of a recording."""
    box = Box()
    box.say(obs_connected())
    box.start()
    box.started(path)
    return box


def notice(state: State) -> str:
    """What was said in passing, in English."""
    return " ".join(one.said.words for one in state.notes)
