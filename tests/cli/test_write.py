"""A file is whole, private and never lost."""

import stat
import sys

import pytest

from baclo.report.write import create, write


def test_a_file_is_replaced_as_a_whole_and_nothing_stays_beside_it(tmp_path):
    path = tmp_path / "out.json"
    path.write_text("the old one, which is longer than the new one")
    write(str(path), "ü\n")
    assert path.read_bytes() == "ü\n".encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no owner bits")
def test_a_new_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "out.json"
    write(str(path), "x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_an_error_and_makes_nothing(tmp_path):
    target = str(tmp_path / "no" / "out.json")
    with pytest.raises(FileNotFoundError) as refused:
        write(target, "x")
    assert refused.value.filename == target
    assert list(tmp_path.iterdir()) == []


def test_a_dash_is_standard_output(capsys):
    write("-", "told")
    assert capsys.readouterr().out == "told"


def test_what_is_there_is_never_written_over(tmp_path):
    path = tmp_path / "case.toml"
    create(str(path), "first")
    with pytest.raises(FileExistsError):
        create(str(path), "second")
    assert path.read_text() == "first"


def test_a_move_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "out.json"
    path.write_text("old")

    def full(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="no space left") as refused:
        write(str(path), "new")
    assert (refused.value.filename, refused.value.filename2) == (str(path), None)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
