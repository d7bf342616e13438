import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stagebox.model.errors import SettingsError
from stagebox.model.settings import Settings
from stagebox.settings.finding import LIMIT_BYTES
from stagebox.settings.reading import load, load_traced
from stagebox.settings.words import fields


@pytest.fixture(autouse=True)
def bare_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and working folder without any settings file."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("STAGEBOX_CONFIG", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.chdir(home)
    return home


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "stagebox.toml"
    file.write_text(text, encoding="utf-8")
    return file


def _refused(text: str, tmp_path: Path) -> list[str]:
    """The lines of the refusal of a file with `text`, without the file's name and the remedy."""
    file = _write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load(file)
    told = caught.value.what
    assert told.startswith(str(file))
    assert "stagebox config --example" in caught.value.remedy
    return [line.strip() for line in told.removeprefix(str(file)).lstrip(", ").splitlines()]


# Where the file is looked for


def test_without_a_file_the_defaults_are_in_force(bare_home: Path) -> None:
    loaded = load_traced(None)
    assert loaded.file is None
    assert loaded.settings.obs == Settings().obs
    assert loaded.settings.recording.folder == bare_home / "stagebox/recordings"


def test_the_defaults_are_in_force_in_a_folder_that_was_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare_home: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert load(None).state_dir == bare_home / ".local/state/stagebox"
    monkeypatch.chdir(bare_home)


def test_a_home_that_nobody_knows_is_told_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    with pytest.raises(SettingsError, match="Set HOME to your home folder"):
        load(None)


