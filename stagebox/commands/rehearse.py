"""`stagebox rehearse`: a whole talk in a simulated venue with real OBS."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from stagebox.commands.common import JsonOption, print_json
from stagebox.model.errors import ExitCode
from stagebox.model.figures import lasting
from stagebox.system.processes import ENDINGS

if TYPE_CHECKING:
    from stagebox.rehearsal.outcome import RehearsalOutcome
    from stagebox.rehearsal.streaming import ArrivedStream
    from stagebox.rehearsal.talks import RehearsedTalk


def register(app: typer.Typer) -> None:
    """Add the command to `stagebox`."""

    @app.command()
    def rehearse(
        seconds: Annotated[
            float, typer.Option(min=6, max=86_400, help="How long to record; six scenes share it.")
        ] = 20.0,
        fault: Annotated[
            str | None, typer.Option(metavar="NAME", help="Play a fault; an unknown name lists them all.")
        ] = None,
        keep: Annotated[
            Path | None,
            typer.Option(
                metavar="DIR",
                help="Leave everything that was made in DIR. Default: only the MP4 and its report stay, "
                "in rehearsals/<time> under the current folder.",
            ),
        ] = None,
        seed: Annotated[
            int | None, typer.Option(min=0, help="Repeat the storm of `--fault random` with this seed.")
        ] = None,
        stream: Annotated[
            bool, typer.Option("--stream", help="Stream too, to a real server on this computer.")
        ] = False,
        talks: Annotated[
            int,
            typer.Option(
                min=1, max=50, help="So many talks back to back, by “next talk”; they share the seconds."
            ),
        ] = 1,
        as_json: JsonOption = False,
    ) -> None:
        """Rehearse a whole talk in a simulated venue: real OBS, recorded, processed, verified, read back.

        Your own OBS, screen and sound are not touched, and no process is left behind.
        """
        from stagebox.rehearsal import storm
        from stagebox.rehearsal.fault_catalogue import EVERY_FAULT
        from stagebox.rehearsal.flow import rehearse as play

        known_faults = {*EVERY_FAULT, storm.NAME}
        if fault is not None and fault not in known_faults:
            known = ", ".join(sorted(known_faults))
            raise typer.BadParameter(f"--fault {fault}: there is no such fault. Known faults: {known}.")
        if keep is not None and keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
            raise typer.BadParameter(f"--keep {keep}: that is not an empty folder. Name a new or empty one.")
        if talks > 1 and fault == storm.NAME:
            raise typer.BadParameter("--talks and --fault random: a storm is one talk. Name one fault.")
        with _ends_tidily():
            outcome = play(seconds, fault, keep, _say, seed=seed, stream=stream, talks=talks)
        if as_json:
            print_json(outcome.to_json())
        else:
            typer.echo(summary(outcome))
        if outcome.problems:
            raise typer.Exit(int(ExitCode.NEEDS_PERSON))


def _say(step: str) -> None:
    """Tell a step on standard error, so that standard output carries the result alone."""
    sys.stderr.write(f"· {step}\n")
    sys.stderr.flush()


@contextmanager
def _ends_tidily() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal raise KeyboardInterrupt, once: tidying is not disturbed."""

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        for ending in ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {ending: signal.signal(ending, end) for ending in ENDINGS}
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)


