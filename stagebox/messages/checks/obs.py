"""OBS itself, its scenes and its sample rate."""

from stagebox.messages.entry import AlarmWords, CheckEntry, CountedWords, msg

ENTRY = CheckEntry(
    titles={"obs": "OBS", "obs_lost": "OBS", "scenes": msg("Scenes"), "sample_rate": msg("Sample rate")},
    says={
        "good": AlarmWords(msg("OBS {version} answers.")),
        "failed": AlarmWords(
            msg("OBS does not answer, or cannot be started."),
            msg("Wait a moment and check again. If it stays so, restart the computer."),
        ),
        "scenes": AlarmWords(CountedWords("{n} scene is there.", "All {n} scenes are there.")),
        "scenes_lack": AlarmWords(
            msg("Scenes are missing in OBS: {names}."),
            msg("Run `stagebox provision`: it builds what is missing and leaves the rest alone."),
            msg("Touch “Build the scenes again”."),
        ),
        "pack": AlarmWords(
            msg("stagebox cannot use the scenes that it should build."),
            msg("Correct scenes.pack in stagebox.toml."),
            msg("Tell the crew: the folder with the scenes is missing or damaged."),
        ),
        "rate": AlarmWords(msg("OBS runs at 48 kHz.")),
        "rate_not_told": AlarmWords(msg("OBS does not say its sample rate.")),
        "rate_other": AlarmWords(
            msg("OBS runs at {khz} kHz, but HDMI sound comes at 48 kHz: the sound can crackle or drift."),
            msg(
                "In OBS: Settings, Audio, Sample Rate: 48 kHz. Then start OBS again. Set the mixer to "
                "48 kHz, too."
            ),
            msg("Tell the crew: OBS and the mixer should both run at 48 kHz."),
        ),
    },
)
