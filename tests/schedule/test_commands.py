"""`schedule use`, `show` and `coverage` against a real engine, keeper and server of the API."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stagebox.api.token import token_path
from stagebox.cli import run
from stagebox.model.settings import EventSettings, ScheduleSettings, Settings
from stagebox.schedule.keeper import ScheduleKeeper
from stagebox.settings.writing import change
from tests.api.conftest import TOKEN, EchoBox, Served, serve
from tests.schedule.reading import event, xml
