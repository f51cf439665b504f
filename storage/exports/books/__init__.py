"""Stories to be read elsewhere: as a book, as pages, as a feed."""
