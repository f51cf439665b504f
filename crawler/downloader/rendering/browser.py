"""The browser on this machine: whether there is one, and how it is started."""

import os
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from tempfile import TemporaryDirectory
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
_EMPTY: Final = ("--dump-dom", "about:blank")
_STARTING: Final = 30.0  # seconds
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


def check_browser(named: str, *, sandbox: bool) -> str:
    """Look whether pages can be drawn, before any is fetched: the browser is started for an empty one.

    Args:
        named: The setting RENDER_BROWSER.
        sandbox: The setting RENDER_SANDBOX.

    Returns:
        What there is, in words.

    Raises:
        BrowserMissing: The extra or the browser is missing, or it does not start.
    """
    driver, path = driver_version(), find_browser(named)
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        no_sandbox = () if _may_have_sandbox(sandbox=sandbox) else ("--no-sandbox",)
        started = _asked(path, "--headless", "--disable-gpu", *no_sandbox, f"--user-data-dir={profile}", *_EMPTY)
    if "<html" not in started.stdout:
        said = [line for line in started.stderr.splitlines() if "sandbox" in line.lower()]
        raise BrowserMissing(
            f"Pages cannot be drawn: the browser {path!r} does not start{f' ({said[0][-200:]})' if said else ''}. "
            "RENDER_BROWSER names another; RENDER_SANDBOX=False helps where a container forbids the sandbox"
        )
    return f"{_DRIVER} {driver}, {' '.join(_asked(path, '--version').stdout.split()[:2])} at {path!r}"


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


def _asked(path: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603  # found on the operator's path, or named by him
            [path, *arguments], capture_output=True, text=True, errors="replace", timeout=_STARTING, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BrowserMissing(f"Pages cannot be drawn: the browser {path!r} does not start ({error})") from error


def _may_have_sandbox(*, sandbox: bool) -> bool:
    """Chromium refuses it to root, who therefore draws without."""
    return sandbox and not (hasattr(os, "geteuid") and os.geteuid() == 0)


def launch_options(path: str, *, sandbox: bool) -> dict[str, Any]:
    """For Playwright."""
    return {
        "executable_path": path,
        "headless": True,
        "chromium_sandbox": _may_have_sandbox(sandbox=sandbox),
        "proxy": dict(_NOWHERE),
        "args": list(_ARGUMENTS),
        # A signal is the crawl's to heed, which closes the browser when the last page is drawn.
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }
