"""What everyone who reads a report is told, and that a file is whole or not there."""

import os

import pytest
from click.testing import CliRunner

from baclo.cli import cli
from baclo.report.write import write


@pytest.mark.parametrize("shown", ["terminal", "page"])
def test_every_report_says_that_it_is_a_draft_and_not_a_device(shown, tmp_path):
    page = tmp_path / "report.html"
    result = CliRunner().invoke(cli, ["run", "example:ms-start", "--html", str(page)])
    assert result.exit_code in (0, 1, 3)
    said = " ".join((result.output if shown == "terminal" else page.read_text(encoding="utf-8")).split()).lower()
    assert "not a medical device" in said
    assert "draft" in said
    assert "prescriber" in said


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    target.write_text("the old report", encoding="utf-8")

    def full(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        write(str(target), "the new report")
    assert target.read_text(encoding="utf-8") == "the old report"
    assert list(tmp_path.iterdir()) == [target]
