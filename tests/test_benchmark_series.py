"""The generated library is the same each time, and knows what can be reached in it."""

from dataclasses import replace

from benchmarks.corpus import Site, build, chinese, reachable


def library() -> list[Site]:
    return list(build(5, 8, seed=3))


def test_the_same_seed_gives_the_same_library() -> None:
    assert [list(site.pages()) for site in library()] == [list(site.pages()) for site in library()]
    assert sum(len(site.series) for site in library()) == 5
    assert all(len(series.stories) == 8 for site in library() for series in site.series)


def test_blocks_name_earlier_stories_of_their_own_series() -> None:
    for site in library():
        for series in site.series:
            for piece in series.stories:
                assert all(named.published < piece.published for named, _ in piece.names)
                assert all(named.series is series for named, _ in piece.names)


def test_a_story_is_reachable_where_links_lead_and_nowhere_else() -> None:
    (site,) = build(1, 8, seed=3)
    (series,) = site.series
    site.articles[:] = series.stories
    series.is_plain = True
    site.template = replace(site.template, has_neighbours=False)
    first, second, *_, last = series.stories
    for piece in series.stories:
        piece.names.clear()
    last.names[:] = [(second, second.url), (first, None)]
    second.names[:] = [(first, "http://s0.example/dead.html")]
    first.in_column = False
    assert reachable(site, last) == {last, second}
    second.names[:] = [(first, first.url)]
    assert reachable(site, last) == {last, second, first}
    assert reachable(site, first) == {first}


def test_numbers_in_chinese() -> None:
    assert [chinese(number) for number in (1, 10, 11, 20, 99, 105)] == ["一", "十", "十一", "二十", "九十九", "一〇五"]
