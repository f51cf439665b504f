import os

BOT_NAME = "naive"
SPIDER_MODULES = ["naive.spiders"]
NEWSPIDER_MODULE = "naive.spiders"

ROBOTSTXT_OBEY = True
ITEM_PIPELINES = {"naive.pipelines.Save": 300}
LOG_LEVEL = "ERROR"

DATABASE_URL = os.environ.get("DATABASE_URL", "sqlite:///naive.db")
