"""What the shell offers: cases, files and keys, in bash too, which parts words at colons."""

import pytest

from baclo.cli import main


@pytest.fixture
def offered(monkeypatch, capsys, tmp_path):
    """What a shell is told for words as it parts them, the last one being typed; two files lie in the folder."""
    for name in ("example.toml", "mine.toml"):
        (tmp_path / name).touch()
    (tmp_path / "extra").mkdir()
    monkeypatch.chdir(tmp_path)

    def ask(*words, shell="bash"):
        monkeypatch.setenv("_BACLO_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", "\n".join(("baclo", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)) if shell == "bash" else words[-1])
        with pytest.raises(SystemExit):
            main([])
        return capsys.readouterr().out.split("\n")[:-1]

    return ask


def test_a_case_completes_the_examples_after_their_word(offered):
    assert offered("run", "example", ":", "ms") == ["plain,ms-start"]
    assert "plain,ms-start" in offered("run", "example", ":")
    assert offered("run", "example:ms") == ["plain,example:ms-start"]


def test_a_case_completes_files_beside_the_examples(offered):
    words = offered("run", "ex")
    assert "plain,example:ms-start" in words
    assert {"plain,example.toml", "plain,extra/"} <= set(words)
    assert offered("run", "mi") == ["file,mi"]


@pytest.mark.parametrize("option", ["--json", "--html", "--csv"])
def test_an_option_that_takes_a_file_completes_files(offered, option):
    assert offered("run", "example:ms-start", option, "mi") == ["file,mi"]
    assert offered("run", "example", ":", "ms-start", option, "mi") == ["file,mi"]


def test_explain_completes_keys_with_and_without_their_kind(offered):
    assert "plain,cap.us" in offered("explain", "cap.")
    assert "plain,cap.us" in offered("explain", "fact", ":", "cap.")
    assert all(word.startswith("plain,kidney.") for word in offered("explain", "rule", ":", "kidney."))
    assert offered("explain", "model", ":", "cap.us") == [""]


def test_other_shells_are_answered_in_whole_words(offered):
    words = offered("run", "example:ms", shell="fish")
    assert any("example:ms-start" in word for word in words)
