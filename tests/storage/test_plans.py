"""No question reads a whole table."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import event

from storage import Archive
from tests.storage.stories import FIRST_DAY, address, begun, changed, record, story_text, words
from wangqi.copies.ranks import TAMPERED
from wangqi.copies.records import Candidate, Verdict
from wangqi.visit import Discovery, Visit

# Few rows, read whole on purpose.
SMALL = {"series"}


def test_every_statement_of_a_crawl_and_of_its_readers_uses_an_index(sqlite_url: str) -> None:
    statements: set[str] = set()
    with Archive(sqlite_url) as archive:

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            statements.add(statement)

        event.listen(archive._engine, "before_cursor_execute", note)
        crawl_and_ask(archive)
        event.remove(archive._engine, "before_cursor_execute", note)
        # The plan of an INSERT shows scans of the child tables; SQLite jumps over them unless a violation is pending.
        asked = [text for text in statements if text.startswith(("SELECT", "UPDATE", "DELETE"))]
        assert len(asked) > 50
        scans = []
        for statement in asked:
            with archive._engine.connect() as connection:
                # One value for every place: the plan does not depend on it.
                explain = f"EXPLAIN QUERY PLAN {statement.replace('?', '?1')}"
                plan = connection.exec_driver_sql(explain, ("1",)).all() if "?" in statement else ()
            scans += [(step[3], statement) for step in plan if is_scan(step[3])]
    assert scans == []


def is_scan(step: str) -> bool:
    words = step.split()
    return (
        words[0] == "SCAN" and words[1] not in SMALL | {"CONSTANT", "story_fts", "json_each"} and "SUBQUERY" not in step
    )


def crawl_and_ask(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [address(9)], watch=True)
    archive.claim(series, run)
    for number in (9, 8, 7):
        archive.record(record(series, run, number), lambda _: []).result()
    archive.record(record(series, run, 9, text="改写过的文字"), lambda _: []).result()
    archive.record(record(series, run, 9, url="https://mirror.example/9")).result()
    archive.record(Visit(series_id=series, run_id=run, url=address(6), outcome="gone")).result()
    archive.make_due(series, "gone", address(7), "watch")
    archive.counts(series)
    archive.outcomes(run)
    archive.visited(run, ["gone", "failed"])
    archive.end_run(run, reason="finished", counts={})
    archive.begin_run(series)
    now = datetime.now(UTC)
    list(archive.stories(series, since=FIRST_DAY, until=now))
    list(archive.stories(series))
    list(archive.stories())
    for story in archive.stories():
        archive.story(story.id)
        archive.beside(story)
    archive.search("渡口", series=series)
    archive.series(series)
    archive.series_ledger(series)
    archive.missing(series)
    archive.addresses(series)
    archive.ledger(series)
    archive.why(address(9))
    archive.why("河上旧事 之8", "河上旧事之8")
    archive.runs(series)
    archive.pulse()
    archive.spans()
    archive.changed(FIRST_DAY, limit=5, what="tampered")
    archive.runs(series, before=9)
    archive.findings([1])
    archive.changed(FIRST_DAY, limit=5)
    judge_and_decide(archive, series)


def judge_and_decide(archive: Archive, series: int) -> None:
    def linking(found: Sequence[Candidate]) -> list[Verdict]:
        return [
            Verdict(
                text_id=one.text_id,
                relation="sibling",
                joins=False,
                score=0.9,
                evidence={},
                open=True,
                swaps=[("孝顺", "贡献", 2)],
                spun="new",
            )
            for one in found
        ]

    like_eight = changed(story_text(8), text=f"{words(8)}。孝顺", match_key=f"{words(8)}孝顺")
    archive.record(record(series, None, 8, url="https://spun.example/8", story=like_eight), linking).result()
    assert archive.open_cases()
    archive.decide(address(8), "https://spun.example/8", "same", by="林")
    archive.decide(address(8), "https://spun.example/8", "not_same", by="林")
    archive.copies(1)
    archive.review_pair("孝顺", "贡献", "counts", by="林")
    archive.spin_pairs("counts")
    archive.edit_host("spun.example", registrable="spun.example", trust="suspect", by="林")
    archive.hosts("spun.example")
    (one, *_), _ = archive.stored_texts()
    archive.lookalikes(one, story_text(9).marks.fingerprint)
    archive.stand_again(one.bearers[0].revision_id, standing=3, reason="", findings=[])
    archive.is_said_same(one)
    archive.hosts_below("example")
    archive.texts_on("river.example")
    tampered = changed(story_text(5), standing=TAMPERED)
    archive.record(record(series, None, 5, story=tampered)).result()
    column = [Discovery(url=address(5), via="entry")]
    listing = Visit(series_id=series, run_id=None, url=address(0), outcome="listing", discoveries=column)
    archive.record(listing).result()
    archive.begin_run(series)
    archive.ledger(series)
