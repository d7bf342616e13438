"""The streaming services that OBS knows by name: read from the list that OBS brings along."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

LIST = Path("rtmp-services") / "services.json"


@dataclass(frozen=True, slots=True)
class ServiceServer:
    """One server of a service."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Service:
    """One streaming service. `key_page` is where its users find their key, or empty."""

    name: str
    common: bool
    servers: tuple[ServiceServer, ...]
    key_page: str = ""


def service_lists(obs_config: Path) -> tuple[Path, ...]:
    """Where OBS's list may lie: first the one that this OBS keeps up to date, then those it was shipped with.

    `obs_config` is OBS's configuration folder.
    """
    shipped = [Path("/usr/share/obs/obs-plugins"), Path("/usr/local/share/obs/obs-plugins")]
    shipped.append(Path("/Applications/OBS.app/Contents/PlugIns/rtmp-services.plugin/Contents/Resources"))
    programs = os.environ.get("PROGRAMFILES")
    if programs:
        shipped.append(Path(programs) / "obs-studio" / "data" / "obs-plugins")
    bare = [
        folder / "services.json" for folder in shipped if folder.suffix == "" and "Resources" in folder.parts
    ]
    return (obs_config / "plugin_config" / LIST, *(folder / LIST for folder in shipped), *bare)


def read_services(paths: Iterable[Path]) -> tuple[Service, ...]:
    """The services of the first list that can be read, by name; none when there is no such list."""
    for path in paths:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))["services"]
            services = [service for one in found if (service := _service(one)) is not None]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if services:
            return tuple(sorted(services, key=lambda service: service.name.casefold()))
    return ()


def find_service(services: Sequence[Service], name: str) -> Service | None:
    """The service of this name, exactly as OBS writes it."""
    return next((service for service in services if service.name == name), None)


def _service(entry: dict[str, object]) -> Service | None:
    """One entry of the list; None when it names no server."""
    listed = entry.get("servers")
    servers = tuple(
        ServiceServer(str(one["name"]), str(one["url"]))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and one.get("name") and one.get("url")
    )
    if not entry.get("name") or not servers:
        return None
    page = entry.get("stream_key_link")
    return Service(str(entry["name"]), entry.get("common") is True, servers, str(page) if page else "")
