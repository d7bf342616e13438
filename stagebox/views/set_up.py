"""Set-up as it is shown: what is chosen, what could be, what was asked, and the checklist. Pure."""

from collections.abc import Sequence
from pathlib import PurePath

from stagebox.messages.code_catalogue import check_title
from stagebox.messages.passing import SENTENCES
from stagebox.model.figures import room_words
from stagebox.model.health_view import PictureHealth
from stagebox.model.observations import ChecklistReading, DevicesReading
from stagebox.model.set_up import SOURCE_ROLES, ActiveSettings, CheckLine, DeviceFound, SourceRole
from stagebox.model.snapshot import SetUpView
from stagebox.views.asked import is_asked
from stagebox.views.check_ways import way_of
from stagebox.views.said import sentence
from stagebox.views.seen import Seen, Translate
from stagebox.views.values import Button, Checklist, CheckRow, Choice, SetUp, Shape, SourceRow
from stagebox.views.words import disk_minutes_left, need_a_look, time_left

ROLES = SOURCE_ROLES
SHAPES: dict[str, Shape] = {"good": "fine", "note": "unknown", "look": "warn", "broken": "bad"}


def set_up_of(seen: Seen, translate: Translate) -> SetUp:
    """The Set-up screen."""
    told = seen.snapshot.set_up
    in_force = told.in_force or ActiveSettings()
    devices = told.devices
    looking = _asked(seen, told, "look_for_devices")
    face, words = _face(seen, devices, looking=looking, translate=translate)
    return SetUp(
        ready=seen.fresh and told.in_force is not None,
        face=face,
        face_words=words,
        on_air=bool(seen.snapshot.session) or seen.snapshot.streaming is True,
        title=in_force.title,
        room=in_force.room,
        names_asked=_asked(seen, told, "set_event"),
        folder=in_force.folder,
        folder_words=_folder_words(seen, devices, in_force.folder, translate),
        folder_locked=bool(seen.snapshot.session),
        folder_on_air=bool(seen.snapshot.session),
        places=_places(seen, told, translate),
        sources=tuple(_source(seen, told, role, translate) for role in ROLES),
        check=_check(seen, told.checklist, translate),
    )


def device_target(role: str, kind: str, device: str) -> str:
    """What names the choice of a device while it is asked."""
    return f"{role}/{kind}/{device}"


def _asked(seen: Seen, told: SetUpView, kind: str, target: str = "") -> bool:
    """Whether somebody, here or elsewhere, has asked for this."""
    wishes = [one for one in told.asked if one.kind == kind]
    return is_asked(seen.asked, kind, target) or (not target and bool(wishes))


def _face(
    seen: Seen, devices: DevicesReading | None, *, looking: bool, translate: Translate
) -> tuple[str, str]:
    """What stands where devices would be listed: a name for it, and words."""
    if seen.snapshot.obs.link != "up":
        return "obs", translate("OBS is not there. It is started again by itself; wait a moment.")
    if looking:
        return "looking", translate("Looking for devices…")
    if devices is None:
        return "unknown", translate("Nobody has looked for devices yet. Touch “Look again”.")
    if devices.trouble:
        return "trouble", translate("OBS did not list its devices. Touch “Look again”.")
    return "", ""


def _source(seen: Seen, told: SetUpView, role: SourceRole, translate: Translate) -> SourceRow:
    chosen = (told.in_force or ActiveSettings()).of(role)
    kind, device = chosen.kind or "none", chosen.device
    devices = told.devices or DevicesReading()
    found = devices.audio if role == "mic" else devices.video
    choices = [
        _choice(seen, role, (one.kind, one.device), _name(one, translate), (kind, device)) for one in found
    ]
    name = next((one.name for one in choices if one.chosen), "")
    if kind != "none" and not name:
        # Set by hand, or not plugged in now: it stays a choice, so that a wrong touch can be undone.
        name = _device_words(kind, device, translate)
        note = translate("in use, not in OBS's list") if found else ""
        choices.insert(0, _choice(seen, role, (kind, device), name, (kind, device), note=note))
    works = kind != "none" and _works(seen, role)
    if not found and told.devices is not None and not works:
        none_words = translate("OBS sees no device. Check its cable, then touch “Look again”.")
    else:
        none_words = ""
    choices.append(_choice(seen, role, ("none", ""), translate("Not used"), (kind, device)))
    asked = any(one.asked for one in choices) or any(
        (one.kind, one.target) == ("set_source", role) for one in told.asked
    )
    return SourceRow(
        key=role,
        name=name or translate("Not used"),
        asked=asked,
        none_words=none_words,
        choices=tuple(choices),
    )


def _works(seen: Seen, role: str) -> bool:
    """Whether the role is there now, whatever OBS lists."""
    health = seen.snapshot.health
    state = health.sound.state if role == "mic" else health.pictures.get(role, PictureHealth()).state
    return state in ("fine", "note")


