"""The browser on this machine: whether there is one, and how it is started."""

import os
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

# The last ones are where macOS keeps them.
BROWSERS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_DRIVER: Final = "scrapy-playwright"
# Port 9 discards; that the browser cannot reach even a server there is what the second argument sees to.
_NOWHERE: Final = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}
_ARGUMENTS: Final = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--js-flags=--max-old-space-size=1024",  # MiB a page; Chromium's own bound is what the machine has
)


class BrowserMissing(ValueError):  # noqa: N818  # it says what is wrong, as the refusals do
    """Raised when no page can be drawn on this machine, from `find_browser` and `driver_version`."""


def check_browser(named: str) -> None:
    """Look whether pages can be drawn, before any is fetched.

    Raises:
        BrowserMissing: The extra or the browser is missing.
    """
    driver_version()
    find_browser(named)


def driver_version() -> str:
    """Of scrapy-playwright.

    Raises:
        BrowserMissing: The extra is not installed.
    """
    try:
        return version(_DRIVER)
    except PackageNotFoundError as error:
        raise BrowserMissing(
            f"Pages cannot be drawn: {_DRIVER} is not installed. In this checkout: pip install -e '.[js]'"
        ) from error


def find_browser(named: str = "") -> str:
    """The path of the browser that the setting RENDER_BROWSER names, or of the first known one.

    Raises:
        BrowserMissing: There is none; nothing is downloaded.
    """
    for name in [named] if named else BROWSERS:
        if path := shutil.which(name):
            return path
    lacking = f"RENDER_BROWSER={named!r} is no program" if named else "neither Chromium nor Chrome is installed"
    raise BrowserMissing(
        f"Pages cannot be drawn: {lacking}. Install one (apt install chromium), or name it: -s RENDER_BROWSER=/path"
    )


def browser_version(path: str) -> str:
    """As it names itself, such as `Chromium 156.0.8078.79`.

    Raises:
        BrowserMissing: It does not start.
    """
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=True)  # noqa: S603  # found on the operator's path, or named by him
    except (OSError, subprocess.SubprocessError) as error:
        raise BrowserMissing(f"The browser {path!r} does not start ({error}). RENDER_BROWSER names another") from error
    return " ".join(asked.stdout.split()[:2])


def launch_options(path: str, *, sandbox: bool) -> dict[str, Any]:
    """For Playwright. Chromium refuses its sandbox to root, who therefore draws without."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": path,
        "headless": True,
        "chromium_sandbox": sandbox and not is_root,
        "proxy": dict(_NOWHERE),
        "args": list(_ARGUMENTS),
        # A signal is the crawl's to heed, which closes the browser when the last page is drawn.
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }
