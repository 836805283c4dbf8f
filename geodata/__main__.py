"""The content check: ``python -m geodata`` prints what the atlas holds, or what is wrong with it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from geodata.loading import load_accuracy, load_atlas, load_base_map
from geodata.model import DataError


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when the content is sound, and 1 when a sentence on stderr says what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m geodata", description=__doc__)
    parser.add_argument("--root", type=Path, help="the content tree; this package's own when missing")
    parser.add_argument("--article", type=Path, help="the article's text, to look every quotation up in")
    options = parser.parse_args(arguments)
    try:
        atlas = load_atlas(options.root, options.article)
        load_base_map(options.root)
        load_accuracy(options.root)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(", ".join(f"{len(getattr(atlas, kind))} {kind}" for kind in type(atlas).model_fields))
    return 0


if __name__ == "__main__":
    sys.exit(main())
