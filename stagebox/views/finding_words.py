"""What a finding is called and what to do about it now, in the screen's language. Pure."""

from stagebox.messages.catalogue import entry, short
from stagebox.messages.entry import Lacks
from stagebox.views.seen import Translate


def lacks(code: str) -> Lacks:
    """What a recording with this finding leaves out."""
    known = entry(code)
    return known.lacks if known is not None else ""


def finding_name(code: str, translate: Translate) -> str:
    """What was found, in a few words."""
    known = entry(code)
    own = known.after.short if known is not None and known.after is not None else ""
    return translate(own or short(code))


def finding_advice(code: str, translate: Translate, *, still_here: bool) -> str:
    """What to do about it now: more can be done while the speaker is still in the room."""
    lost = lacks(code)
    if lost == "picture":
        return (
            translate("Ask the speaker for the slides as a file, or to repeat this part.")
            if still_here
            else translate("Ask the speaker for the slides as a file.")
        )
    if lost and still_here:
        return translate("Ask the speaker to repeat this part.")
    known = entry(code)
    next_time = known.after.next_time if known is not None and known.after is not None else ""
    return translate(next_time or "Look at this part before you publish the talk.")
