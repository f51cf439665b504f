"""Pictures and attachments: which stories show them, which are to be asked for, what became of each, what they say."""
