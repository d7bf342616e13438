"""The pages as templates: all that is put into one is escaped, but for what `source` and `data` give.

Styles and scripts lie beside the templates, and are inside each page, so that a page needs no other file.
"""

import base64
import functools
import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from stagebox.media.runner import shown
from stagebox.model.figures import clock, lasting

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup


def page(template: str, *, scripts: bool, **values: object) -> str:
    """The text of a page.

    Args:
        template: the file's name.
        scripts: the page runs `script`; its policy lets no other run, and without this none.
        values: what the template shows.
    """
    digest = _digest(str(values["script"])) if scripts else ""
    return _template(template).render(values, digest=digest)


def load() -> None:
    """Load what a page is made with, which takes a tenth of a second."""
    for name in ("talk.html", "index.html"):
        _template(name)


@functools.cache
def source(name: str) -> "Markup":
    """A style sheet or a script, as it is."""
    from markupsafe import Markup

    return Markup(_text(name))


def data(value: Any) -> "Markup":
    """A value as JSON for a script element, which nothing in it can end."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@functools.cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"shown": shown, "clock": clock, "lasting": lasting}
    return made


@functools.cache
def _template(name: str) -> "Template":
    return _environment().get_template(name)
