"""Pictures and attachments come in, and are read: what of it the archive keeps, and the index has."""
