"""Touches that become what is asked of the appliance: each a command, or a change of the stream's target."""

import time
from dataclasses import asdict, replace

from pydantic import SecretStr
from PySide6.QtCore import Slot

from stagebox.kiosk.meters import unlatched
from stagebox.kiosk.shown import Shown
from stagebox.model.commands import TalkDetails
from stagebox.views.asked import Teaching
from stagebox.views.planned import QUESTIONS, edit_target
from stagebox.views.set_up import device_target
from stagebox.views.teaching import LEARN_S, begun, saving
from stagebox.views.tiles import would_do_nothing
from stagebox.views.trial import LENGTH_S

TYPED_MOST = 200
"""So many talks are typed by hand at most."""

NAMED = ("title", "speaker", "room")
"""What is always told of a talk; the rest where it is known."""


class Touches(Shown):
    """What is shown, and what people want of it."""

    @Slot(str)
    def switchScene(self, scene: str) -> None:  # noqa: N802
        """Put a scene on program; what is, or was asked already, is not asked again."""
        if not self._may_touch() or would_do_nothing(self._seen, scene):
            return
        self._ask("switch_scene", {"kind": "switch_scene", "scene": scene}, scene)

    @Slot()
    def startRecording(self) -> None:  # noqa: N802
        """Begin a session; a second touch does nothing."""
        if not self._may_touch() or self._view.record.action != "start":
            return
        self._ask("start_recording", {"kind": "start_recording"})

    @Slot()
    def stopRecording(self) -> None:  # noqa: N802
        """End the session; a second touch does nothing."""
        if not self._may_touch() or self._view.record.action not in ("stop", "resume"):
            return
        self._ask("stop_recording", {"kind": "stop_recording"})

    @Slot()
    def nextTalk(self) -> None:  # noqa: N802
        """End this talk and begin the following one, without a stop; a second hold does nothing."""
        following = self._view.record.next
        if self._may_touch() and following.label and following.enabled:
            self._ask("next_talk", {"kind": "next_talk"})

    @Slot()
    def resumeRecording(self) -> None:  # noqa: N802
        """Let a recording that is paused in OBS go on; a second touch does nothing."""
        if self._may_touch() and self._view.record.action == "resume":
            self._ask("resume_recording", {"kind": "resume_recording"})

    @Slot()
    def testRecording(self) -> None:  # noqa: N802
        """Record ten seconds to see that all is well."""
        if self._may_touch() and self._view.trial.ready:
            self._ask("start_trial", {"kind": "start_trial", "seconds": LENGTH_S})

    @Slot(str, str)
    def setTalk(self, title: str, speaker: str) -> None:  # noqa: N802
        """Name the talk that is on, or the next one; all else that is known of it stays."""
        if not self._may_touch():
            return
        session, after = self._seen.snapshot.session, self._seen.snapshot.next_talk
        known = TalkDetails(room=session.room) if session is not None else after
        named = replace(known, title=title.strip()[:200], speaker=speaker.strip()[:200])
        talk = {name: value for name, value in asdict(named).items() if value or name in NAMED}
        self._ask("set_talk", {"kind": "set_talk", "talk": talk})

    @Slot()
    def lookForDevices(self) -> None:  # noqa: N802
        """Ask OBS what it sees."""
        if self._may_touch():
            self._ask("look_for_devices", {"kind": "look_for_devices"})

    @Slot(str, str, str, bool)
    def chooseDevice(self, role: str, kind: str, device: str, on_air: bool) -> None:  # noqa: N802
        """Put a device behind a role. `on_air`: the person was told that it will be seen or heard."""
        want = {"kind": "set_source", "role": role, "device_kind": kind, "device": device, "on_air": on_air}
        if self._may_touch():
            self._ask("set_source", want, device_target(role, kind, device))

    @Slot(str, str)
    def setEvent(self, title: str, room: str) -> None:  # noqa: N802
        """Name the event and the room."""
        if self._may_touch():
            want = {"kind": "set_event", "title": title.strip()[:120], "room": room.strip()[:60]}
            self._ask("set_event", want)

    @Slot(str)
    def setFolder(self, folder: str) -> None:  # noqa: N802
        """Put the next recordings elsewhere."""
        if self._may_touch():
            self._ask("set_folder", {"kind": "set_folder", "folder": folder.strip()}, folder.strip())

    @Slot(str)
    def goOnIn(self, folder: str) -> None:  # noqa: N802
        """Have the talk that is recorded go on in another folder: a second touch confirmed it."""
        if self._may_touch():
            want = {"kind": "set_folder", "folder": folder, "on_air": True}
            self._ask("set_folder", want, folder)

    @Slot()
    def runCheck(self) -> None:  # noqa: N802
        """Go through the checklist."""
        if self._may_touch() and self._view.set_up.check.ready:
            self._ask("run_check", {"kind": "run_check"})

    @Slot(str)
    def showMessage(self, words: str) -> None:  # noqa: N802
        """Show the speaker some words; none take them back."""
        if self._may_touch():
            self._ask("show_message", {"kind": "show_message", "words": words.strip()[:120]}, words)

    @Slot(str)
    def useSchedule(self, source: str) -> None:  # noqa: N802
        """Use a schedule: an address or a file; an empty one uses none. Its room is looked for anew."""
        if self._may_touch():
            want = {"kind": "use_schedule", "source": source.strip()[:2000], "room": ""}
            self._ask("use_schedule", want)

    @Slot(str)
    def chooseRoom(self, room: str) -> None:  # noqa: N802
        """Say which room of the schedule this is."""
        if self._may_touch():
            self._ask("use_schedule", {"kind": "use_schedule", "room": room}, room)

    @Slot(bool)
    def startByItself(self, wanted: bool) -> None:  # noqa: N802
        """Whether a talk is started when its time has come."""
        if self._may_touch():
            self._ask("use_schedule", {"kind": "use_schedule", "auto_start": wanted})

    @Slot()
    def askSchedule(self) -> None:  # noqa: N802
        """Ask for the newest schedule."""
        if self._may_touch():
            self._ask("use_schedule", {"kind": "use_schedule"})

    @Slot(str, str, str)
    def editTalk(self, key: str, title: str, speaker: str) -> None:  # noqa: N802
        """Call a scheduled talk, or its speaker, otherwise: it beats the schedule."""
        known = next((one for one in self._view.planned.rows if one.key == key), None)
        if not self._may_touch() or known is None:
            return
        told = {"title": title.strip()[:200], "speaker": speaker.strip()[:200]}
        before = {"title": known.title, "speaker": known.speaker}
        said = {name: value for name, value in told.items() if value != before[name]}
        if said:
            self._ask("edit_talk", {"kind": "edit_talk", "key": key, **said}, edit_target(key))

    @Slot(str, str, str)
    def answerFor(self, key: str, question: str, answer: str) -> None:  # noqa: N802
        """Say what a talk's speaker allows."""
        if self._may_touch() and question in QUESTIONS:
            target = edit_target(key, question, answer)
            self._ask("edit_talk", {"kind": "edit_talk", "key": key, question: answer}, target)

    @Slot(str, str)
    def giveTalk(self, session_id: str, key: str) -> None:  # noqa: N802
        """Say of which scheduled talk a recording is."""
        if self._may_touch():
            want = {"kind": "give_talk", "session_id": session_id, "key": key}
            self._ask("give_talk", want, session_id)

    @Slot(str)
    def takeBack(self, key: str) -> None:  # noqa: N802
        """Let the schedule's own word count again for a talk."""
        if self._may_touch():
            self._ask("take_back_edit", {"kind": "take_back_edit", "key": key}, key)

    @Slot(str, str)
    def typeTalk(self, talk: str, speaker: str) -> None:  # noqa: N802
        """Add a line to the list that is being typed: time and title, and who speaks."""
        if self._may_touch() and talk.strip():
            line = "\t".join(" ".join(one.split()) for one in (talk, speaker)).strip()
            self._type((*self._seen.typed, line))

    @Slot(int)
    def dropTalk(self, index: int) -> None:  # noqa: N802
        """Take a line out of it."""
        if self._may_touch():
            self._type(tuple(one for at, one in enumerate(self._seen.typed) if at != index))

    @Slot()
    def useTyped(self) -> None:  # noqa: N802
        """Use the list that was typed as the schedule."""
        if self._may_touch() and self._view.schedule.typed_ready:
            self._ask(
                "use_schedule", {"kind": "use_schedule", "room": "", "text": "\n".join(self._seen.typed)}
            )

    def _type(self, lines: tuple[str, ...]) -> None:
        self._seen = replace(self._seen, typed=lines[:TYPED_MOST])
        self._look()

    @Slot(str)
    def teachButton(self, words: str) -> None:  # noqa: N802
        """Wait for the press of the button that shall do this; a second touch begins anew."""
        if not self._may_touch():
            return
        intent_id = self._ask("learn_button", {"kind": "learn_button", "seconds": LEARN_S})
        if intent_id:
            self._teach(begun(self._seen, words, intent_id, time.monotonic()))

    @Slot()
    def teachAgain(self) -> None:  # noqa: N802
        """Wait for another press, for the same."""
        if self._seen.teaching is not None:
            self.teachButton(self._seen.teaching.words)

    @Slot()
    def saveButton(self) -> None:  # noqa: N802
        """Give the button that was pressed what it shall do."""
        teaching = self._seen.teaching
        if not self._may_touch() or teaching is None or teaching.step != "learned":
            return
        want = {"kind": "set_button", "place": teaching.place, "words": teaching.words}
        intent_id = self._ask("set_button", want, teaching.place)
        if intent_id:
            self._teach(saving(teaching, intent_id, time.monotonic()))

    @Slot()
    def leaveButton(self) -> None:  # noqa: N802
        """Wait for no press any more. Also when the screen is locked: a press is to count again."""
        teaching = self._seen.teaching
        if teaching is not None and teaching.step in ("asking", "waiting"):
            self._ask("learn_button", {"kind": "learn_button", "seconds": 0})
        self._teach(None)

    def _teach(self, teaching: Teaching | None) -> None:
        self._seen = replace(self._seen, teaching=teaching)
        self._look()

    @Slot(str)
    def acknowledge(self, key: str) -> None:
        """An alarm was seen: it stays, small."""
        if not self._may_touch():
            return
        code, _, role = key.partition("/")
        self._ask("acknowledge", {"kind": "acknowledge", "alarm": {"code": code, "role": role}}, key)

    @Slot()
    def startStream(self) -> None:  # noqa: N802
        """Go live; a second touch does nothing."""
        if self._may_touch() and self._view.stream.action == "start":
            self._ask("start_stream", {"kind": "start_stream"})

    @Slot(str)
    def setStreamTarget(self, typed: str) -> None:  # noqa: N802
        """Stream to another place: a server's address, or the name of a service."""
        if self._may_touch():
            which = "server" if "://" in typed else "service"
            self._tell_desk({"kind": "stream_target", which: typed.strip()})

    @Slot(str)
    def setStreamKey(self, typed: str) -> None:  # noqa: N802
        """Keep another stream key. It is no command: those are journalled."""
        if self._may_touch():
            self._tell_desk({"kind": "stream_key", "key": SecretStr(typed.strip())})

    @Slot()
    def forgetStreamKey(self) -> None:  # noqa: N802
        """Keep no stream key any more."""
        if self._may_touch():
            self._tell_desk({"kind": "stream_key", "key": None})

    @Slot()
    def stopStream(self) -> None:  # noqa: N802
        """End the stream; a second hold does nothing."""
        if self._may_touch() and self._view.stream.action == "stop":
            self._ask("stop_stream", {"kind": "stop_stream"})

    @Slot()
    def resetClips(self) -> None:  # noqa: N802
        """Put the clip lights out."""
        self._meters = unlatched(self._meters)

    @Slot(list, int)
    def showPictures(self, names: list[str], width: int) -> None:  # noqa: N802
        """Which pictures are visible, and how wide: only those are fetched."""
        self.wanted_pictures = (tuple(names), width)
        self.wants_pictures.emit(self.wanted_pictures)

    def _take_remedy(self, remedy: str, role: str) -> None:
        if self._may_touch():
            want = {"kind": "take_remedy", "remedy": remedy, "role": role}
            self._ask("take_remedy", want, f"{remedy}/{role}")
