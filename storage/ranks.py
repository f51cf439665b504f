"""What the numbers of `StoryText.standing` mean; `pipelines.standing` gives them."""

from typing import Final

# From here on a copy shows strong signs of tampering or is on a site that is not to be trusted, and no story should
# rest on it while there is another copy.
TAMPERED: Final = 16
# From here on it is on a site that is neither verified nor one where the series lives.
ELSEWHERE: Final = 4
# Below this it is on a site that a person has verified.
VOUCHED: Final = 2
