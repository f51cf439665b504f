"""What is known of texts, series and copies. Pure: no I/O but packaged data, no clock, no settings."""
