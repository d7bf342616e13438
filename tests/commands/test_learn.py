"""`stagebox learn no-signal`: the picture of now becomes a card, through the served API."""

import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from stagebox.api.listen import bind, make_server
from stagebox.api.server import Role, create_app
from stagebox.api.token import token_path
from stagebox.cli import run
from stagebox.devices.no_signal_cards import CARDS_A_ROLE, NoSignalCards
from stagebox.health.picture_features import features_of
from stagebox.model.errors import ExitCode
from tests.api.conftest import TOKEN, EchoBox
from tests.health import painted


class Box(EchoBox):
    """An appliance whose sources show a capture card's own picture."""

    def picture(self, role: Role) -> bytes:
        encoded = io.BytesIO()
        Image.fromarray(painted.as_obs_gives_it(painted.card(), width=480)).save(encoded, "JPEG", quality=70)
        return encoded.getvalue()


@pytest.fixture
def config(tmp_path: Path) -> Iterator[str]:
    """A settings file whose stagebox is served."""
    box = Box(tmp_path / "journal")
    listener = bind(0)
    port = listener.getsockname()[1]
    server = make_server(create_app(box, TOKEN, port))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    state = tmp_path / "state"
    state.mkdir()
    token_path(state).write_text(TOKEN.get_secret_value())
    token_path(state).chmod(0o600)
    path = tmp_path / "stagebox.toml"
    path.write_text(f'state_dir = "{state}"\n[api]\nport = {port}\n')
    yield str(path)
    server.should_exit = True
    thread.join(10)
    listener.close()
    box.engine.close()


def learn(config: str, *words: str) -> int:
    return run(["--config", config, "learn", "no-signal", *words])


def test_the_picture_of_now_is_learnt_and_recognised(
    config: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert learn(config, "slides") == ExitCode.GOOD
    assert "means “no signal” for slides" in capsys.readouterr().out
    cards = NoSignalCards.of_state(tmp_path / "state").of("slides")
    distance = features_of(painted.as_obs_gives_it(painted.card()), cards).card_distance
    assert distance is not None
    assert distance < 5


def test_for_programs_it_names_the_file(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert learn(config, "camera", "--json") == ExitCode.GOOD
    said = json.loads(capsys.readouterr().out)
    assert said["role"] == "camera"
    assert Path(said["card"]).is_file()


def test_what_was_taught_is_forgotten_when_asked(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(CARDS_A_ROLE):
        assert learn(config, "slides") == ExitCode.GOOD
    assert learn(config, "slides") == ExitCode.UNUSABLE
    assert "--forget" in capsys.readouterr().err
    assert learn(config, "slides", "--forget") == ExitCode.GOOD
    assert "Forgot 8" in capsys.readouterr().out
    assert learn(config, "slides") == ExitCode.GOOD


def test_a_role_without_a_picture_is_a_usage_error(config: str) -> None:
    assert learn(config, "mic") == ExitCode.USAGE


def test_without_a_running_stagebox_it_says_how_to_start_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stagebox.toml"
    path.write_text(f'state_dir = "{tmp_path / "nothing"}"\n')
    assert learn(str(path), "slides") == ExitCode.UNUSABLE
    assert "stagebox serve" in capsys.readouterr().err
