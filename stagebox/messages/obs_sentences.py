"""What is said of OBS itself, by code: its process, its window, and what lies in it."""

from collections.abc import Mapping

from stagebox.messages.entry import CountedWords, msg

RESTART = msg("Restart the computer. If it stays so, tell the crew.")

OBS: Mapping[str, str] = {
    # Its process.
    "obs_ended": msg("OBS ended."),
    "obs_killed": msg("OBS ended suddenly ({signal})."),
    "obs_ended_hung": msg("OBS did not answer and was ended."),
    "obs_no_answer": msg("OBS did not answer within {waited_s} of its start."),
    "obs_keeps_ending": CountedWords(
        "OBS ended {n} time in a row. {why} stagebox tries again in {pause_s}.",
        "OBS ended {n} times in a row. {why} stagebox tries again in {pause_s}.",
    ),
    "obs_ended_already": msg("OBS had ended already."),
    "obs_answers": msg("OBS answers again."),
    "obs_not_ended": msg("OBS could not be ended: {reason}."),
    "obs_not_installed": msg("OBS is not installed: no program “{name}” was found."),
    "obs_not_installed_help": msg("Install it: sudo apt-get install --no-install-recommends obs-studio"),
    "obs_not_installed_help.screen": msg("Tell the crew: OBS has to be installed."),
    "obs_no_screen": msg("OBS needs a screen, and none is known here."),
    "obs_no_screen_help": msg("Start stagebox from the desktop, or set obs.display in stagebox.toml."),
    "obs_no_screen_help.screen": RESTART,
    "obs_not_started": msg("OBS cannot be started: {reason}."),
    "obs_not_started_help": msg("Check that {name} can be run."),
    "obs_not_started_help.screen": RESTART,
    "obs_port_taken": msg("Port {port} is taken by another program, and OBS needs it."),
    "obs_port_taken_help": msg("Close that program, or set another obs.port in stagebox.toml."),
    "obs_port_taken_help.screen": RESTART,
    "obs_not_prepared": msg("OBS cannot be started. Tell the crew."),
    # Its window.
    "window_shown": msg("OBS's window cannot be hidden and may lie over the touch screen: {why}."),
    "window_shown_help": msg("The crew can install xvfb; OBS uses it from its next start."),
    "window_minimise": msg("Minimise OBS's window."),
    "no_graphics": msg("OBS works without this computer's graphics processor, which is slower: {why}."),
    "no_graphics_help": msg(
        "The crew can install cage and xwayland, and have an ordinary user run stagebox."
    ),
    "why_no_xvfb": msg("Xvfb is not installed"),
    "why_no_linux": msg("that works on Linux alone"),
    "why_root": msg("the user root may not use it"),
    "why_no_cage": msg("cage or xwayland is not installed"),
    "why_not_started": msg("{name} did not start ({reason})"),
    # Its scenes, collections and profiles.
    "scene_name_of_input": msg(
        "OBS has an input called “{name}” ({kind}), and stagebox needs this name for a scene."
    ),
    "scene_name_of_group": msg("OBS has a group called “{name}”, and stagebox needs this name for a scene."),
    "input_name_of_scene": msg("OBS has a scene called “{name}”, and stagebox needs this name for an input."),
    "input_name_of_group": msg("OBS has a group called “{name}”, and stagebox needs this name for an input."),
    "nothing_changed": msg("Nothing was changed."),
    "rename_by_hand": msg("Give {names} another name in OBS, then touch “Build the scenes again”."),
    "rename_it_aside": msg("Touch “Rename it”."),
    "rename_group": msg("Give the group another name in OBS itself."),
    "renamed_aside": msg("“{name}” in OBS is called “{aside}” now."),
    "cards_old": msg("stagebox is too busy: the title cards may show an old talk."),
    "cards_old_help": msg("Name the talk again."),
    "scenes_not_built": msg(
        "The scenes or title cards could not be made in OBS. Touch “Build the scenes again”."
    ),
    "no_source": msg("No device is chosen here: {role}."),
    "other_collection": msg(
        "Another scene collection of OBS is open (“{name}”), and nothing is built in it."
    ),
    "back_to_scenes": msg("Touch “Back to stagebox's scenes” first."),
    "collection_changed": msg("Another scene collection was opened in OBS while the scenes were built."),
    "collection_changed_help": msg("Touch “Back to stagebox's scenes”, then “Build the scenes again”."),
    # How it records.
    "records_unseen": msg(
        "OBS records {container} instead of FLV: stagebox cannot check the recording while it runs."
    ),
    "records_fragile": msg(
        "OBS records {container} instead of FLV: stagebox cannot check the recording while it runs, and "
        "after a crash the file cannot be read."
    ),
    "records_elsewhere": msg("OBS records into {elsewhere}, but stagebox looks into {folder}."),
}
