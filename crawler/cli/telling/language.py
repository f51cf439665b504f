"""In which language the commands speak."""

import os
from collections.abc import Mapping
from typing import Final

from views.language.speech import speak

# The first that says something decides, as for other programs; ours before all.
_ASKED: Final = ("WANGQI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def wished(environment: Mapping[str, str]) -> str:
    """Chinese where it is asked for, in whatever form of its script, else English.

    >>> wished({"LANG": "zh_CN.UTF-8"}), wished({"WANGQI_LANG": "en", "LANG": "zh_CN.UTF-8"}), wished({})
    ('zh', 'en', 'en')
    """
    asked = next((environment[name] for name in _ASKED if environment.get(name)), "")
    return "zh" if asked.lower().startswith(("zh", "chinese")) else "en"


def speak_as_wished() -> None:
    speak(wished(os.environ))
