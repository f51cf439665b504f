"""Copies: is this text a story that is known already, and has somebody tampered with it. Pure: no I/O, no clock.

    key = match_key(text)
    marks = fingerprint.fingerprint(key, text)                  # what storage looks candidates up by
    signs = tampering.findings(text, title=..., host=...)       # on this text alone
    verdicts = judge.judge(records.NewText(text=text, ...), candidates)
    compare.compare(text_a, text_b).swaps                       # word by word

Algorithm, thresholds, what is and is not caught: `docs/copies.md`.
"""
