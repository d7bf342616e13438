"""The microphone, as OBS hears it."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

CHOOSE_HERE = msg("Choose the microphone again in Set-up, Sources.")

ENTRY = CheckEntry(
    titles={"mic": msg("Microphone")},
    says={
        "heard": AlarmWords(msg("It is heard well, {dbfs} dBFS at the loudest.")),
        "unset": AlarmWords(
            msg("No microphone is chosen: nobody will be heard."),
            msg(
                "Choose it on the touch screen in Set-up, Sources. Or set sources.mic in stagebox.toml to "
                "one of `stagebox devices`."
            ),
            msg("Choose it in Set-up, Sources."),
        ),
        "no_input": AlarmWords(
            msg("OBS does not have the microphone."),
            msg("Run `stagebox provision`, and compare `stagebox devices` with the settings."),
            CHOOSE_HERE,
        ),
        "muted": AlarmWords(
            msg("It is muted in OBS."),
            msg("Touch the loudspeaker beside it in OBS's mixer, so that it is no longer red."),
            msg("Touch a scene with sound: it is switched on. If it stays so, tell the crew."),
        ),
        "no_level": AlarmWords(
            msg("It cannot be checked: the scene that viewers see now has no sound."),
            msg("Touch a scene with sound, and check again."),
        ),
        "backup_hears": AlarmWords(
            msg("{found} The backup sound hears it, {dbfs} dBFS at the loudest."), "{help}"
        ),
        "silent": AlarmWords(
            msg("It is silent, {dbfs} dBFS at the loudest."),
            msg(
                "Check its switch, battery, cable, fader and phantom power, and speak into it. If the room "
                "hears it, OBS listens to another device: see `stagebox devices`."
            ),
            msg(
                "Check its switch, battery, cable, fader and phantom power, and speak into it. If the room "
                "hears it, choose another microphone in Set-up, Sources."
            ),
        ),
        "deaf": AlarmWords(
            msg("OBS hears nothing, but the backup sound hears the room, {dbfs} dBFS at the loudest."),
            msg(
                "OBS listens to another device, or its fader is down: choose the microphone that `stagebox "
                "devices` lists as sources.mic, then run `stagebox provision`."
            ),
            CHOOSE_HERE,
        ),
        "one_channel": AlarmWords(
            msg("Only one side, left or right, has sound, {dbfs} dBFS at the loudest."),
            msg("Check the cable and the mixer's panning. Or set the input to mono in OBS's audio settings."),
            msg("Check the cable and the mixer's panning, or tell the crew."),
        ),
        "loud": AlarmWords(msg("It is too loud, {dbfs} dBFS at the loudest."), msg("Turn its gain down.")),
        "quiet": AlarmWords(
            msg("It is too quiet, {dbfs} dBFS at the loudest."),
            msg("Turn its gain up until speech reaches about -12 dBFS."),
        ),
    },
)
