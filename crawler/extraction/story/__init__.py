"""Where the story stands on its page, and which lines are its own."""
