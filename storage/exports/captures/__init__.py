"""What pages brought, byte by byte, in the forms in which web archives exchange it."""
