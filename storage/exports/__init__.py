"""Stories and captures handed over in files that other programs read; `formats` has the list."""
