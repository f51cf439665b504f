"""The word of people on a series: its name, its pages, which series are one."""