def test_a_named_file_comes_before_the_environment_before_the_folder_before_the_home(
    tmp_path: Path, bare_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def room() -> str:
        return load(None).event.room

    _write(bare_home / ".config/stagebox", '[event]\nroom = "home"')
    assert room() == "home"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    _write(tmp_path / "xdg/stagebox", '[event]\nroom = "xdg"')
    assert room() == "xdg"
    _write(bare_home, '[event]\nroom = "folder"')
    assert room() == "folder"
    monkeypatch.setenv("STAGEBOX_CONFIG", str(_write(tmp_path / "env", '[event]\nroom = "environment"')))
    assert room() == "environment"
    assert load(_write(tmp_path / "named", '[event]\nroom = "named"')).event.room == "named"


def test_a_named_file_that_is_absent_is_refused_and_not_skipped(
    bare_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(bare_home, "")
    with pytest.raises(SettingsError, match=r"no settings file absent\.toml, which --config names"):
        load(Path("absent.toml"))
    monkeypatch.setenv("STAGEBOX_CONFIG", "/absent/there.toml")
    with pytest.raises(SettingsError, match="STAGEBOX_CONFIG"):
        load(None)


# Paths


def test_paths_start_from_the_settings_file_and_know_the_home(tmp_path: Path, bare_home: Path) -> None:
    file = _write(
        tmp_path / "etc",
        'state_dir = "state"\n[recording]\nfolder = "~/rec"\nout = "/srv/talks"\n'
        '[obs]\npassword_file = "pw"\nbinary = "./my-obs"\n[scenes]\npack = "packs/ours"\n'
        '[sources.slides]\nkind = "media"\ndevice = "test.mp4"\n'
        '[sources.camera]\nkind = "media"\ndevice = "rtsp://cam/1"\n'
        '[sources.mic]\nkind = "alsa"\ndevice = "hw:1/0"\n[verify]\nno_signal_cards = ["card.png"]\n',
    )
    settings = load(file)
    assert settings.state_dir == tmp_path / "etc/state"
    assert settings.recording.folder == bare_home / "rec"
    assert settings.recording.out == Path("/srv/talks")
    assert settings.obs.password_file == tmp_path / "etc/pw"
    assert settings.obs.binary == str(tmp_path / "etc/my-obs")
    assert settings.scenes.pack == str(tmp_path / "etc/packs/ours")
    assert settings.sources.slides.device == str(tmp_path / "etc/test.mp4")
    assert settings.sources.camera.device == "rtsp://cam/1"
    assert settings.sources.mic.device == "hw:1/0"
    assert settings.verify.no_signal_cards == (tmp_path / "etc/card.png",)


def test_names_that_are_no_paths_stay_names(tmp_path: Path) -> None:
    settings = load(_write(tmp_path, '[obs]\nbinary = "obs"\n[scenes]\npack = "conference"\n'))
    assert (settings.obs.binary, settings.scenes.pack) == ("obs", "conference")


def test_relative_paths_are_absolute_even_if_the_file_was_named_relatively(
    bare_home: Path,
) -> None:
    _write(bare_home / "etc", 'state_dir = "state"')
    assert load(Path("etc/stagebox.toml")).state_dir == bare_home / "etc/state"


def test_an_unknown_home_is_refused_with_its_line(tmp_path: Path) -> None:
    assert _refused('\n[recording]\nout = "~no-such-user/x"\n', tmp_path) == [
        "line 3: recording.out: the home folder in ~no-such-user/x is not known."
    ]


def test_a_nul_character_in_a_path_is_refused_with_its_line(tmp_path: Path) -> None:
    assert _refused('state_dir = "a\\u0000b"', tmp_path) == [
        "line 1: state_dir: the path has a NUL character."
    ]


# Refusals


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[obs]\nport = "4455"',
            'line 2: obs.port must be a whole number from 1024 to 65535, but is the text "4455".',
        ),
        ("[obs]\nport = 80", "line 2: obs.port must be a whole number from 1024 to 65535, but is 80."),
        (
            "[obs]\nport = 4455.0",
            "line 2: obs.port must be a whole number from 1024 to 65535, but is 4455.0.",
        ),
        ("obs.port = true", "line 1: obs.port must be a whole number from 1024 to 65535, but is true."),
        ("obs = { fps = [30] }", "line 1: obs.fps must be a whole number from 10 to 120, but is a list."),
        ("obs = 3", "line 1: obs must be a table of settings, but is 3."),
        ("[[obs]]\nport = 4455", "line 1: obs must be a table of settings, but is a list."),
        (
            '[obs]\nmode = "auto"',
            'line 2: obs.mode must be one of "private", "attach", but is the text "auto".',
        ),
        (
            "[waits]\nscene_s = 0",
            "line 2: waits.scene_s must be a number above 0 and at most 86400, but is 0.",
        ),
        (
            "[waits]\nscene_s = nan",
            "line 2: waits.scene_s must be a number above 0 and at most 86400, but is nan.",
        ),
        (
            "[verify]\nsilence_dbfs = 3",
            "line 2: verify.silence_dbfs must be a number from -120 to 0, but is 3.",
        ),
        (
            "[event]\ntitle = ''",
            "line 2: event.title must be text in quotes of 1 to 120 characters, but is empty text.",
        ),
        ("[obs]\nbinary = ''", "line 2: obs.binary must be text in quotes, not empty, but is empty text."),
        ("[obs]\ndisplay = 0", "line 2: obs.display must be text in quotes, but is 0."),
        (
            "[recording]\nfolder = 5",
            "line 2: recording.folder must be the path of a file or folder, in quotes, but is 5.",
        ),
        (
            "[obs]\ndisplay = 2026-01-01",
            "line 2: obs.display must be text in quotes, but is the date or time 2026-01-01.",
        ),
        ("[obs]\nprot = 4455", "line 2: obs.prot is not a setting. Did you mean obs.port?"),
        ("[ob]\nport = 4455", "line 1: ob is not a setting. Did you mean the table obs?"),
        ("title = 'x'", "line 1: title is not a setting. Did you mean event.title?"),
        (
            "[sources.slide]\nkind = 'v4l2'",
            "line 1: sources.slide is not a setting. Did you mean the table sources.slides?",
        ),
        ("[scenes]\nzzz = 1", "line 2: scenes.zzz is not a setting. Here can stand: pack."),
        (
            '[event]\n"per cent\\n" = 1',
            "line 2: event.'per cent\\n' is not a setting. Here can stand: title, room.",
        ),
        (
            "# c\n[api]\nport = 4466",
            "line 3: obs.port and api.port are the same port: give each its own.",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_told_with_line_key_expectation_and_find(
    text: str, told: str, tmp_path: Path
) -> None:
    assert _refused(text, tmp_path) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[obs]\nport =\n", "line 2, column 7: this value is not understood"),
        ("[event]\ntitle = My conference", "line 2, column 9: this value is not understood"),
        ("[event]\nroom = 5 m", "line 2, column 10: after a value the line must end"),
        ("[event]\ntitle 'x'", "line 2, column 7: after a key comes = and its value"),
        ('[event]\ntitle = "x\n', "line 2, column 11: text is not closed"),
        ('title = """x\ny', "line 2, column 2: text is not closed"),
        ("jobs = [1,\n2", "line 2, column 2: a list is not closed with ]"),
        ("[obs\nport = 1", "line 1, column 5: a table's name is not closed with ]"),
        ('out = "C:\\my"', "in double quotes write \\\\ for one \\"),
        ("a = 2026-02-31", "line 1, column 5: this date or time does not exist"),
        ("= 1", "line 1, column 1: a line reads key = value"),
        (
            "[obs]\nport = 4455\nfps = 30\nport = 4456",
            "line 4: obs.port is set again; it is set in line 2 already.",
        ),
        ("[obs]\n[api]\n[obs]\n", "line 3: obs is set again; it is set in line 1 already."),
        ("obs = {fps = 30, fps = 25}", "line 1: obs.fps is set again; it is set in line 1 already."),
        ("a = 1\na.b = 2", "a key or table is set that was set before"),
        ("a = 1\nb = " + "[" * 50_000, "line 2: lists or tables are nested too deep"),
        ("\n" + "a." * 100_000 + "b = 1", "line 2: a key has too many parts"),
        ("\na = " + "9" * 10_000, "line 2: a number has too many digits"),
    ],
)
def test_a_text_that_is_not_toml_is_told_with_its_place_and_what_to_write(
    text: str, told: str, tmp_path: Path
) -> None:
    (line,) = _refused(text, tmp_path)
    assert told in line


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_lines(tmp_path: Path) -> None:
    head, *faults = _refused(
        'x = 1\n[waits]\nstop_s = -1\n[obs]\nfps = 1\nprot = 1\n[api]\nport = "a"\n', tmp_path
    )
    assert head == "has 5 faults:"
    assert [fault.split(" ")[:3] for fault in faults] == [
        ["line", "1:", "x"],
        ["line", "3:", "waits.stop_s"],
        ["line", "5:", "obs.fps"],
        ["line", "6:", "obs.prot"],
        ["line", "8:", "api.port"],
    ]


