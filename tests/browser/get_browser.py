"""Finds a Chromium or Chrome on this machine, or gets one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC: Final = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find_browser() -> Path | None:
    """Return the browser's executable: one that is installed, or the one that Playwright has fetched."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    if MAC.exists():
        return MAC
    with sync_playwright() as playwright:
        fetched = Path(playwright.chromium.executable_path)
    return fetched if fetched.exists() else None


def succeeds(*command: str) -> bool:
    """Run a command without its words, and return whether it did what it should."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603  fixed words


def main() -> int:
    """Get a browser where there is none; the exit code is 1 when there is still none."""
    if find_browser():
        return 0
    succeeds(sys.executable, "-m", "playwright", "install", "chromium")
    if not find_browser() and os.geteuid() == 0 and shutil.which("apt-get"):
        succeeds("apt-get", "update")
        succeeds("apt-get", "install", "--yes", "chromium")
    if not find_browser():
        print("The browser tests need Chromium or Chrome: install one of them, for instance Debian's "
              "package chromium, and run make test again.", file=sys.stderr)  # fmt: skip
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
