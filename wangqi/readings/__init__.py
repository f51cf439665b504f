"""What is read of a page, compared with what was read of it before."""
