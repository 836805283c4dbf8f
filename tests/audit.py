"""Whether a package that the server runs on has a known weakness: ``python -m tests.audit``, a part of make check.

Where no service that knows weaknesses can be asked, it says so and passes; a package that
the service does not know counts as not audited, not as sound.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from typing import Any, Final

from tests.browser.servers import ROOT

REQUIREMENTS: Final = ROOT / "requirements.txt"
SERVICES: Final = ("pypi", "osv")
"""Asked one after the other, until one knows our packages."""
Report = list[dict[str, Any]]
"""What pip-audit says of each package: its name, and its weaknesses or why it was skipped."""


def pip_audit(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pip-audit on the locked versions alone; nothing is resolved or installed."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(REQUIREMENTS),
        "--require-hashes",
        "--disable-pip",
    ]
    return subprocess.run(  # noqa: S603  fixed words
        [*command, "--progress-spinner=off", "--timeout=10", *arguments], capture_output=True, text=True, check=False
    )


def asked(service: str) -> Report:
    """Return what a service says of our packages; nothing where it does not answer."""
    answer = pip_audit(f"--vulnerability-service={service}", "--format=json").stdout
    try:
        report: Report = json.loads(answer)["dependencies"]
    except json.JSONDecodeError:
        return []
    return report


def weaknesses(report: Report) -> Iterable[str]:
    """Yield a sentence for each weakness that is known."""
    for package in report:
        for weakness in package.get("vulns", ()):
            better = ", ".join(weakness["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']}: {weakness['id']}; better: {better}."


def main() -> int:
    """Return 0 where no weakness is known, and 1 where one is, or where the list of packages cannot be read."""
    collected = pip_audit("--dry-run")
    if collected.returncode:
        print(collected.stderr, file=sys.stderr)
        return 1
    for service in SERVICES:
        report = asked(service)
        known = [package for package in report if "skip_reason" not in package]
        if known:
            found = list(weaknesses(known))
            unknown = ", ".join(sorted(package["name"] for package in report if package not in known))
            print(f"{len(known)} of {len(report)} packages audited ({service}), {len(found)} weaknesses known")
            if unknown:
                print(f"NOT AUDITED, for {service} does not know them: {unknown}")
            for sentence in found:
                print(sentence, file=sys.stderr)
            return 1 if found else 0
    print(f"NOT AUDITED: none of {', '.join(SERVICES)} could be asked about our packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
