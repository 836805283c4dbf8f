"""Hours in minutes: many readers at once, thousands of page loads, replicas killed again and again.

`make soak` runs all of it; what takes seconds runs with every other test, in a short form.
"""
