import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagebox.model.settings import Settings
from stagebox.settings.reading import load, load_traced
from stagebox.settings.showing import example, in_force, value_at
from stagebox.settings.words import expected, fields, section_of, toml_value

PLAIN = [(key, field) for key, field in fields() if section_of(field) is None]


def _uncommented(text: str) -> str:
    """The example with every setting taken out of its comment."""
    lines = text.splitlines()
    return "\n".join(line[1:] if line.startswith("#") and line[1:2].isalpha() else line for line in lines)


@pytest.fixture
def example_file(tmp_path: Path) -> Path:
    file = tmp_path / "stagebox.toml"
    file.write_text(example(), encoding="utf-8")
    return file


def test_the_example_as_it_is_means_the_defaults(example_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(example_file) == load_without_file(monkeypatch)


def load_without_file(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The defaults, where no settings file can be found."""
    monkeypatch.setattr("stagebox.settings.reading.find_file", lambda path: path)
    return load(None)


def test_the_example_with_every_key_uncommented_means_the_defaults_too(
    example_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example_file.write_text(_uncommented(example()), encoding="utf-8")
    loaded = load_traced(example_file)
    assert {key for key, _ in PLAIN} <= set(loaded.lines), "every setting is in the example"
    defaults = load_without_file(monkeypatch)
    unset = {key for key, _ in PLAIN if value_at(defaults, key) is None}
    assert all(field.examples for key, field in PLAIN if key in unset), "what has no default has an example"
    for key, _ in PLAIN:
        if key not in unset:
            assert value_at(loaded.settings, key) == value_at(defaults, key), key


def test_the_line_of_each_key_in_the_example_is_known(example_file: Path) -> None:
    text = _uncommented(example())
    example_file.write_text(text, encoding="utf-8")
    for key, line in load_traced(example_file).lines.items():
        assert key[-1] in text.splitlines()[line - 1]


def test_each_key_of_the_example_stands_below_its_description() -> None:
    text = example()
    for key, field in PLAIN:
        assert field.description
        above = f"# {field.description}\n# It must be {expected(field)}."
        assert any(after.split("\n")[1].startswith(f"#{key[-1]} = ") for after in text.split(above)[1:]), key


def test_every_setting_has_words_of_its_own_for_what_it_takes() -> None:
    assert [key for key, field in PLAIN if expected(field) == "a value that fits"] == []


def test_the_settings_in_force_are_toml_that_loads_to_the_same(tmp_path: Path) -> None:
    file = tmp_path / "stagebox.toml"
    file.write_text(
        '[event]\ntitle = "Käse \\"& \\\\ Wein\\u007f"\n[sources.mic]\nkind = "pulse"\n', encoding="utf-8"
    )
    loaded = load_traced(file)
    text = in_force(loaded)
    file.write_text(text, encoding="utf-8")
    assert load(file) == loaded.settings


def test_the_settings_in_force_tell_the_line_or_default_of_each(tmp_path: Path) -> None:
    file = tmp_path / "stagebox.toml"
    file.write_text('[event]\n\nroom = "Aula"\n', encoding="utf-8")
    loaded = load_traced(file)
    lines = [line.split("  # ") for line in in_force(loaded).splitlines()]
    told = {line[0].strip(): line[1] for line in lines if len(line) == 2}
    assert told['room = "Aula"'] == "line 3"
    assert told['title = "Our conference"'] == "default"
    assert told["# display is not set"] == "default"
    assert sum(len(line) == 2 for line in lines) >= len(PLAIN)


_VALUES = st.recursive(
    st.one_of(st.text(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False)),
    st.lists,
)


@given(_VALUES)
def test_any_value_is_read_back_from_its_toml(value: object) -> None:
    assert tomllib.loads(f"key = {toml_value(value)}") == {"key": value}
