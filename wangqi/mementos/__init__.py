"""What other web archives hold of a page: the lists that they answer with (RFC 7089, and CDX), read."""
