"""The pictures of slides and camera, and the classic traps that make them black."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

AGAIN = msg("Check again. If it stays so, choose the device again.")
CHOOSE = msg(
    "Choose it on the touch screen in Set-up, Sources. Or set sources.{table} in stagebox.toml to one of "
    "`stagebox devices`."
)
CHOOSE_HERE = msg("Choose it in Set-up, Sources.")
SIGNAL = msg("Is there a signal? {help}")

ENTRY = CheckEntry(
    titles={"slides": msg("Slides"), "camera": msg("Camera")},
    says={
        "seen": AlarmWords(msg("Its picture is there.")),
        "seen_crowded": AlarmWords(msg("Its picture is there."), "{help}"),
        "pale": AlarmWords(
            msg("Its picture is there, and a little pale."),
            msg(
                "If black looks grey: in OBS, in the source's properties, set the colour range to Limited; "
                "or set the laptop's HDMI output to full range (RGB full, 0–255)."
            ),
            msg("If black looks grey, set the laptop's HDMI output to “RGB full”, or tell the crew."),
        ),
        "slides_unset": AlarmWords(
            msg("No slides are chosen: the laptop is not recorded."), CHOOSE, CHOOSE_HERE
        ),
        "camera_unset": AlarmWords(msg("No camera is chosen: the speaker is not seen."), CHOOSE, CHOOSE_HERE),
        "gone": AlarmWords(
            msg("Its device is missing ({device}). What OBS shows is its last picture."),
            msg("Plug it in and switch it on. Or choose another one in Set-up, Sources."),
        ),
        "none": AlarmWords(msg("OBS has no picture of it."), "{help}"),
        "not_known": AlarmWords(msg("OBS has no picture of it."), AGAIN),
        "unusable": AlarmWords(msg("OBS gave a picture that cannot be read."), AGAIN),
        "not_shown": AlarmWords(
            msg("{found} The scene that viewers see now does not show it."),
            msg("Touch a scene that shows it, and check again. If it stays so: {help}"),
        ),
        "black": AlarmWords(msg("The picture is black."), "{help}"),
        "card": AlarmWords(msg("The device shows its no-signal picture."), SIGNAL),
        "bars": AlarmWords(msg("The device shows colour bars."), SIGNAL),
        "uniform": AlarmWords(msg("The picture is all one colour."), SIGNAL),
        "dark": AlarmWords(
            msg("The camera's picture is very dark."),
            msg(
                "Light the speaker, open the iris, and set the camera's exposure by hand: with automatic "
                "exposure, a bright screen behind the speaker makes the picture dark."
            ),
        ),
        # The traps: what to do, the likeliest first.
        "two_gpus": AlarmWords(
            remedy=msg(
                "This computer has {gpus} graphics processors, and OBS cannot see what the other one draws: "
                "start OBS on the one that the screen is connected to (in the driver's settings, or with "
                "prime-run for NVIDIA)."
            ),
            on_screen=msg(
                "Tell the crew: this computer has {gpus} graphics processors, and OBS cannot see what the "
                "other one draws."
            ),
        ),
        "asleep": AlarmWords(
            remedy=msg(
                "Is that screen asleep or locked? A Wayland desktop shows nothing to OBS here: log in with "
                "X11."
            ),
            on_screen=msg("Wake or unlock that screen. If it stays black, tell the crew."),
        ),
        "laptop": AlarmWords(
            remedy=msg(
                "Wake the laptop, and let it show its picture on the HDMI output (duplicate). Protected "
                "films and streaming sites (HDCP) come through black: close them."
            ),
        ),
        "camera_off": AlarmWords(
            remedy=msg(
                "Take off the lens cap, switch the camera on, and let its HDMI output show the picture. Open "
                "the iris, and set the exposure by hand."
            ),
        ),
        "file": AlarmWords(remedy=msg("Play the file itself: is it black, too?")),
        "held": AlarmWords(
            remedy=msg(
                "Another program uses the device: {holders}. Close it (a second OBS, a virtual camera, a "
                "browser with a meeting), then plug the device in again."
            ),
        ),
        "crowded": AlarmWords(
            remedy=msg(
                "It shares a USB 2 connection with {others}, which is too slow for both: plug one of them "
                "into another socket, best a blue one (USB 3)."
            ),
        ),
        "plug": AlarmWords(
            remedy=msg("Plug the device in again, and compare `stagebox devices` with the settings."),
            on_screen=msg("Plug the device in again. Or choose another one in Set-up, Sources."),
        ),
        "screen_off": AlarmWords(remedy=msg("Check that the screen is on, and that OBS may record it.")),
        "absent": AlarmWords(
            remedy=msg("Check that {what} is there, then run `stagebox provision`."),
            on_screen=msg("Check that {what} is there. Then choose it again in Set-up, Sources."),
        ),
        "both": AlarmWords(remedy="{first} {then}"),
    },
)
