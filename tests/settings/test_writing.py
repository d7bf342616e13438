import stat
import threading
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stagebox.model.errors import SettingsError, StorageError
from stagebox.settings import showing
from stagebox.settings.finding import default_file
from stagebox.settings.reading import load, load_traced
from stagebox.settings.writing import change

BY_HAND = """\
# The box in room 1. Ask Jana before you change anything.
state_dir = "state"   # beside this file

[obs]
# the spare PC
port = 4480     # 4455 is the producer's own OBS

[event]
title = 'Old name' # the sponsor's spelling
room = "Saal 1"

[sources.slides]
kind = "v4l2"
device = "/dev/video0"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stagebox.toml"
    path.write_text(BY_HAND)
    return path


def test_only_the_value_changes_and_the_comment_beside_it_stays(file: Path) -> None:
    loaded = change(file, {"event.title": "PyCon “25”", "obs.port": 4490})
    assert file.read_text() == BY_HAND.replace("'Old name'", '"PyCon “25”"').replace("4480", "4490")
    assert loaded == load_traced(file)
    assert loaded.settings.event.title == "PyCon “25”"


def test_a_new_key_stands_below_the_last_of_its_table(file: Path) -> None:
    change(file, {"obs.canvas_width": 1280, "sources.mic.kind": "pulse", "sources.mic.device": "room"})
    assert file.read_text() == (
        BY_HAND.replace("own OBS\n", "own OBS\ncanvas_width = 1280\n")
        + '\n[sources.mic]\nkind = "pulse"\ndevice = "room"\n'
    )


def test_in_the_commented_example_a_key_comes_below_its_own_default(tmp_path: Path) -> None:
    file = tmp_path / "stagebox.toml"
    file.write_text(showing.example())
    change(file, {"event.room": "Saal 2", "sources.camera.kind": "v4l2"})
    lines = file.read_text().split("\n")
    assert lines[lines.index('#room = "Main room"') + 1] == 'room = "Saal 2"'
    assert [line for line in lines if line not in ('room = "Saal 2"', 'kind = "v4l2"')] == (
        showing.example().split("\n")
    )


def test_a_missing_file_is_made_where_it_will_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("STAGEBOX_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    change(default_file(), {"event.room": "Saal 3"})
    assert load(None).event.room == "Saal 3"
    assert load_traced(None).file == default_file()
    assert stat.S_IMODE(default_file().stat().st_mode) == 0o644


def test_without_a_value_the_key_goes_and_its_default_holds(file: Path) -> None:
    loaded = change(file, {"event.title": None, "api.port": None})
    assert loaded.settings.event.title == "Our conference"
    assert "Old name" not in file.read_text()
    assert 'room = "Saal 1"' in file.read_text()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"obs.port": 80}, "line 6: obs.port must be a whole number from 1024 to 65535, but is 80."),
        ({"event.title": ""}, "line 9: event.title must be text in quotes of 1 to 120 characters"),
        ({"sources.slides.kind": "vga"}, "sources.slides.kind must be one of"),
        ({"event.tilte": "x"}, "event.tilte is not a setting. Did you mean event.title?"),
        ({"obs.port": 4470}, "the same port"),
        ({"event.title.long": "x"}, "event.title.long cannot be changed in this file"),
    ],
)
def test_a_refused_value_is_told_as_at_load_and_nothing_is_written(
    file: Path, changes: dict[str, str | int], told: str
) -> None:
    with pytest.raises(SettingsError, match=r".") as caught:
        change(file, changes)
    assert told in str(caught.value)
    assert str(file) in str(caught.value)
    assert file.read_text() == BY_HAND


def test_a_file_that_was_broken_by_hand_meanwhile_is_left_to_the_hand(file: Path) -> None:
    broken = BY_HAND.replace('room = "Saal 1"', "room = Saal 1")
    file.write_text(broken)
    with pytest.raises(SettingsError, match="line 10, column 8: this value is not understood"):
        change(file, {"event.title": "New"})
    assert file.read_text() == broken


def test_a_change_that_changes_nothing_writes_nothing(file: Path) -> None:
    before = file.stat()
    change(file, {"event.title": "Old name", "api.port": None})
    assert file.stat() == before


def test_a_link_stays_a_link_and_the_rights_stay_as_they_were(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "etc" / "stagebox.toml"
    link.parent.mkdir()
    link.symlink_to(file)
    file.chmod(0o660)
    change(link, {"event.room": "Saal 9"})
    assert link.is_symlink()
    assert load(link).event.room == "Saal 9"
    assert stat.S_IMODE(file.stat().st_mode) == 0o660


def test_line_ends_and_byte_order_mark_of_other_systems_stay(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + BY_HAND.replace("\n", "\r\n").encode())
    change(file, {"event.room": "Saal 9", "sources.camera.kind": "v4l2"})
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf#")
    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert load(file).event.room == "Saal 9"


def test_a_place_that_cannot_be_written_is_told(file: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be used: "):
        change(file / "stagebox.toml", {"event.room": "Saal 9"})
    assert file.read_text() == BY_HAND
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is a folder"):
        change(tmp_path, {"event.room": "Saal 9"})


def test_changes_made_at_once_are_all_kept(file: Path) -> None:
    changes: list[dict[str, str | int | float]] = [
        {"event.room": "Saal 7"},
        {"sources.mic.kind": "alsa"},
        {"obs.fps": 25},
        {"waits.scene_s": 3.5},
    ]
    together = threading.Barrier(len(changes))

    def one(keys: dict[str, str | int | float]) -> None:
        together.wait(10)
        change(file, keys)

    threads = [threading.Thread(target=one, args=(keys,)) for keys in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    now = load(file)
    assert (now.event.room, now.sources.mic.kind, now.obs.fps, now.waits.scene_s) == (
        "Saal 7",
        "alsa",
        25,
        3.5,
    )


# However a person wrote the file

LAYOUTS = (
    "",
    "# only a comment",
    "event.title = 'dotted'\nsources.slides.kind = 'none'\n",
    'event = {title = "inline"}\nsources = {mic = {kind = "none"}}\n',
    "[sources]\nslides = {kind = 'none', device = ''}\nmic.kind = 'none'\n",
    "[sources]\n[event]\nroom = 'x'\n[sources.mic]\n[health]\n[sources.slides]\ndevice = 'y'",
    "[sources.slides]\n\n# about the event\n[event]\ntitle = '''\n[event]\n#room = 1\n'''\n",
    "[verify]\nno_signal_cards = [\n  'a.png', # first\n  'b.png',\n]\n\n[event]\n",
    '["event"]\n"title" = "quoted"\n',
)
VALUES = st.dictionaries(
    st.sampled_from(
        [
            "event.title",
            "event.room",
            "sources.slides.device",
            "sources.mic.device",
            "state_dir",
            "scenes.pack",
        ]
    ),
    st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)),
    min_size=1,
)


@given(layout=st.sampled_from(LAYOUTS), changes=VALUES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_layout_takes_any_value_and_keeps_its_comments(
    layout: str, changes: dict[str, str | None], tmp_path: Path
) -> None:
    file = tmp_path / "stagebox.toml"
    file.write_text(layout)
    try:
        change(file, changes)
    except SettingsError as error:
        assert "cannot be changed in this file" not in error.what, error  # noqa: PT017
        assert file.read_text() == layout
        return
    text = file.read_text(encoding="utf-8")
    given_now = tomllib.loads(text)
    for dotted, value in changes.items():
        found: object = given_now
        for name in dotted.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        assert found == value
    for comment in ("# only a comment", "# about the event", "# first"):
        assert (comment in layout) <= (comment in text)
