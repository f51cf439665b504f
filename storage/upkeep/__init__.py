"""What keeps an archive sound over the years: it is verified, backed up, repaired, and each run leaves a manifest."""
