"""Packaged Alembic migrations; the archive runs them when it opens."""
