"""Splits a compiler's list of names, where a comma inside brackets belongs to the name: "APT 31 (Mandiant), Group 5 (A, B)"."""


def split_names(listed: str) -> tuple[str, ...]:
    """The names in the list, in order, each once; empty for an empty list."""
    return tuple(dict.fromkeys(split_list(listed)))


def split_list(listed: str) -> list[str]:
    """The items between commas that stand outside brackets, stripped, empty ones left out. An unclosed bracket holds nothing."""
    items, depth, start = [], 0, 0
    opens_left = listed.count(")")
    for at, char in enumerate(listed):
        if char == "(" and opens_left > depth:
            depth += 1
        elif char == ")":
            depth, opens_left = max(0, depth - 1), opens_left - 1
        elif char == "," and depth == 0:
            items.append(listed[start:at])
            start = at + 1
    items.append(listed[start:])
    return [item for item in (item.strip() for item in items) if item]
