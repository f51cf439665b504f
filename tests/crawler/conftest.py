"""Fixtures that the crawler's tests share with the archive's."""

from tests.storage.conftest import postgresql_server, postgresql_url

__all__ = ["postgresql_server", "postgresql_url"]
