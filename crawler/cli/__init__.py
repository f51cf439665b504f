"""What our commands share: arguments, messages, exit codes, printing."""
