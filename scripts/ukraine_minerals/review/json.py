"""A review as one JSON object, for programs."""

import json
from dataclasses import asdict

from ukraine_minerals.review.change import Review


def write(review: Review) -> str:
    """Write all that a Review holds under its own names, and `sound`."""
    problems = [problem._asdict() for problem in review.problems]
    document = {"sound": not review.refused, **asdict(review), "problems": problems}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
