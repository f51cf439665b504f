"""What a run has stored is sealed when it ends, and proved from a small file by whoever likes."""

import pytest
from sqlalchemy import text

from storage import Archive
from storage.db.errors import DamagedError, UnknownTextError
from tests.storage.stories import begun
from tests.storage.upkeep.filled import damages, fill, visit


def test_a_run_leaves_the_root_of_what_it_has_stored(url: str) -> None:
    run = fill(url, 5)
    with Archive(url, read_only=True) as archive:
        proofs = [archive.proof(story) for story in range(1, 6)]
        rows = archive._read(lambda c: c.execute(text("SELECT run_id, leaves FROM manifest")).all())
    assert [tuple(row) for row in rows] == [(run, 6)]  # five stories, the first of them twice
    assert len({proof.root for proof in proofs}) == 1
    assert len({proof.leaf for proof in proofs}) == 5
    assert damages(url) == []


def test_a_run_that_was_killed_has_its_manifest_from_the_next_one(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        archive.record(visit(series, run, 1)).result()
        with pytest.raises(UnknownTextError, match="when its run has ended"):
            archive.proof(1)
        later = archive.begin_run(series)  # the first one was never closed
        archive.end_run(later, reason="finished", counts={}, exit_code=0)
        assert archive.proof(1).run_id == run


def test_what_was_changed_since_proves_nothing(url: str) -> None:
    fill(url, 3)
    with Archive(url) as archive:
        archive._write(lambda c: c.execute(text("UPDATE revision SET author = '某' WHERE id = 2")))
        with pytest.raises(DamagedError, match="is not what run"):
            archive.proof(2)
        archive._write(
            lambda c: c.execute(
                text("UPDATE revision SET sha256 = text.sha256 FROM text WHERE revision.id = 3 AND text.id = 1")
            )
        )
        with pytest.raises(UnknownTextError, match="holds no story 99"):
            archive.proof(99)
    assert {"revisions", "manifests"} <= {one.check for one in damages(url)}
