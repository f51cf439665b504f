"""The clock over two months that took no time: every moment of every schedule answered once, whatever happens.

    python -m benchmarks.clock [--days 60] [--series 40] [--seed 1]

The scheduler's own decision (`crawler.scheduling.due.due_now`) is asked once a simulated minute, with a run table and a
table of calls that outlive its deaths. Meanwhile it is stopped and killed, crawls die, the machine is off for three
days, its clock is two hours slow for a day and two hours fast for another, and summer time comes and goes. What should
happen is worked out beside it, from the digits of the crontabs and of the wall clocks alone.
"""

import argparse
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.catalogue.file import SeriesSpec
from crawler.scheduling.due import Made, due_now
from storage.rows import CallRow, RunRow

MINUTE = timedelta(minutes=1)
START = datetime(2026, 9, 10, tzinfo=UTC)  # in the two months after it, summer time ends in Europe and the Americas,
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago")  # and begins
CRONTABS = (
    "0 6 * * *",
    "30 2 * * *",
    "15 */5 * * mon-fri",
    "30 1 * * sun",
    "*/10 * * * *",
    "0 * * * *",
    "45 23 * * mon,thu",
    "0 0 1 * *",
)
LENGTHS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass
class Count:
    """What the clock did, beside what it should have done."""

    moments: int = 0  # of all schedules, as the wall clocks showed them
    answered: int = 0  # each by a call of its own
    collapsed: int = 0  # of several that came while nobody could answer, all but the newest
    again: int = 0  # calls made once more because their crawl was cut short or failed
    twice: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not self.twice and not self.missed and self.answered + self.collapsed == self.moments


