"""Lists beside one that shows a member."""

from crawler.scope.lists import alike
from crawler.scope.lists.alike import Alike

SITE = "https://river.example"


def test_stories_leave_room_for_lists() -> None:
    lists = Alike()
    rooms = [lists.has_room(f"{SITE}/{number}.html", is_story=True) for number in range(alike._MOST_STORIES + 1)]
    assert rooms == [True] * alike._MOST_STORIES + [False]
    assert lists.has_room(f"{SITE}/0.html", is_story=True)
    assert lists.has_room(f"{SITE}/list/", is_story=False)
