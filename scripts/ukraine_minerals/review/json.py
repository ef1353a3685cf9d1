"""A review as one JSON object, for programs."""

import json
from dataclasses import asdict

from ukraine_minerals.review.change import Review


def write(review: Review) -> str:
    """Write all that a Review holds under its own names, and `sound`."""
    return json.dumps({"sound": not review.refused, **asdict(review)}, ensure_ascii=False, indent=2) + "\n"
