"""What is known of Chinese text. Pure."""
