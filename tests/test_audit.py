"""A known weakness fails the check, an unknown package is named, and silence is not taken for soundness."""

import json
import subprocess

import pytest

from tests import audit

SOUND = {"name": "babel", "version": "2.18.0", "vulns": []}
WEAK = {"name": "jinja2", "version": "2.0", "vulns": [{"id": "GHSA-1", "fix_versions": ["3.1.6"]}]}
UNKNOWN = {"name": "ours", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        ([SOUND], 0, "1 of 1 packages audited (pypi), 0 weaknesses known"),
        ([SOUND, WEAK], 1, "jinja2 2.0: GHSA-1; better: 3.1.6."),
        ([SOUND, UNKNOWN], 0, "NOT AUDITED, for pypi does not know them: ours"),
        ([UNKNOWN], 0, "NOT AUDITED: none of pypi, osv could be asked"),
        (None, 0, "NOT AUDITED: none of pypi, osv could be asked"),
    ],
)
def test_the_verdict_follows_what_the_service_says(
    answer: list[object] | None,
    code: int,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    written = "" if answer is None else json.dumps({"dependencies": answer})
    monkeypatch.setattr(audit, "pip_audit", lambda *_: subprocess.CompletedProcess((), 0, written, ""))
    assert audit.main() == code
    assert says in "".join(capsys.readouterr())


def test_a_list_of_packages_that_cannot_be_read_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "pip_audit", lambda *_: subprocess.CompletedProcess((), 1, "", "no hashes"))
    assert audit.main() == 1
    assert "no hashes" in capsys.readouterr().err


def test_the_list_of_packages_can_be_read() -> None:
    assert audit.pip_audit("--dry-run").returncode == 0
