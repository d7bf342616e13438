"""What is said of schedules: what cannot be read in one, and what became of it."""

from collections.abc import Mapping

from stagebox.messages.entry import CountedWords, msg

SENTENCES: Mapping[str, str] = {
    # A place in a schedule.
    "schedule_event": msg("talk {id}"),
    "schedule_event_titled": msg("talk {id}, “{title}”"),
    "schedule_titled": msg("“{title}”"),
    "schedule_number": msg("number {n} of the list"),
    "schedule_line": msg("line {n}"),
    "schedule_in_room": msg("room {name}"),
    "schedule_whole": msg("the whole file"),
    # One talk.
    "schedule_no_start": msg("Its start time cannot be read (“{written}”), so it is left out."),
    "schedule_no_day": msg("Its day's date cannot be read (“{written}”), so it is left out."),
    "schedule_no_event": msg("This cannot be read as a talk, so it is left out."),
    "schedule_no_length": msg("Its length cannot be read (“{written}”), so {length_s} are assumed."),
    "schedule_ends_early": msg("It ends before it begins, so {length_s} are assumed."),
    "schedule_very_long": msg("It lasts {length_s}. Check whether that is right."),
    "schedule_no_title": msg("It has no title."),
    "schedule_twice": msg("It is in the file twice, and counts once."),
    "schedule_repeats": msg("It repeats. Only the first one counts."),
    "schedule_overlap": msg("“{first}” ({first_time}) and “{second}” ({second_time}) overlap."),
    "schedule_zone_unknown": msg("There is no time zone “{zone}”: times are read as in {taken}."),
    # A whole schedule.
    "schedule_empty": msg("{source} is empty."),
    "schedule_too_big": msg("{source} is larger than {limit_bytes}. No schedule is."),
    "schedule_page": msg("{source} is a web page, not a schedule: perhaps one that asks for a password."),
    "schedule_page_help": msg(
        "Use the address of the schedule itself: often it ends in schedule.xml or .json."
    ),
    "schedule_no_text": msg("{source} is no text, so it is no schedule."),
    "schedule_broken_xml": msg("{source} cannot be read as XML: {reason}. Perhaps only a part of it came."),
    "schedule_broken_json": msg("{source} cannot be read as JSON: {reason}. Perhaps only a part of it came."),
    "schedule_entities": msg("{source} defines text of its own (XML entities), which is not safe to read."),
    "schedule_other_json": msg("{source} is JSON, but no schedule that stagebox knows: {reason}."),
    "schedule_other_xml": msg("{source} is XML, but no schedule: it begins with <{tag}>."),
    "schedule_other": msg("{source} is no schedule that stagebox knows."),
    "schedule_kinds": msg(
        "stagebox reads schedule.xml and .json of frab and pretalx, iCalendar (.ics), and lists (.csv)."
    ),
    "schedule_unreadable": msg("{source} could not be read: {reason}."),
    "schedule_took_too_long": msg("Reading {source} took longer than {limit_s}, so it was given up."),
    "schedule_again_help": msg("Try again, or ask the people who plan the event for it."),
    "schedule_no_such_zone": msg("There is no time zone “{zone}”."),
    "schedule_zone_help": msg("Write it like Europe/Prague."),
    # Getting it.
    "schedule_no_file": msg("There is no file {source}."),
    "schedule_file_help": msg(
        "Give the path of a file that exists, or an address that begins with https://."
    ),
    "schedule_scheme": msg("A schedule cannot be fetched from {source}."),
    "schedule_no_answer": msg("{host} does not answer: {reason}."),
    "schedule_no_answer_help": msg("Check the network and the address. stagebox tries again by itself."),
    "schedule_refused": msg("{host} refuses to give the schedule ({status})."),
    "schedule_refused_help": msg("Check the address. Perhaps the schedule is not public yet."),
    "schedule_elsewhere": msg("{host} points to another address, {other}. stagebox does not go there."),
    "schedule_elsewhere_help": msg("If the schedule has moved there, use that address."),
    # What became of a talk.
    "ledger_missing": msg("Nothing was recorded of it."),
    "ledger_failed": msg("It was recorded, but no MP4 could be made of it. Look at its report."),
    "ledger_refused": msg("Its speaker does not want it recorded."),
    "ledger_discarded": msg("Its speaker does not want it recorded: what was recorded is discarded."),
    "ledger_cancelled": msg("It is not in the schedule any more."),
    "ledger_short": msg("Only {recorded_s} of {planned_s} were recorded."),
    # What changed in it.
    "schedule_moved": msg("“{title}” is moved from {before} to {after}."),
    "schedule_ends": msg("“{title}” now ends at {time}."),
    "schedule_cancelled": msg("“{title}” is cancelled."),
    "schedule_other_room": msg("“{title}” is now in another room: {room}."),
    "schedule_new": msg("“{title}” is new, at {time}."),
    "schedule_renamed": msg("“{before}” is now called “{after}”."),
    "schedule_speakers": msg("“{title}” has other speakers: {speakers}."),
    "schedule_consent": msg("What may be recorded, streamed or published of “{title}” has changed."),
    "schedule_more_changes": CountedWords(
        "One more thing has changed in the schedule.", "{n} more things have changed in the schedule."
    ),
    "schedule_half_empty": msg(
        "The newest schedule has no talk left in this room, which cannot be right. The one before stays."
    ),
}
