"""What others hold, brought into an archive."""