def summary(outcome: "RehearsalOutcome") -> str:
    """What came of a rehearsal, for a person."""
    good = not outcome.problems
    rows = [
        ("MP4", _where(outcome.output)),
        ("Verdict", f"{outcome.verdict}  {outcome.summary}".rstrip()),
        ("Canvas", "not measured" if outcome.promise is None else outcome.promise.words),
        ("Length", f"{outcome.duration_s:.1f} s, {_count(len(outcome.segments), 'segment')}"),
        ("Scenes", " → ".join(outcome.scenes_seen) or "none seen"),
        ("Picture", _picture(outcome)),
        ("Sound", _sound(outcome)),
        ("Alarms", _alarms(outcome)),
        *([("Noted", words)] if (words := _noted(outcome)) else []),
        ("Took", " · ".join(f"{name} {lasting(value)}" for name, value in outcome.timings_s.items())),
    ]
    if outcome.rescue is not None:
        rows.insert(1, ("Rescue", f"{outcome.rescue}  (the backup's sound)"))
    if outcome.fault:
        rows.insert(0, ("Fault", f"{outcome.fault}{_lost(outcome)}"))
    if outcome.seed is not None:
        names = ", ".join(one.fault for one in outcome.played)
        rows.insert(1, ("Storm", f"seed {outcome.seed}: {names}"))
    for one in outcome.stream or ():
        rows.append(("Stream", _stream(one)))
    rows += [("Talk", _talk(one)) for one in outcome.talks]
    if outcome.talks:
        rows.append(("Between", _between(outcome.between_gap_s)))
    rows += [("Note", words) for words in outcome.remarks]
    title = "The talk is recorded, whole and proven." if good else "The rehearsal needs a look:"
    lines = ["", title, *(f"  - {problem}" for problem in outcome.problems), ""]
    return "\n".join([*lines, *(f"  {name:<8} {text}" for name, text in rows)])


def _stream(one: "ArrivedStream") -> str:
    lacks = f"{one.gap_s:.2f} s missing" if one.gap_s else "nothing missing"
    speech = "speech heard" if one.speech_audible else "no speech heard"
    return f"{one.verdict}, {one.duration_s:.1f} s, {_count(one.frames, 'frame')}, {lacks}, {speech}"


def _talk(one: "RehearsedTalk") -> str:
    shown = f"counter {one.first_counter} to {one.last_counter}" if one.last_counter else "no counter"
    return f"{one.verdict}, {shown}, {_where(one.output)}"


def _between(lacks_s: float) -> str:
    if lacks_s <= 0:
        return f"nothing missing; both have {-lacks_s:.2f} s at least"
    return f"{lacks_s:.2f} s missing between two talks"


def _where(output: Path | None) -> str:
    return f"{output}  ({output.stat().st_size / 1e6:.1f} MB)" if output is not None else "none could be made"


def _picture(outcome: "RehearsalOutcome") -> str:
    if not outcome.frames:
        return "none"
    lacks = f"{outcome.gap_s:.2f} s missing" if outcome.gap_s else "the counter counts on without a gap"
    single = f", {_count(outcome.frames_missing, 'single frame')} missing" if outcome.frames_missing else ""
    skipped = outcome.skipped
    busy = (
        f"; OBS left out {skipped.drawing} in drawing and {skipped.encoding} in encoding" if skipped else ""
    )
    return f"{_count(outcome.frames, 'frame')}, {lacks}{single}{busy if single else ''}"


def _sound(outcome: "RehearsalOutcome") -> str:
    speech = f"speech at {outcome.speech_dbfs:.0f} dBFS" if outcome.speech_audible else "no speech heard"
    lacks = f"{outcome.audio_gap_s:.2f} s missing" if outcome.audio_gap_s else "nothing missing"
    return f"{speech}, {lacks}"


def _alarms(outcome: "RehearsalOutcome") -> str:
    grave = (row for row in outcome.alarms if row["level"] != "note")
    return ", ".join(f"{row['code']} after {row['raised_after_s']:.1f} s" for row in grave) or "none"


def _noted(outcome: "RehearsalOutcome") -> str:
    """What was only noted, in its own words; each once."""
    notes = (str(row.get("message") or row["code"]) for row in outcome.alarms if row["level"] == "note")
    return " ".join(dict.fromkeys(notes))


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _lost(outcome: "RehearsalOutcome") -> str:
    """What a fault cost, in figures."""
    parts = [
        f"{name} after {lasting(value)}"
        for name, value in (("noticed", outcome.noticed_after_s), ("recovered", outcome.recovered_after_s))
        if value is not None
    ]
    parts.append(f"picture lost {outcome.gap_s:.2f} s")
    parts.append(
        f"sound lost {outcome.audio_gap_s:.2f} s ({outcome.own_audio_gap_s:.2f} s without the rescue)"
    )
    return ": " + ", ".join(parts)
