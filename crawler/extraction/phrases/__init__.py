"""Dates and credits as pages write them: characters to a fact."""
