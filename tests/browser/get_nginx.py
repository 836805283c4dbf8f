"""Finds an nginx on this machine, or gets one where that is possible."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from tests.browser.get_browser import succeeds

FOLDERS: Final = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
"""Where it lies, besides the path; administrators' programs are not on everybody's."""


def find_nginx() -> Path | None:
    """Return nginx's executable, or None where there is none."""
    found = shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), *FOLDERS)))
    return Path(found) if found else None


def main() -> int:
    """Get nginx where there is none; without it, the tests of two replicas are skipped, which this says."""
    if not find_nginx() and os.geteuid() == 0 and shutil.which("apt-get"):
        os.environ["RUNLEVEL"] = "1"  # install it, but do not start it
        succeeds("apt-get", "update")
        succeeds("apt-get", "install", "--yes", "--no-install-recommends", "nginx")
    if not find_nginx():
        print("The tests of two replicas need nginx and will be skipped: install it, for instance Debian's "
              "package nginx, and run make test again.", file=sys.stderr)  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
