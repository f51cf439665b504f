"""What exports ask beside the rows of stories, many at a time."""
