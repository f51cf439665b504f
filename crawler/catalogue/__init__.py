"""The catalogue: `series.toml`, read and checked."""
