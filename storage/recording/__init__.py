"""What one visit of one page leaves in the archive, in one transaction."""
