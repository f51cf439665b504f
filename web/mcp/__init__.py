"""The archive for programs that work with language models."""
