"""What a title says: its parts, its number, and what two titles have in common. Pure."""
