"""In which language a command speaks, and what it then prints otherwise than in English."""