def catalogue(series: int) -> dict[str, SeriesSpec]:
    """A fifth of them by intervals, the others by crontabs on clocks around the world."""
    specs = {}
    for at in range(series):
        spec = SeriesSpec(name=f"series{at}", start=(f"https://example.org/{at}",))
        if at % 5 == 4:
            spec = replace(spec, every=LENGTHS[at // 5 % len(LENGTHS)])
        else:
            spec = replace(spec, schedule=CRONTABS[at % len(CRONTABS)], timezone=ZONES[at % len(ZONES)])
        specs[spec.name] = spec
    return specs


def strikes(crontab: str, label: datetime) -> bool:
    """Whether a wall clock that shows these digits strikes: a crontab read by hand."""
    minute, hour, day, month, weekdays = crontab.split()
    parts = ((minute, label.minute), (hour, label.hour), (day, label.day), (month, label.month))
    return all(_fits(part, value) for part, value in parts) and _is_named(weekdays, label.weekday())


def _fits(part: str, value: int) -> bool:
    if part.startswith("*/"):
        return value % int(part[2:]) == 0
    return part == "*" or value == int(part)


def _is_named(part: str, weekday: int) -> bool:
    if "-" in part:
        first, _, last = part.partition("-")
        return WEEKDAYS.index(first) <= weekday <= WEEKDAYS.index(last)
    return part == "*" or WEEKDAYS[weekday] in part.split(",")


@dataclass
class Expected:
    """One series as it should be: the moments that wait for an answer, from its clock's digits alone."""

    spec: SeriesSpec
    seen: datetime | None = None  # the furthest that its wall clock has ever shown
    waiting: list[datetime] = field(default_factory=list)
    called: datetime | None = None

    def pass_to(self, now: datetime) -> int:
        """Lets the clock run to `now`; how many moments have come."""
        if self.spec.every is not None:
            new = not self.waiting and self._is_over(now)
            self.waiting += [now] if new else []
            return int(new)
        label = now.astimezone(ZoneInfo(self.spec.timezone)).replace(tzinfo=None)
        at, before = self.seen, len(self.waiting)
        self.seen = label if at is None else max(at, label)
        while at is not None and at < label:
            at += MINUTE
            if strikes(self.spec.schedule or "", at):
                self.waiting.append(at)
        return len(self.waiting) - before

    def answer(self, now: datetime) -> int:
        """Takes all that has come by what the clock shows; how many these were.

        A clock that was put back shows some of them a second time, and they wait until then.
        """
        if self.spec.every is not None:
            taken = self.waiting if self._is_over(now) else []
            self.waiting = [] if taken else self.waiting
            return len(taken)
        label = now.astimezone(ZoneInfo(self.spec.timezone)).replace(tzinfo=None)
        taken = [each for each in self.waiting if each <= label]
        self.waiting = [each for each in self.waiting if each not in taken]
        return len(taken)

    def _is_over(self, now: datetime) -> bool:
        every = self.spec.every
        return every is not None and self.called is not None and now - self.called >= every - min(every / 10, MINUTE)


class World:
    """A machine with a scheduler and crawls, minute by minute."""

    def __init__(self, specs: dict[str, SeriesSpec], days: int, seed: int) -> None:
        self.specs = specs
        self.at_once = max(2, len(specs) // 7)
        self.days = days
        self.chance = random.Random(seed)
        self.runs: dict[str, list[RunRow]] = {name: [] for name in specs}
        self.calls: dict[str, CallRow] = {}
        self.expected = {name: Expected(spec) for name, spec in specs.items()}
        self.running: dict[str, int] = {}  # the minute at which each ends
        self.queue: list[str] = []
        self.numbers = 0
        self.down_until = 0
        self.count = Count()
        self.events: Counter[str] = Counter()

    def pass_all(self) -> Count:
        for minute in range(self.days * 1440):
            now = START + minute * MINUTE + self._wrong_by(minute)
            for name, expected in self.expected.items():
                self.count.moments += expected.pass_to(now) if name in self.calls else 0
            self._end_crawls(minute, now)
            self._misfortune(minute, now)
            if minute >= self.down_until:
                self._look(minute, now)
        # What waits at the end because a crawl of its series runs is no miss.
        self.count.moments -= sum(len(expected.waiting) for expected in self.expected.values())
        return self.count

    def _wrong_by(self, minute: int) -> timedelta:
        day = minute // 1440
        slow, fast = 0.3 * self.days, 0.7 * self.days
        if slow <= day < slow + 1:
            return timedelta(hours=-2)
        return timedelta(hours=2) if fast <= day < fast + 1 else timedelta()

    def _look(self, minute: int, now: datetime) -> None:
        made = {name: Made(runs=self.runs[name][:20], call=self.calls.get(name)) for name in self.specs}
        due = dict(due_now(self.specs, made, now))
        for name, spec in self.specs.items():
            if name in self.running or name in self.queue:
                continue
            before, waits = self.calls.get(name), self.expected[name].answer(now)
            if name not in due:
                if waits:
                    self.count.missed.append(f"{name} at {now}: {waits} moments of {spec.schedule or spec.every}")
                continue
            self._judge(name, before, due[name], waits, now)
            again = before is not None and before.due_at == due[name]
            newest = self.runs[name][0].id if self.runs[name] else 0
            self.calls[name] = CallRow(
                series=name,
                due_at=due[name],
                called_at=now,
                attempts=(before.attempts if before and again else 0) + 1,
                after_run=newest,
            )
            self.expected[name].called = now
            self.queue.append(name)
        while self.queue and len(self.running) < self.at_once:
            self._begin(self.queue.pop(0), minute, now)

    def _judge(self, name: str, before: CallRow | None, moment: datetime, waits: int, now: datetime) -> None:
        if before is None:  # the first crawl, for no moment
            return
        if waits:
            self.count.answered += 1
            self.count.collapsed += waits - 1
            if before.due_at == moment:
                self.count.twice.append(f"{name} at {now}: called again for {moment}, and a newer moment waits")
        elif before.due_at == moment and self._needs_another(before):
            self.count.again += 1
        else:
            self.count.twice.append(f"{name} at {now}: called for {moment}, and nothing waits")

    def _needs_another(self, call: CallRow) -> bool:
        mine = [run for run in self.runs[call.series] if run.id > call.after_run]
        return not mine or mine[-1].exit_code in {None, 1, 11}

    def _begin(self, name: str, minute: int, now: datetime) -> None:
        died = [replace(run, ended_at=now, reason="interrupted") for run in self.runs[name][:1] if run.ended_at is None]
        self.runs[name][: len(died)] = died
        self.numbers += 1
        started = now + timedelta(seconds=self.chance.uniform(0, 50))
        if self.specs[name].every is None:  # what came while it waited for its turn is answered as well
            self.count.collapsed += self.expected[name].answer(now)
        run = RunRow(
            id=self.numbers,
            series_id=1,
            series=name,
            pid=1,
            started_at=started,
            ended_at=None,
            reason=None,
            counts={},
            requests=0,
            exit_code=None,
        )
        self.runs[name].insert(0, run)
        # Most take minutes; some longer than the time to their next moment.
        self.running[name] = minute + (self.chance.randint(1, 5) if self.chance.random() < 0.97 else 90)

    def _end_crawls(self, minute: int, now: datetime) -> None:
        for name in [name for name, end in self.running.items() if end <= minute]:
            del self.running[name]
            fate = self.chance.random()
            if fate < 0.01:  # it died
                continue
            code = 1 if fate < 0.02 else self.chance.choice((0, 0, 20, 14))
            self.runs[name][0] = replace(self.runs[name][0], ended_at=now, reason="finished", exit_code=code)

    def _misfortune(self, minute: int, now: datetime) -> None:
        if minute < self.down_until:
            return
        if minute == int(0.5 * self.days * 1440):
            self._stop(minute + 3 * 1440, None, now)
            self.events["outages of three days"] += 1
        elif (fate := self.chance.random()) < 1 / 700:
            self._stop(minute + self.chance.randint(1, 30), None, now)
            self.events["kills"] += 1
        elif fate < 2 / 700:
            self._stop(minute + self.chance.randint(1, 30), 11, now)
            self.events["restarts"] += 1

    def _stop(self, until: int, code: int | None, now: datetime) -> None:
        self.down_until = until
        for name in self.running:
            if code is not None:  # they were asked to end
                self.runs[name][0] = replace(self.runs[name][0], ended_at=now, reason="shutdown", exit_code=code)
        self.running.clear()
        self.queue.clear()


def simulate(series: int = 40, days: int = 60, seed: int = 1) -> tuple[Count, Counter[str]]:
    world = World(catalogue(series), days, seed)
    return world.pass_all(), world.events


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--series", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    count, events = simulate(asked.series, asked.days, asked.seed)
    print(f"{asked.series} series, {asked.days} days; {', '.join(f'{n} {what}' for what, n in events.items())}")
    print("a clock two hours slow for a day, two hours fast for a day, summer time in four zones")
    print(f"  moments of the schedules    {count.moments:>8,}")
    print(f"  answered, each once         {count.answered:>8,}")
    print(f"  collapsed into those        {count.collapsed:>8,}")
    print(f"  called again after a death  {count.again:>8,}")
    print(f"  answered twice              {len(count.twice):>8,}")
    print(f"  missed                      {len(count.missed):>8,}")
    for told in [*count.twice, *count.missed][:10]:
        print(f"    {told}")


if __name__ == "__main__":
    main()
