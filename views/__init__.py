"""What the archive holds, as a person reads it: tables, words, pictures, pages. It reads nothing from anywhere."""
