"""Where a stream goes: a service of OBS's own list or a server, checked before OBS is asked. Pure.

A key is looked at here, and never put into a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from pydantic import SecretStr

from stagebox.messages.code_catalogue import say
from stagebox.model.settings import StreamSettings
from stagebox.model.stream_state import NO_TARGET, NO_TARGET_HELP, Protocol, StreamSetUp
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

NO_KEY = say("no_key"), say("no_key_help")
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
    return NO_TARGET, NO_TARGET_HELP


def server_problem(server: str) -> Problem | None:
    """What is wrong with a server's address; None when nothing is."""
    fine = say("address_help")
    if any(character.isspace() or not character.isprintable() for character in server):
        return say("address_space"), fine
    try:
        parts = urlsplit(server)
        port = parts.port
    except ValueError:
        return say("address_unreadable"), fine
    if not parts.scheme or "://" not in server:
        return say("address_no_protocol", server=_shown(server)), fine
    if parts.scheme not in SCHEMES:
        return say("address_protocol", protocol=parts.scheme), say("address_protocol_help")
    if not parts.hostname:
        return say("address_no_computer"), fine
    if parts.username is not None or parts.password is not None:
        return say("address_login"), say("address_secret_help")
    if any(name.casefold() in _SECRET_PARAMETERS for name, _ in parse_qsl(parts.query)):
        return say("address_secret"), say("address_secret_help")
    if parts.scheme in PORT_NEEDED and port is None:
        return say("address_no_port", protocol=parts.scheme.upper()), say("address_no_port_help")
    return None


def key_problem(key: str) -> Problem | None:
    """What is wrong with a stream key, without saying it; None when nothing is."""
    again = say("key_again")
    if not key:
        return say("key_empty"), again
    if "\n" in key or "\r" in key:
        return say("key_line_break"), again
    if any(character.isspace() for character in key):
        return say("key_space"), again
    if not key.isprintable():
        return say("key_unseen"), again
    if len(key) > KEY_MOST:
        return say("key_long", most=KEY_MOST), again
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
        own = say("own_stream_settings")
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
        return say("no_services"), say("server_help")
    service = find_service(services, stream.service)
    if service is None:
        return say("service_unknown", name=_shown(stream.service)), say("service_unknown_help")
    known = {name for one in service.servers for name in (one.name, one.url)}
    if stream.server and stream.server not in known:
        names = ", ".join(one.name for one in service.servers[:5])
        server = say("server_unknown", name=_shown(stream.server), service=service.name)
        return server, say("server_unknown_help", names=names)
    return None


def _shown(text: str) -> str:
    """The beginning of what somebody typed, fit for a sentence."""
    clean = "".join(character if character.isprintable() else "?" for character in text)
    return clean if len(clean) <= 60 else clean[:60] + "…"
