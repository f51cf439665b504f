"""Pages drawn by a browser that has no network of its own.

The downloader fetches the page, past all guards, as it fetches any other. The browser is then given these bytes, runs
the scripts, and asks the downloader for each further file, so that robots.txt, addresses, sizes, pauses and time limits
hold for these as for pages. What nobody answers for (sockets, preconnections, names) leads into a proxy that is not
there. `crawler.downloader.rendering.guard` is the guard that starts it all.
"""
