"""Where a stream goes: a service of OBS's own list or a server, checked before OBS is asked. Pure.

A key is looked at here, and never put into a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from pydantic import SecretStr

from stagebox.model.settings import StreamSettings
from stagebox.model.stream_state import Protocol, StreamSetUp
from stagebox.obs.stream_services import Service, find_service

SCHEMES: dict[str, Protocol] = {
    "rtmp": "rtmp",
    "rtmps": "rtmps",
    "srt": "srt",
    "rist": "rist",
    "https": "whip",
    "http": "whip",
}
KEYED = frozenset({"rtmp", "rtmps", "other"})
"""Protocols that stream nothing without a key."""
PORT_NEEDED = frozenset({"srt", "rist"})
KEY_MOST = 1000
_SECRET_PARAMETERS = frozenset({"passphrase", "password", "token", "key", "pass", "secret"})

NO_TARGET = (
    "No streaming target is set.",
    "Choose one on the set-up screen, or set stream.service or stream.server in stagebox.toml.",
)
NO_KEY = (
    "There is no stream key.",
    "Type it on the set-up screen, or with `stagebox stream key`.",
)
Problem = tuple[str, str]
"""What is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class StreamService:
    """What OBS is told: the kind of service, its settings, and the key, which is stars in `repr`."""

    kind: str
    settings: tuple[tuple[str, str], ...]
    key: SecretStr
    key_name: str = "key"

    def request(self) -> dict[str, object]:
        """The data of OBS's request SetStreamServiceSettings."""
        settings: dict[str, object] = dict(self.settings)
        settings[self.key_name] = self.key.get_secret_value()
        if self.kind == "rtmp_custom":
            settings["use_auth"] = False
        return {"streamServiceType": self.kind, "streamServiceSettings": settings}


FORGOTTEN = StreamService("rtmp_custom", (("server", ""),), SecretStr(""))
"""No server and no key."""


def target_problem(stream: StreamSettings, services: Sequence[Service]) -> Problem | None:
    """What is wrong with the target, the key apart; None when nothing is."""
    if stream.service:
        return _service_problem(stream, services)
    if stream.server:
        return server_problem(stream.server)
    return NO_TARGET


def server_problem(server: str) -> Problem | None:
    """What is wrong with a server's address; None when nothing is."""
    fine = "Write it like rtmp://live.example.org/app, as the streaming service gives it."
    if any(character.isspace() or not character.isprintable() for character in server):
        return "The server's address has a space or a line break in it.", fine
    try:
        parts = urlsplit(server)
        port = parts.port
    except ValueError:
        return "The server's address cannot be read.", fine
    if not parts.scheme or "://" not in server:
        return f"The server's address does not begin with a protocol: {_shown(server)}.", fine
    if parts.scheme not in SCHEMES:
        return (
            f"OBS cannot stream by {parts.scheme}://.",
            "Use an address that begins with rtmp://, rtmps://, srt://, rist://, or https:// for WHIP.",
        )
    if not parts.hostname:
        return "The server's address names no computer.", fine
    if parts.username is not None or parts.password is not None:
        return (
            "The server's address has a name or a password in it.",
            "Take both out of the address: what is secret belongs into the key.",
        )
    if any(name.casefold() in _SECRET_PARAMETERS for name, _ in parse_qsl(parts.query)):
        return (
            "The server's address has a password or a key in it, behind the question mark.",
            "Take it out of the address: what is secret belongs into the key.",
        )
    if parts.scheme in PORT_NEEDED and port is None:
        return (
            f"The address of an {parts.scheme.upper()} server needs a port.",
            "Write it like srt://host:9999.",
        )
    return None


