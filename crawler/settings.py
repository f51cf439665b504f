"""The facts that an operator may change. A value that differs from Scrapy's default says the default and why.

Any of them can be set for one run with `-s NAME=VALUE`; ARCHIVE_URL and CATALOGUE also come from the environment.
"""

import logging
import os
import sys

from crawler.beginning import begin_loading

begin_loading()

from crawler import downloader
from crawler.asked import asked, commands_module
from crawler.needed import require

require(load_all=asked(sys.argv) == "doctor")  # before what needs it is loaded

from crawler.safe_log import JsonRecord, ToldRecord

# What a crawl is made of is named, not imported: a command that asks the archive does without it, and begins at once.
BOT_NAME = "wangqi"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = commands_module(sys.argv)
ADDONS = {"crawler.list_settings.ListSettings": 0}
SPIDER_LOADER_CLASS = "crawler.catalogue.spider_loader.CatalogueSpiderLoader"  # each entry of the catalogue is a spider

# --- where things are kept -------------------------------------------------------------------------------------------
ARCHIVE_URL = os.environ.get("ARCHIVE_URL", "sqlite:///archive.db")
CATALOGUE = os.environ.get("CATALOGUE", "series.toml")
READING_ROOM = os.environ.get("READING_ROOM", "")  # its address, for the links in notices; none by default
DISK_RESERVE = (
    500 * 2**20
)  # bytes that must be free beside an archive in a file: no crawl begins, or goes on, with less
# An authority that signs what each run has stored (RFC 3161), such as "http://timestamp.example/tsr"; none by default
TIMESTAMP_AUTHORITY = ""

# --- manners ---------------------------------------------------------------------------------------------------------
# Say who you are and where you can be reached: sites block what they cannot ask.
USER_AGENT = os.environ.get(
    "CRAWL_USER_AGENT", "wangqi/0.1 (archive of article series; set CRAWL_USER_AGENT to your contact)"
)
ROBOTSTXT_OBEY = True  # default False
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8: one reader at a time is what a library is
DOWNLOAD_DELAY = 1.0  # seconds, default 0; a robots.txt may ask for more, to 60 s

# --- limits ----------------------------------------------------------------------------------------------------------
DOWNLOAD_MAXSIZE = 10 * 2**20  # bytes after decompression, default 1 GiB: 1.4 KB of brotli can hold that
DOWNLOAD_WARNSIZE = 5 * 2**20  # default 32 MiB; an article of 3 MB is common on WeChat
DOWNLOAD_TIMEOUT = 30  # seconds a try, default 180
DNS_TIMEOUT = 10  # seconds that the look-up of a name may take, default 60
# Default 16, which two hosts that hang fill with pages that wait for them. The spider has its bounds: 32 pages of hosts
# that answer, and 96 of others.
CONCURRENT_REQUESTS = 160
REDIRECT_MAX_TIMES = 5  # default 20
RUN_MAX_PAGES = 2_000  # that one run asks for, 0 = all; the next run goes on. An entry's max_pages says otherwise
RUN_MAX_MINUTES = 60  # likewise
RECENT_DAYS = 31  # so long after its publication a story is read every day, and so is a list that shows it; 0 = not
PICTURES = 0  # bytes that a picture of a story may have, 0 = none is asked for; an entry's `pictures` says otherwise
ATTACHMENTS = 10 * 2**20  # of its PDF, DOC, XLS, OFD and other files; likewise, by `attachments`
EXTRACT_TIMEOUT = 20  # seconds of a processor that reading a page may cost; at most four times as many on the clock
EXTRACT_MEMORY = 2 * 2**30  # bytes of address space a worker may use
EXTRACT_WORKERS = 0  # 0 = one a core

# --- drawing (series with render = true) -----------------------------------------------------------------------------
RENDER_BROWSER = os.environ.get("CRAWL_BROWSER", "")  # its path; without one, Chromium or Chrome where it is found
RENDER_TIMEOUT = 60  # seconds a page; what its scripts have not drawn by then is left out
RENDER_SILENCE = 20  # seconds without a sign of life, after which the browser is killed and another one started
RENDER_SANDBOX = True  # Chromium's own; switch it off only where containers forbid it. Root never has it

