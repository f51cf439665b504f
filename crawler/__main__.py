"""`python -m crawler` is `wangqi`."""

from crawler.console import main

main()
