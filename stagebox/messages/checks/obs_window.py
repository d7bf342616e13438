"""Where OBS's window is, and by what OBS draws."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

RESTART = msg("Restart the computer while nothing is being recorded: then it is right.")

ENTRY = CheckEntry(
    titles={"obs_window": msg("OBS's window")},
    says={
        "good": AlarmWords(msg("It is hidden: it never lies over the touch screen.")),
        "own": AlarmWords(msg("stagebox did not start this OBS: its window stays where it is.")),
        "shown": AlarmWords(
            msg("OBS's window is shown, and may lie over the touch screen."),
            msg("The crew can hide it (obs.window), from the next start of OBS."),
            msg("If it is in the way, tell the crew."),
        ),
        "not_hidden": AlarmWords(
            msg("OBS's window cannot be hidden, and may lie over the touch screen."),
            msg("Tell the crew."),
        ),
        "to_hide": AlarmWords(
            msg("OBS's window is still shown: OBS was started before it was to be hidden."), RESTART
        ),
        "to_show": AlarmWords(
            msg("OBS's window is still hidden: OBS was started before it was to be shown."), RESTART
        ),
        "no_gpu": AlarmWords(
            msg("OBS draws without this computer's graphics processor, and may be too slow."),
            msg("Ask the crew whether the graphics driver (Mesa) is installed."),
        ),
    },
)
