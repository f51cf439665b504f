"""The facts that an operator may change. A value that differs from Scrapy's default says the default and why.

Any of them can be set for one run with `-s NAME=VALUE`; ARCHIVE_URL and CATALOGUE also come from the environment.
"""

import logging
import os
import sys

from crawler.needed import require

require()  # before what needs it is loaded

from scrapy.extensions.feedexport import FeedExporter
from scrapy.extensions.logstats import LogStats
from scrapy.spidermiddlewares.referer import RefererMiddleware

from crawler import addon
from crawler.catalogue.spider_loader import CatalogueSpiderLoader
from crawler.downloader.referer import NoReferer
from crawler.downloader.rendering.guard import Rendering
from crawler.downloader.resolver import PublicResolver
from crawler.downloader.warc import Warc
from crawler.extensions.disk import DiskWatch
from crawler.extensions.feeds import CsvFeed, Feeds
from crawler.extensions.politeness import Politeness
from crawler.extensions.progress import CrawlProgress
from crawler.extensions.run import RunRecord
from crawler.extensions.session import CrawlSession
from crawler.list_settings import ListSettings
from crawler.safe_log import SafeRecord
from pipelines.deduplicate import Deduplicate
from pipelines.normalise import Normalise
from pipelines.persist import Persist

BOT_NAME = "wangqi"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"
ADDONS = {ListSettings: 0}
SPIDER_LOADER_CLASS = CatalogueSpiderLoader  # each entry of the catalogue is a spider

# --- where things are kept -------------------------------------------------------------------------------------------
ARCHIVE_URL = os.environ.get("ARCHIVE_URL", "sqlite:///archive.db")
CATALOGUE = os.environ.get("CATALOGUE", "series.toml")
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
SPIDER_MIDDLEWARES = {RefererMiddleware: None, NoReferer: 700}  # Scrapy's own lets a response steer it
METAREFRESH_ENABLED = False  # default True; `Signposts` follows them, with the checks of a redirect
# Only http and https are ever asked, and no faster than the pages are stored.
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "crawler.extensions.unhurried.UnhurriedHandler"),
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
TWISTED_DNS_RESOLVER = PublicResolver  # default CachingThreadedResolver, which dials whatever a name says
# Networks that may be dialled although they are not public, such as ["127.0.0.0/8"] for the demo and the tests.
ALLOWED_ADDRESSES: list[str] = []
ALLOWED_PORTS = ["80", "443", "8000-8999"]  # or ["any"]

# --- what happens to an answer ---------------------------------------------------------------------------------------
CONCURRENT_ITEMS = 1  # of one page, which has one; default 100: so many tasks are made for every page
HTTPERROR_ALLOW_ALL = True  # default False: a page that answers 404 is an outcome, not an error to hide
DOWNLOADER_MIDDLEWARES = {  # the order and its reasons: crawler/downloader/__init__.py
    **addon.GUARDS,
    Warc: 20,
    Rendering: 500,
}
ITEM_PIPELINES = {
    Normalise: 100,  # keys and hashes are taken of the normal form
    Deduplicate: 200,  # fingerprints, of the match key
    Persist: 300,  # last: what it has confirmed is safe
}
EXTENSIONS = {
    CrawlSession: 0,
    RunRecord: 0,
    Politeness: 0,
    DiskWatch: 0,
    CrawlProgress: 0,
    Feeds: 0,
    FeedExporter: None,
    LogStats: None,  # its line a minute says less than the bar
    "scrapy.extensions.remote_control.RemoteControl": None,  # it is off, and costs 0.1 s at each start all the same
}

# --- the log ---------------------------------------------------------------------------------------------------------
# Default DEBUG, two lines a page. On a terminal a bar shows the progress, and only trouble is worth a line.
LOG_LEVEL = "WARNING" if sys.stderr.isatty() else "INFO"
LOG_VERSIONS: list[str] = []  # default: the versions of nine libraries, which `scrapy doctor` tells
STATS_DUMP = False  # default True; the summary at the end says it for people, `scrapy runs --json` for programs

# --- feeds (`-O FILE`, FEEDS) ----------------------------------------------------------------------------------------
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {"csv": CsvFeed}
FEED_OUTCOMES = False  # whether every page that was visited is a record beside the stories

logging.setLogRecordFactory(SafeRecord)  # what a site says reaches no terminal that would obey it
logging.getLogger("alembic").setLevel(logging.WARNING)  # that tables are made is not news
logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # failures are told as outcomes, without a traceback
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it explains itself five times a page
