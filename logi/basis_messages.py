"""Where the shipped policies come from: `basis.<name>`, the sentence of the file itself; a second one is `basis.<name>.2`."""

from logi.core.policies import shipped


def _sources() -> dict[str, str]:
    found: dict[str, str] = {}
    for policy in shipped():
        key, n = f"basis.{policy.name}", 1
        while key in found:
            n += 1
            key = f"basis.{policy.name}.{n}"
        found[key] = policy.source
    return found


SOURCES = _sources()
MESSAGES = {key: source.replace("教务处", "D1") for key, source in SOURCES.items()}  # an example reads alike in both scripts