def _choice(
    seen: Seen,
    role: str,
    this: tuple[str, str],
    name: str,
    in_force: tuple[str, str],
    note: str = "",
) -> Choice:
    return Choice(
        kind=this[0],
        target=this[1],
        name=name or this[1],
        note=note,
        chosen=this == in_force,
        asked=is_asked(seen.asked, "set_source", device_target(role, *this)),
    )


def _name(found: DeviceFound, translate: Translate) -> str:
    """A device's name is its maker's word; of a screen it is ours, in the screen's language."""
    kind = found.kind
    return _device_words(kind, found.device, translate) if kind == "x11" else found.name


def _device_words(kind: str, device: str, translate: Translate) -> str:
    match kind:
        case "x11":
            if not device:
                return translate("The screen of this computer")
            return translate("Screen {name}").format(name=device)
        case "media":
            return translate("File {name}").format(name=PurePath(device).name)
    return device or translate("The system's default")


def _places(seen: Seen, told: SetUpView, translate: Translate) -> tuple[Choice, ...]:
    folder = told.in_force.folder if told.in_force is not None else ""
    found = [
        Choice(
            kind="folder",
            target=one.path,
            name=one.path,
            note=_free(one.free_bytes, translate),
            chosen=one.path == folder,
            asked=is_asked(seen.asked, "set_folder", one.path),
        )
        for one in (told.devices or DevicesReading()).places
    ]
    if folder and not any(one.chosen for one in found):
        found.insert(0, Choice(kind="folder", target=folder, name=folder, note="", chosen=True, asked=False))
    return tuple(found)


def _free(free_bytes: float | None, translate: Translate) -> str:
    if free_bytes is None:
        return ""
    return translate("{room} free").format(room=room_words(free_bytes))


def _folder_words(seen: Seen, devices: DevicesReading | None, folder: str, translate: Translate) -> str:
    """Free space of the present folder, and how long that lasts."""
    words = []
    places = devices.places if devices is not None else ()
    free: float | None = next((one.free_bytes for one in places if one.path == folder), None)
    if free is None and (free_mb := seen.snapshot.obs.free_disk_mb) is not None:
        free = free_mb * 1024 * 1024
    if free is not None:
        words.append(_free(free, translate))
    minutes = disk_minutes_left(seen.snapshot)
    if minutes is not None:
        words.append(time_left(minutes, translate))
    return " · ".join(words) if words and seen.fresh else translate("free space not known")


def _check(seen: Seen, told: ChecklistReading | None, translate: Translate) -> Checklist:
    known = told or ChecklistReading()
    running = known.running or is_asked(seen.asked, "run_check")
    lines = tuple(_check_row(seen, one, translate) for one in known.lines)
    session = seen.snapshot.session
    speak_s = known.speak_s
    shape, words = _check_words(lines, running=running, told=told is not None, translate=translate)
    obs = seen.snapshot.obs.link == "up"
    if session and not running:
        shape, words = "off", translate("Not while a talk is being recorded")
    elif not obs and not running:
        shape, words = "off", translate("OBS is not there: the check waits for it")
    if running and speak_s:
        words = translate("Please speak into the microphone now, for {n} seconds").format(n=f"{speak_s:.0f}")
    return Checklist(
        ready=seen.fresh and obs and not running and not session,
        running=running,
        speak=running and speak_s > 0,
        shape=shape,
        words=words,
        rows=lines,
    )


def _check_words(
    lines: Sequence[CheckRow], *, running: bool, told: bool, translate: Translate
) -> tuple[Shape, str]:
    if running:
        return "busy", translate("Checking… {n} done").format(n=len(lines))
    if not told:
        return "unknown", translate("Nothing was checked yet")
    broken = sum(one.shape == "bad" for one in lines)
    look = sum(one.shape == "warn" for one in lines)
    told_look = need_a_look(look, translate) if look else ""
    if broken:
        told_broken = translate("{n} failed").format(n=broken)
        return "bad", ", ".join(filter(None, (told_broken, told_look)))
    if look:
        return "warn", told_look
    if any(one.shape == "unknown" for one in lines):
        return "fine", translate("Good, with a note")
    return "fine", translate("All is good")


def _check_row(seen: Seen, line: CheckLine, translate: Translate) -> CheckRow:
    good = line.level == "good"
    words = sentence(seen, line.summary)
    if not words and line.level in ("look", "broken"):
        words = translate(SENTENCES["tell_the_crew"])
    title = check_title(line.check)
    return CheckRow(
        shape=SHAPES.get(line.level, "unknown"),
        title=translate(title) if title else line.title,
        words=words,
        remedy=sentence(seen, line.remedy),
        button=Button() if good else way_of(line.check, line.target, translate),
    )
