"""Write a grid as GeoTIFF (OGC 19-008, GeoTIFF 1.1), with the tags that GDAL reads.

Pillow, which Piste needs anyway, writes TIFF with any tags; a GeoTIFF is such a file with six of
them.  That spares a dependency on a second GDAL (rasterio's wheel brings 90 MB) for one band.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from geo.hotspots.grid import Grid

NODATA: Final = -9999.0
_PIXEL_SCALE, _TIE_POINT, _GEO_KEYS, _GEO_DOUBLES, _GEO_TEXTS = 33550, 33922, 34735, 34736, 34737
_GDAL_METADATA, _GDAL_NODATA = 42112, 42113
_DESCRIPTION, _SOFTWARE, _COPYRIGHT = 270, 305, 33432
_SHORT, _DOUBLE, _ASCII = 3, 12, 2
_CITATION: Final = "Albers equal-area 12/22 N, centre 17 N 2 E (WGS 84)|"
#: (key, value) of a projected system of one's own: Albers equal-area on WGS 84, in metres.
_KEYS: Final = (
    (1024, 1),  # a projected system
    (1025, 1),  # a pixel is an area
    (2048, 4326),  # of WGS 84
    (2054, 9102),  # degrees
    (3072, 32767),  # no EPSG code
    (3074, 32767),
    (3075, 11),  # Albers equal-area
    (3076, 9001),  # metres
)
#: Keys of its parameters, in the order of the doubles.
_PARAMETERS: Final = (
    (3078, 12.0),
    (3079, 22.0),
    (3080, 2.0),
    (3081, 17.0),
    (3082, 0.0),
    (3083, 0.0),
)


def _geo_keys() -> tuple[list[int], list[float]]:
    rows = [(key, 0, 1, value) for key, value in _KEYS]
    rows.append((1026, _GEO_TEXTS, len(_CITATION), 0))
    rows += [(key, _GEO_DOUBLES, 1, n) for n, (key, _) in enumerate(_PARAMETERS)]
    rows.sort()
    return [1, 1, 1, len(rows), *(part for row in rows for part in row)], [
        v for _, v in _PARAMETERS
    ]


def geotiff(
    values: NDArray[np.float64],
    grid: Grid,
    *,
    band: str,
    tags: Mapping[str, str],
    credits_: str,
) -> bytes:
    """Return a GeoTIFF of one band of 32-bit floats.

    Parameters
    ----------
    values
        One per cell, shape (ny, nx), south to north as the grid has them; nan where there is
        nothing (`NODATA` in the file).
    grid
        The cells; their plane is the file's projection.
    band
        What the band holds, with its unit.
    tags
        Metadata by name, as GDAL shows it.
    credits_
        Whom the file must name.

    Returns
    -------
    bytes
        Row 0 is the northernmost, as GIS programs expect; deflated.
    """
    north_up = np.where(np.isfinite(values), values, NODATA)[::-1].astype(np.float32)
    keys, doubles = _geo_keys()
    # GDAL unescapes what its XML reader has already unescaped.
    items = [
        f"<Item name={quoteattr(name)}>{escape(escape(text))}</Item>" for name, text in tags.items()
    ]
    items.append(
        f'<Item name="DESCRIPTION" sample="0" role="description">{escape(escape(band))}</Item>'
    )
    directory = ImageFileDirectory_v2()
    for tag, kind, value in (
        (_PIXEL_SCALE, _DOUBLE, (grid.cell_m, grid.cell_m, 0.0)),
        (_TIE_POINT, _DOUBLE, (0.0, 0.0, 0.0, grid.x0_m, grid.y0_m + grid.ny * grid.cell_m, 0.0)),
        (_GEO_KEYS, _SHORT, tuple(keys)),
        (_GEO_DOUBLES, _DOUBLE, tuple(doubles)),
        (_GEO_TEXTS, _ASCII, _CITATION),
        (_GDAL_METADATA, _ASCII, f"<GDALMetadata>{''.join(items)}</GDALMetadata>"),
        (_GDAL_NODATA, _ASCII, f"{NODATA:g}"),
        (_DESCRIPTION, _ASCII, band),
        (_SOFTWARE, _ASCII, "Piste"),
        (_COPYRIGHT, _ASCII, credits_),
    ):
        directory.tagtype[tag] = kind
        # GDAL reads these texts as UTF-8; Pillow would refuse all but ASCII.
        directory[tag] = value.encode() if isinstance(value, str) else value
    buffer = io.BytesIO()
    Image.fromarray(north_up).save(
        buffer, "TIFF", tiffinfo=directory, compression="tiff_adobe_deflate"
    )
    return buffer.getvalue()
