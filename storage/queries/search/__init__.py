"""Questions of the language of docs/searching.md."""
