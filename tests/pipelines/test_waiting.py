"""Row 50: the reactor comes by what a thread has worked out, whatever that thread could say."""

import asyncio
from concurrent.futures import Future

import pytest

from pipelines import waiting


@pytest.mark.parametrize("is_told", [True, False])
@pytest.mark.parametrize("error", [None, ValueError("no such page")])
def test_what_was_worked_out_comes(monkeypatch: pytest.MonkeyPatch, error: Exception | None, *, is_told: bool) -> None:
    monkeypatch.setattr(waiting, "_LOOK", 0.01)

    async def main() -> str:
        future: Future[str] = Future()
        waits = asyncio.ensure_future(waiting.outcome_of(future))
        await asyncio.sleep(0.05)
        if not is_told:
            future._done_callbacks.clear()  # there was no memory to wake the reactor
        future.set_exception(error) if error else future.set_result("stored")
        return await asyncio.wait_for(waits, 20)

    if error:
        with pytest.raises(ValueError, match="no such page"):
            asyncio.run(main())
    else:
        assert asyncio.run(main()) == "stored"
