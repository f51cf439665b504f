"""What titles say of a series: numbers, names, likeness. Pure."""
