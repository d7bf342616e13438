"""A served API: the real server and engine; OBS is a line that confirms whatever the engine asks of it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from stagebox.api.client import Client
from stagebox.api.listen import bind, make_server
from stagebox.api.server import Role, create_app
from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.latest_snapshot import LatestSnapshot
from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import Command
from stagebox.model.effects import Effect, ObsStartRecord, ObsStopRecord, ObsSwitchScene
from stagebox.model.errors import ObsError
from stagebox.model.levels import MeterLevels
from stagebox.model.observations import ProgramSceneEvent, RecordStateEvent
from stagebox.model.settings import Settings
from stagebox.model.snapshot import SessionView, Snapshot, session_view
from stagebox.model.state import Session
from stagebox.serve.evening import EveningTalks
from stagebox.serve.schedule_ledger import ScheduleLedger
from stagebox.serve.session_reviews import SessionReviews
from stagebox.serve.stream_target_store import StreamTargetStore
from tests.engine.messages import obs_connected

TOKEN = SecretStr("a-token-for-tests")


class EchoBox:
    """An appliance whose OBS does at once what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.meters: LatestSnapshot[MeterLevels] = LatestSnapshot()
        self.engine = Engine(folder, ReducerRules(), event="Conf", room="Hall")
        self.saved: dict[str, Session] = {}
        self.reports: dict[str, Path] = {}
        self.words = SessionReviews(self.page_of)
        self.out = folder / "talks"
        self.evening = EveningTalks(lambda: self.out)
        self.schedule = ScheduleLedger(lambda: self.engine.state, lambda: tuple(self.saved.values()))
        self.stream = StreamTargetStore(
            Settings(state_dir=folder / "state"), self.engine.post, config=folder / "stagebox.toml"
        )
        self.engine.start(EngineOutputs(execute=self.execute, save=self.save))
        self.engine.post(obs_connected())

    def save(self, session: Session) -> None:
        self.saved[session.id] = session

    def execute(self, effect: Effect) -> None:
        match effect:
            case ObsSwitchScene(scene=scene):
                self.engine.post(ProgramSceneEvent(generation=1, scene=scene))
            case ObsStartRecord():
                self.engine.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
            case ObsStopRecord():
                self.engine.post(RecordStateEvent(generation=1, phase="stopped", path="/rec/a.flv"))

    @property
    def latest(self) -> Snapshot:
        return self.engine.snapshots.latest

    def submit(self, command: Command) -> None:
        self.engine.submit(command)

    def wait_for(self, predicate: Callable[[Snapshot], bool], timeout_s: float) -> Snapshot | None:
        return self.engine.snapshots.wait_for(predicate, timeout_s)

    def listen(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        return self.engine.snapshots.listen(listener)

    def button_box_traffic(self, after: int) -> Sequence[object]:
        return [{"number": after + 1, "way": "in", "text": "1 BEAT 5*0000"}]

    @property
    def levels(self) -> MeterLevels | None:
        return self.meters.newest

    def listen_levels(self, listener: Callable[[MeterLevels], None]) -> Callable[[], None]:
        return self.meters.listen(listener)

    def sessions(self, limit: int) -> tuple[SessionView, ...]:
        return tuple(session_view(one, 0.0) for one in list(self.saved.values())[:limit])

    def findings(self, session_id: str) -> list[dict[str, Any]]:
        return [{"code": "black", "start_s": 1.0}] if session_id in self.saved else []

    def report(self, session_id: str) -> dict[str, Any] | None:
        return {"findings": self.findings(session_id)} if session_id in self.saved else None

    def session_picture(self, session_id: str, number: int | None) -> bytes | None:
        return f"{number}".encode() if session_id in self.saved and number in (None, 0) else None

    def page_of(self, session_id: str) -> Path | None:
        return self.reports.get(session_id)

    def picture(self, role: Role) -> bytes:
        if role == "camera":
            raise ObsError("OBS has no camera.", "Run `stagebox provision`.")
        return b"\xff\xd8 a picture of " + role.encode()

    def scene_picture(self, scene: str, width: int) -> bytes:
        if scene not in self.latest.scenes:
            raise ObsError(f"OBS has no scene “{scene}”.", "Run `stagebox provision`.")
        return f"{scene} {width}".encode()


@dataclass(frozen=True)
class Served:
    """A served box and how to reach it."""

    box: EchoBox
    port: int

    def client(self, token: SecretStr = TOKEN) -> Client:
        return Client(self.port, token)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    box = EchoBox(tmp_path_factory.mktemp("journal"))
    listener = bind(0)
    port = listener.getsockname()[1]
    server = make_server(create_app(box, TOKEN, port))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield Served(box, port)
    server.should_exit = True
    thread.join(10)
    box.engine.close()
    listener.close()
