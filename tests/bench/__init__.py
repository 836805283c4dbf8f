"""The dashboard's own measurements, with a real server and a real browser; `make bench` takes them."""
