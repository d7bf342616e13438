"""What a finding is called and what to do about it now, in the screen's language. Pure."""

from dataclasses import replace

from stagebox.messages.code_catalogue import REMEDY, entry, found_short, on_screen, template
from stagebox.messages.entry import Lacks
from stagebox.messages.languages import language
from stagebox.model.said import Said
from stagebox.views.seen import Translate
from stagebox.views.talk_report import ReportFinding


def lacks(code: str) -> Lacks:
    """What a recording with this finding leaves out."""
    known = entry(code)
    return known.lacks if known is not None else ""


def finding_name(code: str, said: Said, translate: Translate) -> str:
    """What was found, in a few words; `said` is what its sentence is made of."""
    return translate(found_short(code, said.code))


def finding_told(one: ReportFinding, code: str) -> str:
    """What was found and what to do, in the language `code`; empty where it is not known in it."""
    if template(one.said.code) is None:
        return f"{one.message} {one.remedy}".strip() if code == "en" else ""
    remedy = replace(one.said, code=f"{one.said.code}.{REMEDY}", words=one.remedy)
    told = (language(code).told(on_screen(said)) for said in (replace(one.said, words=one.message), remedy))
    return " ".join(filter(None, told))


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
