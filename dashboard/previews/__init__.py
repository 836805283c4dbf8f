"""Previews: the pictures that messengers and search engines show beside a shared link."""
