"""PURE: how people ask the archive for stories: the language of a question, its words, and what of a text to show."""
