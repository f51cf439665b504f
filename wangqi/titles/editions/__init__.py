"""What two titles have in common that are editions of one thing: another year, another day, another version."""
