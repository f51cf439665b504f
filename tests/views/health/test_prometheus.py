"""What Prometheus is given."""

import re
from datetime import UTC, datetime

from views.health.prometheus import Figures, Whole, prometheus_text

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
SAMPLE = re.compile(r'wangqi_\w+(\{(\w+="(\\.|[^"\\\n])*",?)*\})? -?\d+(\.\d+)?')


def test_every_line_is_a_sample_or_says_what_follows() -> None:
    lake = Figures(
        series='lake "\n\\',
        signs=[("silent", "look"), ("blocked", "broken")],
        stories=3,
        missing=1,
        last_run=NOW,
        last_exit=20,
        newest=NOW,
    )
    whole = Whole(signs=[("disk", "broken")], size=4096, waiting_notices=0, looked_at=NOW)
    text = prometheus_text([lake, Figures(series="river", signs=[])], whole)
    lines = text.split("\n")[:-1]
    assert all(SAMPLE.fullmatch(line) for line in lines if not line.startswith("# "))
    assert 'wangqi_health{series="lake \\"\\n\\\\"} 2' in lines
    assert 'wangqi_health{series="river"} 0' in lines
    assert 'wangqi_sign{series="",what="disk",level="broken"} 1' in lines
    assert f'wangqi_last_run_timestamp_seconds{{series="lake \\"\\n\\\\"}} {NOW.timestamp()}' in lines
    assert "wangqi_waiting_notices 0" in lines
    assert len([line for line in lines if "river" in line]) == 3, "what is not known is left out"


def test_an_archive_of_which_nothing_is_known() -> None:
    text = prometheus_text([], Whole(signs=[], size=None, waiting_notices=0, looked_at=None))
    assert [line for line in text.split("\n") if line and not line.startswith("#")] == [
        "wangqi_archive_health 0",
        "wangqi_waiting_notices 0",
    ]