def key_problem(key: str) -> Problem | None:
    """What is wrong with a stream key, without saying it; None when nothing is."""
    again = "Copy it once more from the streaming service's page, without anything before or after it."
    if not key:
        return "The stream key is empty.", again
    if "\n" in key or "\r" in key:
        return "The stream key has a line break in it.", again
    if any(character.isspace() for character in key):
        return "The stream key has a space in it.", again
    if not key.isprintable():
        return "The stream key has a character in it that cannot be seen.", again
    if len(key) > KEY_MOST:
        return f"The stream key is longer than {KEY_MOST} characters.", again
    return None


def protocol_of(stream: StreamSettings, services: Sequence[Service]) -> Protocol:
    """How OBS would send to this target; "" when there is none or its address cannot be read."""
    url = server_url(stream, services)
    if not url:
        return ""
    protocol = SCHEMES.get(url.partition("://")[0], "")
    if stream.service and protocol not in ("rtmp", "rtmps"):
        return "other"
    return protocol


def server_url(stream: StreamSettings, services: Sequence[Service]) -> str:
    """The address of the server that the stream goes to, "" when there is none."""
    if not stream.service:
        return stream.server
    service = find_service(services, stream.service)
    if service is None or not service.servers:
        return ""
    wanted = next((one for one in service.servers if stream.server in (one.name, one.url)), None)
    return (wanted or service.servers[0]).url


def set_up_of(
    stream: StreamSettings,
    services: Sequence[Service],
    *,
    has_key: bool,
    key_fault: Problem | None,
    private: bool,
    change: int,
) -> StreamSetUp:
    """Where the stream shall go, and why it cannot.

    Args:
        key_fault: what is wrong with the key or its file, where there is one.
        private: OBS is our own. One that was only joined streams as its owner set it, when no
            target is set here.
    """
    if not private and not stream.service and not stream.server:
        own = "OBS's own stream settings"
        return StreamSetUp(target=own, own=True, private=False, problem="", remedy="", change=change)
    problem = target_problem(stream, services)
    protocol = protocol_of(stream, services) if problem is None else ""
    if problem is None:
        problem = key_fault
    if problem is None and not has_key and protocol in KEYED:
        problem = NO_KEY
    what, remedy = problem or ("", "")
    return StreamSetUp(
        target=words_of(stream),
        protocol=protocol,
        has_key=has_key,
        private=private,
        problem=what,
        remedy=remedy,
        change=change,
    )


def words_of(stream: StreamSettings) -> str:
    """The target for people: the service's name, or the server's without what may be secret."""
    if stream.service:
        return stream.service
    if not stream.server or server_problem(stream.server) is not None:
        return ""
    parts = urlsplit(stream.server)
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "") + parts.path


def obs_service(stream: StreamSettings, services: Sequence[Service], key: SecretStr) -> StreamService:
    """What OBS is to be told of a target that has no problem."""
    url = server_url(stream, services)
    if stream.service:
        return StreamService("rtmp_common", (("service", stream.service), ("server", url)), key)
    if protocol_of(stream, services) == "whip":
        return StreamService("whip_custom", (("service", "WHIP"), ("server", url)), key, "bearer_token")
    return StreamService("rtmp_custom", (("server", url),), key)


def _service_problem(stream: StreamSettings, services: Sequence[Service]) -> Problem | None:
    if not services:
        return (
            "OBS's list of streaming services is not on this computer.",
            "Set stream.server to the service's address instead.",
        )
    service = find_service(services, stream.service)
    if service is None:
        return (
            f"OBS knows no streaming service called “{_shown(stream.service)}”.",
            "See `stagebox stream services`, or set stream.server to its address.",
        )
    known = {name for one in service.servers for name in (one.name, one.url)}
    if stream.server and stream.server not in known:
        return (
            f"“{_shown(stream.server)}” is no server of {service.name}.",
            "Leave stream.server out, or name one of: "
            + ", ".join(one.name for one in service.servers[:5])
            + ".",
        )
    return None


def _shown(text: str) -> str:
    """The beginning of what somebody typed, fit for a sentence."""
    clean = "".join(character if character.isprintable() else "?" for character in text)
    return clean if len(clean) <= 60 else clean[:60] + "…"
