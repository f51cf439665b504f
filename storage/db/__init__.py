"""The database as such: connections, the writing thread, errors, migrations."""
