"""What is said in passing, by code: notes, and why something was not done.

A name in braces is a fact; one that ends in `_s` is a length in seconds.
"""

from collections.abc import Mapping

from stagebox.messages.entry import msg

NOTHING_TO_DO = msg("Nothing needs to be done.")
BARS = msg("Bars at its edges are normal. Nothing needs to be done.")

SENTENCES: Mapping[str, str] = {
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
    "person_asked": msg("A person asked for it."),
    "unmuted": msg("The microphone is muted in OBS, but this scene needs its sound: it is switched on."),
    "put_back": msg("stagebox's scenes are built again in OBS: what is missing is put back."),
    "slides_came_back": msg("The slides came back: they are started again in OBS."),
    "camera_came_back": msg("The camera came back: it is started again in OBS."),
    "slides_no_picture": msg("OBS gets no picture of the slides: they are started again in OBS."),
    "camera_no_picture": msg("OBS gets no picture from the camera: it is started again in OBS."),
    "camera_frozen": msg("The camera's picture is frozen: it is started again in OBS."),
    "stream_stopped": msg("The stream is stopped."),
    "tell_the_crew": msg("Something did not go as it should. Tell the crew."),
    # What the recording went through.
    "went_on_lacks": msg("The recording goes on. About {lacks_s} of the talk are missing."),
    "stopped_by_itself": msg("OBS stopped recording by itself and was asked to go on: this talk has a gap."),
    "goes_on_in": msg("The recording goes on in {folder}."),
    "went_down_goes_on": msg(
        "The computer went down {ago_s} ago while “{talk}” was being recorded. "
        "Its recording goes on in a new part. What lies on the disk is processed.",
    ),
    "went_down_over": msg(
        "The computer went down {ago_s} ago while “{talk}” was being recorded. "
        "It is not recorded any more. What lies on the disk is processed.",
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
    "no_such_recording": msg("This recording is not among the last ones any more."),
    "no_such_talk": msg("The schedule has no such talk any more."),
    "talk_ends_early": msg("A talk cannot end before it begins."),
    "began_by_schedule": msg("“{title}” has begun, so it is being recorded."),
    "nothing_recorded": msg("Nothing is being recorded."),
    "nothing_to_mark": msg("Nothing is being recorded, so there is no moment to mark."),
    "being_stopped": msg("The recording is being stopped."),
    "stopped_first": msg("It was stopped before OBS had started."),
    "folder_missing": msg("The recording folder {folder} is missing. Choose another folder."),
    "folder_read_only": msg("The recording folder {folder} cannot be written. Choose another folder."),
    "folder_full": msg("The disk of {folder} is full. Choose another folder."),
    "test_runs": msg("A test recording runs already."),
    "test_waits_for_talk": msg("A talk is being recorded. The test waits until it has ended."),
    "test_is_checked": msg("The last test recording is still being checked."),
    "test_waits_for_obs": msg("OBS is not there. The test waits until it answers."),
    "obs_went_away": msg("OBS went away meanwhile."),
    "away_too_long": msg("stagebox was away for too long: touch record again."),
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
    "still_streaming": msg("The last stream is still ending. Try again in a moment."),
    "nothing_streamed": msg("Nothing is being streamed."),
    "stream_not_live": msg("The stream is not live yet."),
    "stream_unknown": msg("OBS does not get through to the streaming server, or is refused by it."),
    "stream_refused": msg("The streaming server refuses the stream: the key or the address is wrong."),
    "stream_gone": msg("The streaming server does not answer."),
    "stream_no_network": msg("The network is gone: this computer has no way to the streaming server."),
    "stream_stuck": msg("The streaming server hangs: it takes nothing any more."),
    "stream_set_up": msg("Target or key of the stream cannot be used."),
    "stream_obs": msg("OBS refused to stream."),
    "stream_stuck_for": msg("The streaming server has taken nothing for {still_s}."),
    "stream_slow": msg("The network is too slow for the stream."),
    "stream_slow_rate": msg("The network is too slow for the stream: {kbps} kbit/s get through."),
    "stream_slow_lost": msg("The network is too slow for the stream: {percent} % of the pictures are lost."),
    "stream_slow_rate_lost": msg(
        "The network is too slow for the stream: {kbps} kbit/s get through, "
        "and {percent} % of the pictures are lost."
    ),
    "stream_help_refused": msg("Type the stream key again on the set-up screen, or choose another target."),
    "stream_help_set_up": msg("Look at the stream on the set-up screen."),
    "stream_help_no_network": msg("Check the network cable."),
    "stream_help_gone": msg("stagebox tries again by itself. Check the network and the streaming service."),
    "stream_help_slow": msg(
        "Stop what else uses the network. If it stays so, the crew can set a lower bitrate after the talk."
    ),
    "no_whip": msg("OBS {version} cannot stream by WHIP: that came with OBS {since}."),
    "no_whip_remedy": msg("Choose an RTMP or SRT server, or install a newer OBS."),
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
    # Set-up.
    "folder_refused": msg(
        "The folder {folder} cannot be used: it is full, or nothing can be written there. Choose another.",
    ),
    "not_taken": msg("OBS did not take this. Wait a moment, and try again."),
    "on_air": msg("A talk is on air: this would be seen or heard. A second touch confirms it."),
    "folder_on_air": msg(
        "A talk is being recorded: it would go on in the other folder. A second touch confirms it."
    ),
    "folder_paused": msg("The recording is paused. Let it go on, then change the folder."),
    "no_full_path": msg("“{folder}” is no full path: begin with / and name every folder."),
    "check_waits": msg("A talk is being recorded. The check waits until it has ended."),
    "check_waits_for_obs": msg("OBS is not there. The check waits until it answers."),
    "try_when_obs": msg("OBS is not there. Try again when it answers."),
    "other_collection": msg(
        "Another scene collection of OBS is open (“{name}”), and nothing is built in it. "
        "Touch “Back to stagebox's scenes” first.",
    ),
    "done_already": msg("It is being done already."),
    "no_such_device": msg("“{kind}” cannot be used for “{role}”. Choose another kind of device."),
    "name_the_file": msg("Name the file that shall be played."),
    "too_much": msg("Too much is being changed at once. Try again in a moment."),
    "took_too_long": msg("It took too long. Wait a moment, and try again."),
    "restarted_meanwhile": msg("stagebox began anew meanwhile. Look whether it is done."),
}
