"""The processes that read pages and judge copies."""
