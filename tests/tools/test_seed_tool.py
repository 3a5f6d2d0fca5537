"""The traceability tool, run on a small project of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEST = """
import pytest

@pytest.mark.seed("AST-01", {second})
def test_it_shows():
    pass

class TestAll:
    @pytest.mark.seed("STK-02")
    def test_inside(self):
        pass
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three requirements, two of them with a command, one test file."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests").mkdir()
    ids = "id\tbook\tstatement\nAST-01\tasset\tKeep a register\nSTK-02\tstock\tKeep a ledger\nREP-02\trepair\tAccept\n"
    (tmp_path / "docs" / "seed_ids.tsv").write_text(ids, "utf-8")
    serve(tmp_path, "")
    return tmp_path


def test_an_id_counts_when_it_has_a_command_and_a_test(project: Path) -> None:
    serve(project, "STK-02\tlogi stock ledger\n")
    mark(project, '"AST-01"')
    assert tool(project) == (0, "2 of 3 served, 0 problems\n", "")
    page = (project / "docs" / "seed.md").read_text("utf-8")
    assert "**2 of 3 served.**" in page
    assert "| AST-01 | Keep a register | `logi asset list` | [test_it_shows](../tests/test_toy.py) |" in page
    assert "| STK-02 | Keep a ledger | `logi stock ledger` | [TestAll::test_inside](../tests/test_toy.py) |" in page
    assert "| REP-02 | Accept | `logi a \\| b` | — |" in page
    assert tool(project, "--check")[0] == 0


def test_a_test_that_claims_what_no_command_serves_is_refused(project: Path) -> None:
    mark(project, '"AST-01"')
    code, _, problems = tool(project)
    assert code == 1
    assert "tests/test_toy.py:9: STK-02 is shown by TestAll::test_inside" in problems


def test_an_unknown_id_is_refused(project: Path) -> None:
    mark(project, '"AST-99"')
    code, _, problems = tool(project)
    assert code == 1
    assert "tests/test_toy.py:4: AST-99 is not in docs/seed_ids.tsv" in problems


def test_an_id_that_is_not_written_out_is_refused(project: Path) -> None:
    mark(project, "SOME")
    assert "tests/test_toy.py:4: seed(…) takes its ids as plain text" in tool(project)[2]


def test_a_page_out_of_step_is_named_and_not_written(project: Path) -> None:
    code, _, problems = tool(project, "--check")
    assert code == 1
    assert "docs/seed.md: not in step" in problems
    assert not (project / "docs" / "seed.md").exists()


def test_every_requirement_of_the_school_is_there_once() -> None:
    lines = (ROOT / "docs" / "seed_ids.tsv").read_text("utf-8").splitlines()[1:]
    ids = [line.split("\t")[0] for line in lines]
    # 297 obligations were read out of the six work plans.
    assert len(ids) == len(set(ids)) == 297
    assert all(len(line.split("\t")) == 3 and all(line.split("\t")) for line in lines)


def serve(project: Path, more: str) -> None:
    rows = "id\tcommand\nAST-01\tlogi asset list\nREP-02\tlogi a | b\n" + more
    (project / "docs" / "seed_commands.tsv").write_text(rows, "utf-8")


def mark(project: Path, second: str) -> None:
    (project / "tests" / "test_toy.py").write_text(TEST.format(second=second), "utf-8")


def tool(project: Path, *arguments: str) -> tuple[int, str, str]:
    argv = [sys.executable, "-B", str(ROOT / "tools" / "seed.py"), "--root", str(project), *arguments]
    done = subprocess.run(argv, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr
