"""What people read in their language: English, as all our words are written, and Chinese, by the lists in `locale/`.

A sentence of a page is looked up by its English (`say`). A sentence that was put together elsewhere, as a reason that
the archive keeps or a line of a command, is known by its form, and told anew (`told`).
"""
