"""Date, author and source of the story, gathered from all that the page says."""
