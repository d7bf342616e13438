"""What is said of the stream, by code: why it is not live, and what is wrong with its target or key."""

from collections.abc import Mapping

from stagebox.messages.entry import msg

STREAM: Mapping[str, str] = {
    "still_streaming": msg("The last stream is still ending. Try again in a moment."),
    "nothing_streamed": msg("Nothing is being streamed."),
    "stream_card": msg("Viewers see the intermission card: its speaker does not want “{title}” streamed."),
    "stream_not_live": msg("The stream is not live yet."),
    "stream_unknown": msg("OBS cannot reach the streaming server, or the server refuses it."),
    "stream_refused": msg("The streaming server refuses the stream: the key or the address is wrong."),
    "stream_gone": msg("The streaming server does not answer."),
    "stream_no_network": msg("The network is gone: this computer cannot reach the streaming server."),
    "stream_stuck": msg("The streaming server hangs: it takes nothing any more."),
    "stream_set_up": msg("The stream's server or its key cannot be used."),
    "stream_obs": msg("OBS refused to stream."),
    "stream_stuck_for": msg("The streaming server has taken nothing for {still_s}."),
    "stream_slow": msg("The network is too slow for the stream."),
    "stream_slow_rate": msg("The network is too slow for the stream: {kbps} kbit/s get through."),
    "stream_slow_lost": msg("The network is too slow for the stream: {percent} % of the pictures are lost."),
    "stream_slow_rate_lost": msg(
        "The network is too slow for the stream: {kbps} kbit/s get through, "
        "and {percent} % of the pictures are lost."
    ),
    "stream_help_refused": msg("Type the stream key again in Set-up, Stream, or choose another target."),
    "stream_help_set_up": msg("Look at the stream in Set-up, Stream."),
    "stream_help_no_network": msg("Check the network cable."),
    "stream_help_gone": msg("stagebox tries again by itself. Check the network and the streaming service."),
    "stream_help_slow": msg(
        "Stop other programs that use the network. If it stays so, the crew can set a lower bitrate "
        "after the talk."
    ),
    "no_whip": msg("OBS {version} cannot stream by WHIP: that came with OBS {since}."),
    "no_whip_remedy": msg("Choose an RTMP or SRT server, or install a newer OBS."),
    "streamed_already": msg("The stream runs already."),
    "stream_stopped_early": msg("It was stopped before it was live."),
    "stream_start_refused": msg("OBS refused to stream: {reason}."),
    "stream_stop_refused": msg("OBS refused to end the stream: {reason}."),
    "stream_too_late": msg("The stream was not live within {waited_s}."),
    "stream_no_end": msg("OBS did not end the stream within {waited_s}."),
    "stream_away": msg("stagebox was off for too long to go live by itself. Touch “Go live” again."),
    # Where it goes.
    "own_stream_settings": msg("OBS's own stream settings"),
    "no_target": msg("It is not set where to stream to."),
    "no_target_help": msg(
        "Choose it in Set-up, Stream, or set stream.service or stream.server in stagebox.toml."
    ),
    "no_target_help.screen": msg("Choose it in Set-up, Stream."),
    "address_help": msg("Write it like rtmp://live.example.org/app, as the streaming service gives it."),
    "address_space": msg("The server's address has a space or a line break in it."),
    "address_unreadable": msg("The server's address cannot be read."),
    "address_no_protocol": msg("The server's address does not begin like rtmp://: {server}."),
    "address_protocol": msg("OBS cannot stream to an address that begins with {protocol}://."),
    "address_protocol_help": msg(
        "Use an address that begins with rtmp://, rtmps://, srt://, rist://, or https:// for WHIP."
    ),
    "address_no_computer": msg("The server's address names no computer."),
    "address_login": msg("The server's address has a name or a password in it."),
    "address_secret": msg("The server's address has a password or a key in it, behind the question mark."),
    "address_secret_help": msg("Take it out of the address: secrets belong in the key."),
    "address_no_port": msg("The address of an {protocol} server needs a port at its end."),
    "address_no_port_help": msg("Write it like srt://host:9999."),
    "no_services": msg("OBS's list of streaming services is not on this computer."),
    "server_help": msg("Set stream.server to the service's address instead."),
    "server_help.screen": msg("Type the address of the service's server instead."),
    "service_unknown": msg("OBS knows no streaming service called “{name}”."),
    "service_unknown_help": msg("See `stagebox stream services`, or set stream.server to its address."),
    "service_unknown_help.screen": msg(
        "Choose one of the list, or type the address of the service's server."
    ),
    "server_unknown": msg("“{name}” is no server of {service}."),
    "server_unknown_help": msg("Leave stream.server out, or name one of: {names}."),
    "server_unknown_help.screen": msg("Leave the server empty, or name one of: {names}."),
    # Its key.
    "no_key": msg("There is no stream key."),
    "no_key_help": msg("Type it in Set-up, Stream, or with `stagebox stream key`."),
    "no_key_help.screen": msg("Type it in Set-up, Stream."),
    "key_again": msg(
        "Copy it once more from the streaming service's page, without anything before or after it."
    ),
    "key_empty": msg("The stream key is empty."),
    "key_line_break": msg("The stream key has a line break in it."),
    "key_space": msg("The stream key has a space in it."),
    "key_unseen": msg("The stream key has a character in it that cannot be seen."),
    "key_long": msg("The stream key is longer than {most} characters."),
    "key_unreadable": msg("The stream key that is kept here cannot be read."),
    "key_unreadable_help": msg("Type the stream key again."),
    "key_not_removed": msg("The stream key in {path} cannot be removed: {reason}."),
}
