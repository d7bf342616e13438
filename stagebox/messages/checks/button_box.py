"""The button boxes of the settings; what is wrong with one is told as live."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

ENTRY = CheckEntry(
    titles={"button_box": msg("Button box")},
    says={
        "none": AlarmWords(msg("None is set up.")),
        "good": AlarmWords(msg("It answers: {boxes}.")),
        "not_known": AlarmWords(
            msg("It is not known whether the button box works."), msg("Check its cable, and check again.")
        ),
    },
)
