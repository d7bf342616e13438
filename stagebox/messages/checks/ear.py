"""The backup sound; why it does not run is told as live."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

HEARS = msg("It hears the microphone, {dbfs} dBFS at the loudest, at {khz} kHz.")

ENTRY = CheckEntry(
    titles={"ear": msg("Backup sound")},
    says={
        "good": AlarmWords(HEARS),
        "rate": AlarmWords(
            HEARS, msg("Set the microphone or mixer to 48 kHz: OBS has to convert it, and it may crackle.")
        ),
        "silent": AlarmWords(
            msg("It hears nothing."), msg("Does the microphone work, and did somebody speak into it?")
        ),
        "no_level": AlarmWords(msg("It heard nothing in time."), msg("Check again.")),
        "no_answer": AlarmWords(
            msg("It does not answer."), msg("Check again. If it stays so, restart the computer.")
        ),
        "busy": AlarmWords(msg("{reason} Without it, there is no backup of the sound."), "{help}"),
    },
)
