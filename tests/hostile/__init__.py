"""What the server does when it is not asked nicely: fuzzed links, foreign messages, raw requests, other sites."""
