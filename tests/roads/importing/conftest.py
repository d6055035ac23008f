"""Small worlds for importers: OpenStreetMap XML written in a line or two."""

from pathlib import Path

import pytest

STEP_DEG = 0.001  # 111.195 m to the north


@pytest.fixture
def osm(tmp_path):
    """Write nodes ``{id: (north, east)}`` in steps and ways ``{id: (nodes, tags)}`` as a file; return its path."""

    def write(nodes, ways, tags=None, name="small.osm", extra=""):
        lines = ['<osm version="0.6">']
        for node, (north, east) in nodes.items():
            inner = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in (tags or {}).get(node, {}).items())
            lines.append(f'<node id="{node}" lat="{north * STEP_DEG}" lon="{east * STEP_DEG}">{inner}</node>')
        for way, (refs, said) in ways.items():
            inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
            inner += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in said.items())
            lines.append(f'<way id="{way}">{inner}</way>')
        path = tmp_path / name
        path.write_text("\n".join([*lines, extra, "</osm>"]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def line_of(osm):
    """Write one road from node 1 to 2 to 3, straight to the north, with these tags."""

    def write(**tags):
        said = {key.replace("__", ":"): value for key, value in tags.items()}
        return osm({1: (0, 0), 2: (1, 0), 3: (2, 0)}, {9: ((1, 2, 3), {"highway": "residential"} | said)})

    return write


@pytest.fixture
def shared():
    """Return the folder of real extracts, or skip."""
    folder = Path(__file__).resolve().parents[4] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the real extracts in shared/data beside the repository")
    return folder