# --- safety ----------------------------------------------------------------------------------------------------------
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False
TELNETCONSOLE_ENABLED = False  # default True: it listens
REMOTE_CONTROL_ENABLED = False  # default True: it runs what it is sent
COOKIES_ENABLED = False  # default True
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,  # it lets a response steer it
    "crawler.downloader.referer.NoReferer": 700,
}
METAREFRESH_ENABLED = False  # default True; `Signposts` follows them, with the checks of a redirect
# Only http and https are ever asked, and no faster than the pages are stored.
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "crawler.extensions.unhurried.UnhurriedHandler"),
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
# Default CachingThreadedResolver, which dials whatever a name says
TWISTED_DNS_RESOLVER = "crawler.downloader.resolver.PublicResolver"
# Networks that may be dialled although they are not public, such as ["127.0.0.0/8"] for the demo and the tests.
ALLOWED_ADDRESSES: list[str] = []
ALLOWED_PORTS = ["80", "443", "8000-8999"]  # or ["any"]

# --- what happens to an answer ---------------------------------------------------------------------------------------
CONCURRENT_ITEMS = 1  # of one page, which has one; default 100: so many tasks are made for every page
HTTPERROR_ALLOW_ALL = True  # default False: a page that answers 404 is an outcome, not an error to hide
DOWNLOADER_MIDDLEWARES = {  # the order and its reasons: crawler/downloader/__init__.py
    **downloader.GUARDS,
    "crawler.downloader.warc.Warc": 20,
    "crawler.downloader.rendering.guard.Rendering": 500,
}
ITEM_PIPELINES = {
    "pipelines.normalise.Normalise": 100,  # keys and hashes are taken of the normal form
    "pipelines.deduplicate.Deduplicate": 200,  # fingerprints, of the match key
    "pipelines.persist.Persist": 300,  # last: what it has confirmed is safe
}
EXTENSIONS = {
    "crawler.extensions.session.CrawlSession": 0,
    "crawler.extensions.run.RunRecord": 0,
    "crawler.extensions.politeness.Politeness": 0,
    "crawler.extensions.disk.DiskWatch": 0,
    "crawler.extensions.progress.CrawlProgress": 0,
    "crawler.extensions.feeds.Feeds": 0,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.logstats.LogStats": None,  # its line a minute says less than the bar
    "scrapy.extensions.remote_control.RemoteControl": None,  # it is off, and costs 0.1 s at each start all the same
}

# --- the log ---------------------------------------------------------------------------------------------------------
# Default DEBUG, two lines a page. On a terminal a bar shows the progress, and only trouble is worth a line.
LOG_LEVEL = "WARNING" if sys.stderr.isatty() else "INFO"
LOG_JSON = os.environ.get("LOG_JSON", "") not in {"", "0"}  # one event a line, for programs; from the environment alone
LOG_FORMAT = "%(json)s" if LOG_JSON else "%(asctime)s [%(name)s] %(levelname)s: %(message)s"
LOG_VERSIONS: list[str] = []  # default: the versions of nine libraries, which `scrapy doctor` tells
STATS_DUMP = False  # default True; the summary at the end says it for people, `scrapy runs --json` for programs

# --- feeds (`-O FILE`, FEEDS) ----------------------------------------------------------------------------------------
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {"csv": "crawler.extensions.feeds.CsvFeed"}
FEED_OUTCOMES = False  # whether every page that was visited is a record beside the stories

logging.setLogRecordFactory(
    JsonRecord if LOG_JSON else ToldRecord
)  # what a site says reaches no terminal that would obey it
logging.getLogger("alembic").setLevel(logging.WARNING)  # that tables are made is not news
logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # failures are told as outcomes, without a traceback
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it explains itself five times a page
