"""Orders the files of a document by how much they matter."""

from __future__ import annotations

from diff_insight.model.insight import Insight


def files_by_salience(insight: Insight) -> list[int]:
    """Return the indexes of the files, those that matter most first."""
    salience: dict[int, int] = {}
    for item in insight.story:
        for index in item.files:
            salience[index] = max(salience.get(index, 0), item.salience)
    return sorted(range(len(insight.files)), key=lambda index: (-salience.get(index, 0), index))