def test_thousands_of_faults_are_told_in_a_page_and_counted(tmp_path: Path) -> None:
    told = _refused("".join(f"k{number} = 1\n" for number in range(5000)), tmp_path)
    assert told[0] == "has 5000 faults:"
    assert told[-1] == "and 4950 more"


def test_the_value_of_an_unknown_key_is_not_repeated_for_it_may_be_a_password(tmp_path: Path) -> None:
    assert "hunter2" not in " ".join(_refused('[obs]\npassword = "hunter2"', tmp_path))


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "stagebox.toml"
    file.write_bytes(b'[event]\n\ntitle = "caf\xe9"\n')
    with pytest.raises(
        SettingsError, match=r"stagebox\.toml, line 3: a character is not UTF-8\. Save the file as"
    ):
        load(file)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "stagebox.toml"
    file.write_bytes(b"\xef\xbb\xbf[obs]\r\nfps = 25\r\nport = 5000\r\n")
    assert load_traced(file).lines == {("obs",): 1, ("obs", "fps"): 2, ("obs", "port"): 3}


def test_a_folder_a_pipe_and_a_dangling_link_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is a folder"):
        load(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SettingsError, match="is not a regular file"):
        load(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        load(tmp_path / "link")


def test_a_file_larger_than_any_settings_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "recording.flv"
    with file.open("wb") as stream:
        stream.truncate(50_000_000_000)
    with pytest.raises(SettingsError, match=f"larger than {LIMIT_BYTES:,} bytes"):
        load(file)


def test_an_unreadable_file_and_one_in_a_closed_folder_are_refused(tmp_path: Path) -> None:
    file = _write(tmp_path / "closed", "")
    file.chmod(0)
    is_root = os.geteuid() == 0
    for folder_mode in (0o755, 0):
        file.parent.chmod(folder_mode)
        if is_root:  # root reads everything, so be somebody else for a moment
            os.seteuid(65534)
        try:
            with pytest.raises(SettingsError, match="cannot be read: Permission denied"):
                load(file)
        finally:
            if is_root:
                os.seteuid(0)
            file.parent.chmod(0o755)


_KEYS = [".".join(key) for key, _ in fields()]
_VALUES = [
    "1",
    "4466",
    '"x"',
    "'~x/y'",
    "true",
    "[1]",
    "{}",
    "nan",
    "-1.5",
    '"\\u0000"',
    "2020-01-01",
    '"""',
    "9" * 5000,
]
_STATEMENTS = st.builds(
    lambda key, value: f"{key} = {value}\n", st.sampled_from(_KEYS), st.sampled_from(_VALUES)
)
_HEADERS = st.sampled_from([f"[{key}]\n" for key in _KEYS] + [f"[[{key}]]\n" for key in _KEYS])


@given(
    st.one_of(
        st.text(), st.lists(st.one_of(_STATEMENTS, _HEADERS, st.text(max_size=4)), max_size=8).map("".join)
    )
)
@example("a" * 3000 + "." + "b." * 3000 + "c = 1")
def test_any_text_gives_settings_or_a_settings_error(text: str) -> None:
    file = Path.cwd() / "any.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        loaded = load_traced(file)
    except SettingsError as error:
        told: SettingsError | None = error
    else:
        told = None
        assert isinstance(loaded.settings, Settings)
        assert all(1 <= line <= text.count("\n") + 1 for line in loaded.lines.values())
    assert told is None or (str(file) in told.what and told.remedy)
