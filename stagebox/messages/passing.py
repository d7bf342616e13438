"""What is said in passing, by code: notes, and why something was not done.

A name in braces is a fact; one that ends in `_s` is a length in seconds. What asks for a terminal has a
"CODE.screen" beside it, for who stands at the touch screen.
"""

from collections.abc import Mapping

from stagebox.messages.entry import CountedWords, msg
from stagebox.messages.obs_sentences import OBS
from stagebox.messages.stream_sentences import STREAM
from stagebox.model.said import TOGETHER

NOTHING_TO_DO = msg("Nothing to do.")
BARS = msg("Bars at its edges are normal. Nothing to do.")

SENTENCES: Mapping[str, str] = {
    TOGETHER: "{first} {then}",
    # Where something is heard.
    "on_track": msg(" on track {number}"),
    "on_named_track": msg(" on track {number} “{name}”"),
    # What was done.
    "mic_on": msg("The microphone is on again."),
    "slides_back": msg("The slides are back."),
    "camera_back": msg("The camera is back."),
    "slides_restarted": msg("The slides were started again."),
    "camera_restarted": msg("The camera was started again."),
    "obs_replaced": msg("OBS did not answer. It was started again."),
    "scenes_built": msg("The scenes are built again."),
    "remedy_refused": msg("That did not work. Try again, or tell the crew."),
    "person_asked": msg("Somebody asked for it."),
    "unmuted": msg("The microphone is muted in OBS, but this scene needs its sound: it is switched on."),
    "put_back": msg("stagebox's scenes are built again in OBS: what is missing is put back."),
    "slides_came_back": msg("The slides came back: they are started again in OBS."),
    "camera_came_back": msg("The camera came back: it is started again in OBS."),
    "slides_no_picture": msg("OBS gets no picture of the slides: they are started again in OBS."),
    "camera_no_picture": msg("OBS gets no picture from the camera: it is started again in OBS."),
    "camera_frozen": msg("The camera's picture is frozen: it is started again in OBS."),
    "stream_stopped": msg("The stream is ended."),
    "tell_the_crew": msg("Something did not go as it should. Tell the crew."),
    # What the recording went through.
    "went_on_lacks": msg("The recording goes on. About {lacks_s} of the talk are missing."),
    "stopped_by_itself": msg("OBS stopped recording by itself and was asked to go on: this talk has a gap."),
    "goes_on_in": msg("The recording goes on in {folder}."),
    "went_down_goes_on": msg(
        "The computer stopped {ago_s} ago while “{talk}” was being recorded. Its recording goes on in "
        "a new part. What is on the disk is being processed.",
    ),
    "went_down_over": msg(
        "The computer stopped {ago_s} ago while “{talk}” was being recorded. It is not recorded any "
        "more. What is on the disk is being processed.",
    ),
    "stood_still_lacks": msg(
        "The computer did not respond for {still_s}. That much of the talk is missing in the recording."
    ),
    "slept": msg("The computer slept for {slept_s}."),
    "slept_lacks": msg(
        "The computer slept for {slept_s}. That much of the talk is missing in the recording."
    ),
    "stood_still": msg("stagebox did not run for {still_s}."),
    "talk_goes_on": msg("“{talk}” goes on."),
    # Why something was not done.
    "asked_again": msg("It was asked for again."),
    "next_came_first": msg("The next talk was asked for before OBS had started."),
    "do_not_record": msg("This talk is marked “do not record”."),
    "do_not_record_named": msg("“{title}” is marked “do not record”: it is not recorded."),
    "no_such_recording": msg("This recording is not among the last ones any more."),
    "talk_kept": msg("Its speaker has said no to the recording, and a person keeps it."),
    "talk_discarded": msg(
        "The recording is discarded: nothing is made of it. It lies aside for a day, then it is deleted."
    ),
    "talk_sealed": msg("“{title}” is discarded. Its recording lies aside for a day, then it is deleted."),
    "seal_stumbled": msg(
        "A discarded recording could not be moved. It is tried again. If this stays, tell the crew."
    ),
    "talk_sealed_shared": msg(
        "“{title}” is discarded. A file that another talk is in as well stays, "
        "and only that talk is made of it."
    ),
    "talk_deleted": msg("“{title}” was discarded a day ago: its recording is deleted now."),
    "talk_comes_back": msg("The recording comes back, and is processed."),
    "sealed_no_folder": msg("The folder {folder} is not there: a discarded recording is not moved yet."),
    "sealed_no_folder_help": msg("Put its disk back."),
    "sealed_not_moved": msg("The discarded recording {name} cannot be moved: {reason}."),
    "sealed_not_moved_help": msg("Check the disk. It is tried again."),
    "sealed_in_the_way": msg("There is another file {path} already."),
    "sealed_in_the_way_help": msg("Rename it."),
    "nothing_to_keep": msg("There is no recording that asks whether to keep it."),
    "nothing_sealed": msg("There is no discarded recording that could come back."),
    "no_such_talk": msg("The schedule has no such talk any more."),
    "talk_ends_early": msg("A talk cannot end before it begins."),
    "began_by_schedule": msg("“{title}” has begun, so it is being recorded."),
    "nothing_recorded": msg("Nothing is being recorded."),
    "nothing_to_mark": msg("Nothing is being recorded, so there is no moment to mark."),
    "being_stopped": msg("The recording is being stopped."),
    "stopped_first": msg("It was stopped before OBS had started."),
    "test_runs": msg("A test recording runs already."),
    "test_waits_for_talk": msg("A talk is being recorded. The test waits until it has ended."),
    "test_is_checked": msg("The last test recording is still being checked."),
    "test_waits_for_obs": msg("OBS is not there. The test waits until it answers."),
    "obs_went_away": msg("OBS went away meanwhile."),
    "away_too_long": msg("stagebox was off for too long: touch Record again."),
    "no_start": msg("OBS did not start recording within {waited_s}. stagebox keeps trying."),
    "no_start_test": msg("OBS did not start recording within {waited_s}."),
    "no_stop": msg(
        "OBS did not stop recording within {waited_s}. stagebox keeps trying; the recording is safe."
    ),
    "no_stop_then_talk": msg(
        "OBS did not stop recording within {waited_s}. The talk is recorded as soon as it does."
    ),
    "start_refused": msg("OBS refused to record: {reason}. stagebox keeps trying."),
    "test_refused": msg("OBS refused to record: {reason}."),
    "not_resumed": msg("OBS is not connected, so it cannot be asked to go on."),
    "alarm_over": msg("This alarm is over already."),
    "scene_not_connected": msg("OBS is not connected, so the scene was not changed."),
    "no_scene": msg("There is no scene “{scene}”. OBS has: {scenes}."),
    "not_connected": msg("OBS is not connected."),
    "own_not_known": msg(
        "It is not known yet which one is stagebox's: touch “Build the scenes again” first."
    ),
    "profile_waits": msg(
        "OBS changes its profile only while nothing is recorded or streamed. Touch it after the talk.",
    ),
    "not_opened": msg("OBS refused to open “{name}”: {reason}."),
    "opened_too_late": msg("OBS did not open “{name}” in time. Touch it again."),
    # A picture of another size.
    "size_slides": msg("The slides changed from {before} to {size}."),
    "size_slides_help": NOTHING_TO_DO,
    "size_camera": msg("The camera's picture changed from {before} to {size}."),
    "size_camera_help": NOTHING_TO_DO,
    "size_slides_shape": msg("The slides changed from {before} to {size}, which is another shape."),
    "size_slides_shape_help": BARS,
    "size_camera_shape": msg("The camera's picture changed from {before} to {size}, which is another shape."),
    "size_camera_shape_help": BARS,
    "size_4k": msg("The laptop switched to 4K: the slides changed from {before} to {size}."),
    "size_4k_help": msg(
        "Nothing is lost. If the picture stutters, set the laptop's second screen to 1920×1080."
    ),
    "size_another": msg("The slides changed from {before} to {size}, and show another picture."),
    "size_another_help": msg(
        "If the slides are not in it, the laptop shows its second screen: press Windows+P, Duplicate."
    ),
    "error_number": msg("error {number}"),
    "asked_another": msg("“{scene}” was asked for meanwhile."),
    "chosen_otherwise": msg("Something else was chosen meanwhile."),
    "talk_began": msg("A talk began."),
    "recorded_already": msg("It is being recorded already."),
    "stopped_already": msg("It is being stopped already."),
    "not_paused": msg("The recording is not paused."),
    "ended_in_pause": msg("The recording ended before it could go on."),
    "went_down": msg("The computer was switched off meanwhile."),
    "keeps_trying": msg("stagebox keeps trying."),
    "keeps_trying_beside": msg("stagebox keeps trying; the recording is not touched."),
    "stop_refused": msg("OBS refused to stop: {reason}."),
    "no_stop_yet": msg("OBS did not stop recording within {waited_s}."),
    "ended_by_itself": msg("OBS stopped recording by itself."),
    "ended_by_itself_again": CountedWords(
        "OBS stopped recording by itself, {n} time in a row.",
        "OBS stopped recording by itself, {n} times in a row.",
    ),
    "not_moved": msg(
        "OBS did not close its file within {waited_s}: the recording does not go on in the other folder yet."
    ),
    "resume_refused": msg("OBS refused to go on recording: {reason}."),
    "resumed_too_late": msg("OBS did not go on recording within {waited_s}. Touch it again."),
    "no_scenes": msg("There is no scene “{scene}”: OBS has no scenes at all."),
    "scene_refused": msg("OBS refused the scene “{scene}”: {reason}."),
    "scene_lost": msg("The connection to OBS was lost while the scene was being changed."),
    "scene_too_late": msg("OBS did not show the scene “{scene}” within {waited_s}. Touch it again."),
    "no_file": msg("OBS wrote no file: nothing was recorded."),
    "too_busy": msg("stagebox is too busy to take this now."),
    "try_again": msg("Try again in a moment."),
    "own_fault": msg(
        "Something went wrong inside stagebox. Try again. If it stays so, restart the computer after the "
        "talk."
    ),
    # What was found at the start.
    "taken_up_again": CountedWords(
        "{n} talk was not finished yet: it is being finished now.",
        "{n} talks were not finished yet: they are being finished now.",
    ),
    "found_and_kept": CountedWords(
        "{n} recording of an interrupted talk was found and kept.",
        "{n} recordings of interrupted talks were found and kept.",
    ),
    "not_made_here": CountedWords(
        "{n} recording in the folder was not made by stagebox: {names}.",
        "{n} recordings in the folder were not made by stagebox: {names}.",
    ),
    "not_made_here_help": msg("`stagebox process` makes MP4s of such files."),
    "not_made_here_help.screen": msg("Such files are left as they are."),
    "catalogue_damaged": msg(
        "The list of talks was damaged and set aside as {file}. Saved from it: {saved}; made again from "
        "their reports: {rebuilt}. No recording was touched."
    ),
    "made_again": msg("Made again from its report: the list of talks had been damaged."),
    # stagebox's own memory, and files.
    "memory_damaged": CountedWords(
        "{n} entry in stagebox's own memory could not be read.",
        "{n} entries in stagebox's own memory could not be read.",
    ),
    "memory_damaged_help": msg("Check whether the last talks are in the list."),
    "memory_hangs": msg("The disk with stagebox's own memory does not answer. stagebox goes on without it."),
    "memory_hangs_help": msg("Leave the computer switched on, and tell the crew."),
    "memory_not_written": msg("stagebox cannot write its own memory. It goes on without it."),
    "memory_not_written_help": msg("Make room on that disk, and tell the crew."),
    "journal_not_written": msg("stagebox cannot write its own memory in {folder}: {reason}."),
    "memory_whole": msg("stagebox can write its own memory again, and nothing of it is missing."),
    "not_written": msg("{path} cannot be written: {reason}."),
    "not_written_help": msg("Check that there is room on the disk, and that stagebox may write there."),
    "not_written_help.screen": msg("Tell the crew."),
    "folder_not_written": msg("The folder {folder} ({key}) cannot be written: {reason}."),
    "folder_not_written.screen": msg("Nothing can be written to the folder {folder}: {reason}."),
    "folder_not_written_help": msg("Allow stagebox to write there, or set another {key} in stagebox.toml."),
    "folder_not_written_help.screen": msg("Choose another folder."),
    # What became of a talk.
    "moment_marked": msg("Somebody marked this moment."),
    "nothing_lost": msg("Nothing was lost."),
    "backup_sound_in": msg("The backup sound is in {file}."),
    "accepted": msg("Accepted: {words}."),
    "talk_lost": msg("The talk is lost: “{note}” ({who})"),
    "talk_elsewhere": msg("The talk is in {file}: “{note}” ({who})"),
    "not_processed": msg(
        "No MP4 could be made of it. The recording is safe: `stagebox process` makes the MP4."
    ),
    "not_processed.screen": msg("No MP4 could be made of it. The recording is safe. Tell the crew."),
    "recording_kept": msg("The recording is kept: {files}. Run `stagebox process` on it."),
    "recording_kept.screen": msg("The recording is kept. Tell the crew."),
    "test_again": msg("Make the test again."),
    "too_many_wait": msg("Too many recordings wait for their MP4."),
    "worker_not_started": msg("Making the MP4 could not be started: {reason}."),
    "worker_fault": msg("stagebox itself failed while it made the MP4."),
    "worker_stalled": msg("Making the MP4 hung and was stopped."),
    "worker_killed": msg("Making the MP4 was stopped from outside ({signal})."),
    # Who asks stagebox from outside of it.
    "no_stagebox": msg("No stagebox answers on 127.0.0.1:{port}."),
    "no_stagebox.screen": msg("stagebox does not answer."),
    "start_stagebox": msg("Start it with `stagebox serve`, in another terminal."),
    "start_stagebox.screen": msg("It comes back by itself. If it does not, restart the computer."),
    "stagebox_late": msg("stagebox on 127.0.0.1:{port} does not answer in time."),
    "stagebox_late.screen": msg("stagebox does not answer in time."),
    "look_at_log": msg("Look at its log."),
    "look_at_log.screen": msg("Wait a moment. If it stays so, tell the crew."),
    "stagebox_gone": msg("stagebox went away."),
    "token_refused": msg("What answers on 127.0.0.1:{port} refused our token."),
    "token_refused.screen": msg("Another stagebox answers than the one of this screen."),
    "token_refused_help": msg(
        "Another stagebox runs there with another state_dir: use its settings file (--config)."
    ),
    "token_refused_help.screen": msg("Restart the computer. If it stays so, tell the crew."),
    "no_stagebox_there": msg("What answers on 127.0.0.1:{port} is not stagebox (HTTP {status})."),
    "no_stagebox_there.screen": msg("Another program answers in stagebox's place."),
    "other_port": msg("Set another api.port in stagebox.toml."),
    "other_port.screen": msg("Restart the computer. If it stays so, tell the crew."),
    # Set-up.
    "not_saved": msg("It could not be saved. Tell the crew."),
    "saved_for_scenes": msg("Saved. OBS gets it when stagebox's scenes are open in it again."),
    "saved_for_obs": msg("Saved. OBS is not there: it gets it when it is back."),
    "check_failed": msg("The check could not be finished. Try again. If it stays so, tell the crew."),
    "not_taken": msg("OBS did not take this. Wait a moment, and try again."),
    "on_air": msg("A talk is on air: viewers would see or hear this. Touch again to do it."),
    "folder_on_air": msg(
        "A talk is being recorded: it would go on in the other folder. Touch again to do it."
    ),
    "folder_paused": msg("The recording is paused. Let it go on, then change the folder."),
    "no_full_path": msg("“{folder}” is no full path: begin with / and name every folder."),
    "check_waits": msg("A talk is being recorded. The check waits until it has ended."),
    "check_waits_for_obs": msg("OBS is not there. The check waits until it answers."),
    "try_when_obs": msg("OBS is not there. Try again when it answers."),
    "done_already": msg("It is being done already."),
    "no_such_device": msg("“{kind}” cannot be used for “{role}”. Choose another kind of device."),
    "name_the_file": msg("Name the file to play."),
    "too_much": msg("Too much is being changed at once. Try again in a moment."),
    "took_too_long": msg("It took too long. Wait a moment, and try again."),
    "restarted_meanwhile": msg("stagebox was restarted meanwhile. Check whether it is done."),
    **STREAM,
    **OBS,
}
