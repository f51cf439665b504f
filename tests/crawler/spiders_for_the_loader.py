"""The spiders that the loader's tests need."""

from typing import Any

import scrapy


class General(scrapy.Spider):
    name = "series"
    spec: Any = None


class Peculiar(General):
    name = "peculiar"
