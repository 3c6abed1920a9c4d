"""Empty databases for tests of the store: a new SQLite file, and a new database of the PostgreSQL that CI starts."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

SERVER = "EVENTS_TEST_POSTGRES"
"""Names the URL of a server where databases may be made; `.ci/with-postgres COMMAND` sets it."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty database, one of each kind in turn."""
    monkeypatch.setattr("events.store_light.cache_folder", lambda: tmp_path / "cache")
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/events.db"
        return
    server = os.environ.get(SERVER)
    if not server:
        pytest.skip("no PostgreSQL here: run `.ci/with-postgres pytest`")
    name = f"t_{uuid.uuid4().hex}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
