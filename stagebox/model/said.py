"""What is said to people in passing, as codes with facts: notes, and why something was not done.

Each sentence stands here once, in English. The engine says it so; the touch screen says the same code in its
own language (ui/i18n). A name in braces is a fact; one that ends in `_s` is a length in seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def translate(context: str, words: str) -> str:
    """The words as they are: under this name the translation tools find them."""
    del context
    return words


SENTENCES: Mapping[str, str] = {
    # What was done.
    "mic_on": translate("said", "The microphone is on again."),
    "slides_back": translate("said", "The slides are back."),
    "camera_back": translate("said", "The camera is back."),
    "slides_restarted": translate("said", "The slides were started again."),
    "camera_restarted": translate("said", "The camera was started again."),
    "obs_replaced": translate("said", "OBS did not answer. It was started again."),
    "scenes_built": translate("said", "The scenes are built again."),
    "remedy_refused": translate("said", "That did not work. Try again, or tell the crew."),
    "tell_the_crew": translate("said", "Something did not go as it should. Tell the crew."),
    # What the recording went through.
    "went_on_lacks": translate("said", "The recording goes on. About {lacks_s} of the talk are missing."),
    "stopped_by_itself": translate(
        "said", "OBS stopped recording by itself and was asked to go on: this talk has a gap."
    ),
    "goes_on_in": translate("said", "The recording goes on in {folder}."),
    "went_down_goes_on": translate(
        "said",
        "The computer went down {ago_s} ago while “{talk}” was being recorded. "
        "Its recording goes on in a new part. What lies on the disk is processed.",
    ),
    "went_down_over": translate(
        "said",
        "The computer went down {ago_s} ago while “{talk}” was being recorded. "
        "It is not recorded any more. What lies on the disk is processed.",
    ),
    "stood_still_lacks": translate(
        "said", "The computer stood still for {still_s}. The recording lacks that much of the talk."
    ),
    "slept": translate("said", "The computer slept for {slept_s}."),
    "slept_lacks": translate(
        "said", "The computer slept for {slept_s}. The recording lacks that much of the talk."
    ),
    "stood_still": translate("said", "stagebox stood still for {still_s}."),
    "talk_goes_on": translate("said", "“{talk}” goes on."),
    # Why something was not done.
    "still_saving": translate("said", "The last recording is still being saved. Try again in a moment."),
    "do_not_record": translate("said", "This talk is marked “do not record”."),
    "nothing_recorded": translate("said", "Nothing is being recorded."),
    "nothing_to_mark": translate("said", "Nothing is being recorded, so there is no moment to mark."),
    "being_stopped": translate("said", "The recording is being stopped."),
    "stopped_first": translate("said", "It was stopped before OBS had started."),
    "folder_missing": translate("said", "The recording folder {folder} is missing. Choose another folder."),
    "folder_read_only": translate(
        "said", "The recording folder {folder} cannot be written. Choose another folder."
    ),
    "folder_full": translate("said", "The disk of {folder} is full. Choose another folder."),
    "test_runs": translate("said", "A test recording runs already."),
    "test_waits_for_talk": translate("said", "A talk is being recorded. The test waits until it has ended."),
    "test_is_checked": translate("said", "The last test recording is still being checked."),
    "test_waits_for_obs": translate("said", "OBS is not there. The test waits until it answers."),
    "obs_went_away": translate("said", "OBS went away meanwhile."),
    "away_too_long": translate("said", "stagebox was away for too long: touch record again."),
    "no_start": translate("said", "OBS did not start recording within {waited_s}. stagebox keeps trying."),
    "no_start_test": translate("said", "OBS did not start recording within {waited_s}."),
    "no_stop": translate(
        "said", "OBS did not stop recording within {waited_s}. stagebox keeps trying; the recording is safe."
    ),
    "no_stop_then_talk": translate(
        "said", "OBS did not stop recording within {waited_s}. The talk is recorded as soon as it does."
    ),
    "start_refused": translate("said", "OBS refused to record: {reason}. stagebox keeps trying."),
    "test_refused": translate("said", "OBS refused to record: {reason}."),
    "not_resumed": translate("said", "OBS is not connected, so it cannot be asked to go on."),
    "alarm_over": translate("said", "This alarm is over already."),
    "scene_not_connected": translate("said", "OBS is not connected, so the scene was not changed."),
    "no_scene": translate("said", "There is no scene “{scene}”. OBS has: {scenes}."),
    "not_connected": translate("said", "OBS is not connected."),
    "own_not_known": translate(
        "said", "It is not known yet which one is stagebox's: touch “Build the scenes again” first."
    ),
    "profile_waits": translate(
        "said",
        "OBS changes its profile only while nothing is recorded or streamed. Touch it after the talk.",
    ),
    "not_opened": translate("said", "OBS refused to open “{name}”: {reason}."),
    "opened_too_late": translate("said", "OBS did not open “{name}” in time. Touch it again."),
    "still_streaming": translate("said", "The last stream is still ending. Try again in a moment."),
    "nothing_streamed": translate("said", "Nothing is being streamed."),
    "stream_not_live": translate("said", "The stream is not live yet."),
    "stream_unknown": translate(
        "said", "OBS does not get through to the streaming server, or is refused by it."
    ),
    "stream_refused": translate(
        "said", "The streaming server refuses the stream: the key or the address is wrong."
    ),
    "stream_gone": translate("said", "The streaming server does not answer."),
    "stream_no_network": translate(
        "said", "The network is gone: this computer has no way to the streaming server."
    ),
    "stream_stuck": translate("said", "The streaming server hangs: it takes nothing any more."),
    "stream_set_up": translate("said", "Target or key of the stream cannot be used."),
    "stream_obs": translate("said", "OBS refused to stream."),
    # Set-up.
    "folder_refused": translate(
        "said",
        "The folder {folder} cannot be used: it is full, or nothing can be written there. Choose another.",
    ),
    "not_taken": translate("said", "OBS did not take this. Wait a moment, and try again."),
    "on_air": translate("said", "A talk is on air: this would be seen or heard. A second touch confirms it."),
    "folder_on_air": translate(
        "said", "A talk is being recorded: it would go on in the other folder. A second touch confirms it."
    ),
    "folder_paused": translate("said", "The recording is paused. Let it go on, then change the folder."),
    "no_full_path": translate("said", "“{folder}” is no full path: begin with / and name every folder."),
    "check_waits": translate("said", "A talk is being recorded. The check waits until it has ended."),
    "check_waits_for_obs": translate("said", "OBS is not there. The check waits until it answers."),
    "try_when_obs": translate("said", "OBS is not there. Try again when it answers."),
    "other_collection": translate(
        "said",
        "Another scene collection of OBS is open (“{name}”), and nothing is built in it. "
        "Touch “Back to stagebox's scenes” first.",
    ),
    "done_already": translate("said", "It is being done already."),
    "no_such_device": translate("said", "“{kind}” cannot be the {role}: choose another kind of device."),
    "name_the_file": translate("said", "Name the file that shall be played."),
    "too_much": translate("said", "Too much is being changed at once. Try again in a moment."),
    "took_too_long": translate("said", "It took too long. Wait a moment, and try again."),
    "restarted_meanwhile": translate("said", "stagebox began anew meanwhile. Look whether it is done."),
}
"""By code. What is not here is said in English alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence: its code, and the facts that belong into it. An empty code: `words` is all there is."""

    code: str = ""
    facts: Mapping[str, str | float] = field(default_factory=dict)
    words: str = ""


class Sentence(str):
    """A sentence in English that knows its code and facts."""

    said: Said

    def __new__(cls, said: Said) -> "Sentence":
        """The sentence for a person who reads English."""
        made = super().__new__(cls, said.words)
        made.said = said
        return made

    def __getnewargs__(self) -> tuple[Said]:  # type: ignore[override]
        """What a copy is made of: the marks of a talk are copied on their way to the worker."""
        return (self.said,)


def say(code: str, **facts: str | float) -> Sentence:
    """The sentence of a code. Raises KeyError for a code, or a fact, that there is not."""
    told = {name: _told(name, fact) for name, fact in facts.items()}
    return Sentence(Said(code=code, facts=facts, words=SENTENCES[code].format(**told)))


def worded(code: str, words: str, **facts: str | float) -> Sentence:
    """A sentence that knows more than its code: in English it is told as it is."""
    return Sentence(Said(code=code, facts=facts, words=words))


def said_of(words: str) -> Said:
    """The code and facts of a sentence; of one that has none, the words alone."""
    return words.said if isinstance(words, Sentence) else Said(words=str(words))


def _told(name: str, fact: str | float) -> str:
    return length(fact) if name.endswith("_s") and not isinstance(fact, str) else str(fact)


def length(seconds: float) -> str:
    """A length as people say it: seconds up to a minute, then the largest whole unit."""
    if seconds < 60.0:
        return f"{seconds:.1f} seconds" if seconds < 10.0 and seconds % 1 else f"{seconds:.0f} seconds"
    for unit_s, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= unit_s:
            count = int(seconds // unit_s)
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that was said in passing, at the wall time `utc`, for so many seconds.

    `role` is what it is about, `session` the talk; empty for neither in particular.
    """

    said: Said
    utc: float
    lasts_s: float
    role: str = ""
    session: str = ""
