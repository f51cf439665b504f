"""One module a page: what it asks the archive, and what its template is given."""
