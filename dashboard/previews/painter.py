"""A program that makes PNG of SVG: `python -m dashboard.previews.painter`.

It reads {"svg", "width", "fonts"} as JSON from its input, the fonts' files in base 64, and
writes the PNG. Of the machine's own fonts it uses none.
"""

import base64
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import resvg_py


def main() -> None:
    """Paint what the input asks for."""
    order = json.load(sys.stdin.buffer)
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.ttf") for number, _ in enumerate(order["fonts"])]
        for file, font in zip(files, order["fonts"], strict=True):
            file.write_bytes(base64.b64decode(font))
        png = resvg_py.svg_to_bytes(
            svg_string=order["svg"],
            width=order["width"],
            skip_system_fonts=True,
            font_files=[str(file) for file in files],
        )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
