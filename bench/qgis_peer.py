#!/usr/bin/env python3
"""The base map beside QGIS: the same layers of the same map.gpkg in the same views, in one run.

    bench/qgis_peer.py --data COUNTY [--bench BUILD/bench/map_tiles_bench] [--zooms 9-18] [--size 1920x1080] [--json]

Needs QGIS's Python: sudo apt-get install python3-qgis (3.22 in Debian 12). Without it the script says so and ends with 77.
For each zoom it draws one view

  cold    QGIS: the first rendering of the view by fresh layers; ours: every pixel of the view, drawn from nothing
          ("whole tiles": until what its tiles have beyond the view is there too)
  cpu     the processor's time for the same, of all threads: it says more when other programs run
  warm    QGIS: the same view again (it has no cache of its own for vector layers, but files and indexes are in memory);
          ours: all tiles of the view from the tile cache on the disk, by a program that has just begun

QGIS draws with QgsMapRendererParallelJob (every core) and with QgsMapRendererSequentialJob; the better one counts. Ours
uses two workers. QGIS's symbology is plainer than ours: one line a class of road with a casing, fills, names along lines
and at points, on the layers that ours shows at that zoom.
"""

import argparse
import json
import os
import subprocess
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
try:
    from qgis.core import (QgsApplication, QgsCategorizedSymbolRenderer, QgsCoordinateReferenceSystem, QgsFillSymbol,
                           QgsLineSymbol, QgsMapRendererParallelJob, QgsMapRendererSequentialJob, QgsMapSettings,
                           QgsMarkerSymbol, QgsPalLayerSettings, QgsProject, QgsRectangle, QgsRendererCategory,
                           QgsSingleSymbolRenderer, QgsTextBufferSettings, QgsTextFormat, QgsVectorLayer,
                           QgsVectorLayerSimpleLabeling)
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor, QFont
except ImportError as missing:
    print(f"skipped: QGIS's Python is not there ({missing}); install it with: sudo apt-get install python3-qgis, "
          "and run this with /usr/bin/python3", file=sys.stderr)
    sys.exit(77)

HALF = 20037508.342789244
ROADS = [("motorway", "#6b7887", 3, 6), ("trunk", "#6b7887", 3, 6), ("primary", "#6b7887", 3, 6),
         ("secondary", "#566373", 2.5, 9), ("tertiary", "#465362", 2, 10), ("residential", "#465362", 1.5, 11),
         ("unclassified", "#465362", 1.5, 11), ("living_street", "#465362", 1.5, 11),
         ("pedestrian", "#465362", 1.5, 11), ("service", "#394552", 1, 13), ("track", "#3f4a56", 1, 13),
         ("path", "#3f4a56", 0.8, 14), ("footway", "#3f4a56", 0.8, 14), ("cycleway", "#3f4a56", 0.8, 14),
         ("steps", "#3f4a56", 0.8, 14)]
LANDUSE = {"forest": "#1c2d26", "built": "#252e38", "industrial": "#232b36", "scrub": "#1c2a26", "meadow": "#1c2529",
           "farm": "#1d2529", "orchard": "#1d2529", "vineyard": "#1d2529", "park": "#1d2d28", "sport": "#20302c",
           "cemetery": "#1f2b2a", "rock": "#242a31", "scree": "#22282f"}


def open_layer(path, table, where=""):
    layer = QgsVectorLayer(f"{path}|layername={table}" + (f"|subset={where}" if where else ""), table, "ogr")
    return layer if layer.isValid() and layer.featureCount() > 0 else None


def name_it(layer, size, colour, along_line, expression="name"):
    text = QgsTextFormat()
    text.setFont(QFont("Noto Sans"))
    text.setSize(size)
    text.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.5)
    halo.setColor(QColor("#171d24"))
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = False
    settings.setFormat(text)
    settings.placement = QgsPalLayerSettings.Curved if along_line else QgsPalLayerSettings.OverPoint
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def by_class(layer, symbols):
    layer.setRenderer(QgsCategorizedSymbolRenderer(
        "class", [QgsRendererCategory(name, symbol, name) for name, symbol in symbols.items()]))


def layers_for(path, zoom):
    """Topmost first, as QGIS wants them."""
    found = []
    grow = 1.0 if zoom < 13 else 1.6 ** (zoom - 13)

    def add(layer):
        if layer:
            found.append(layer)

    if zoom >= 11.5:
        poi = open_layer(path, "poi", "class = 'peak'" if zoom < 14 else "" if zoom >= 16.5 else "rank <= 4")
        if poi:
            poi.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({"color": "#8b979f", "size": "1"})))
            name_it(poi, 7, "#94a3ae", False)
        add(poi)
    place = open_layer(path, "place", "rank <= 4" if zoom < 11.5 else "")
    if place:
        place.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({"color": "#00000000", "size": "0.1"})))
        name_it(place, 9, "#d3dae1", False)
    add(place)
    # Casings under fills, as two layers; names on the upper one.
    shown = [road for road in ROADS if zoom >= road[3]]
    names = ",".join(f"'{road[0]}'" for road in shown)
    for part in ("fill", "casing"):
        road = open_layer(path, "road", f"class in ({names})")
        if not road:
            break
        by_class(road, {name: QgsLineSymbol.createSimple(
            {"color": colour if part == "fill" else "#141a20", "capstyle": "round", "joinstyle": "round",
             "width": str(width * grow + (0 if part == "fill" else 1.2)), "width_unit": "Pixel"})
            for name, colour, width, _ in shown})
        if part == "fill" and zoom >= 12.5:
            name_it(road, 7.5, "#a4b0bc", True)
        add(road)
    if zoom >= 9:
        rail = open_layer(path, "railway")
        if rail:
            rail.setRenderer(QgsSingleSymbolRenderer(QgsLineSymbol.createSimple({"color": "#3d4855", "width": "0.4"})))
        add(rail)
    if zoom >= 13.5:
        building = open_layer(path, "building")
        if building:
            building.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(
                {"color": "#303b47", "outline_color": "#3b4754", "outline_width": "0.1"})))
        add(building)
    boundary = open_layer(path, "boundary")
    if boundary:
        boundary.setRenderer(QgsSingleSymbolRenderer(QgsLineSymbol.createSimple(
            {"color": "#8a76a8", "width": "0.3", "line_style": "dash"})))
    add(boundary)
    area = open_layer(path, "water_area")
    if area:
        area.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(
            {"color": "#1b3f5e", "outline_color": "#1d4568", "outline_width": "0.1"})))
        if zoom >= 12:
            name_it(area, 7.5, "#6f9fc8", False)
    add(area)
    river = open_layer(path, "water_line", "" if zoom >= 13 else "class in ('river','canal','stream')" if zoom >= 11.5
                       else "class in ('river','canal')")
    if river:
        river.setRenderer(QgsSingleSymbolRenderer(QgsLineSymbol.createSimple({"color": "#1d4568", "width": "0.6"})))
        if zoom >= 10:
            name_it(river, 8, "#6f9fc8", True)
    add(river)
    landuse = open_layer(path, "landuse")
    if landuse:
        by_class(landuse, {name: QgsFillSymbol.createSimple({"color": colour, "outline_style": "no"})
                           for name, colour in LANDUSE.items()})
    add(landuse)
    return found


def render(job_type, layers, extent, size):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setOutputSize(QSize(*size))
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("#1b222a"))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
    start, cpu = time.perf_counter(), time.process_time()
    job = job_type(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return (time.perf_counter() - start) * 1000, (time.process_time() - cpu) * 1000, image


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="a county's folder")
    parser.add_argument("--bench", default="build/release/bench/map_tiles_bench")
    parser.add_argument("--zooms", default="9-18")
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--at", default="", help="LAT,LON of the view's middle; else the map's")
    parser.add_argument("--pictures", help="folder for QGIS's pictures, to see that it draws the same")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    size = tuple(int(n) for n in options.size.split("x"))

    ours = json.loads(subprocess.run(
        [options.bench, "--data", options.data, "--zooms", options.zooms, "--size", options.size, "--json",
         "--base-only"] + (["--at", options.at] if options.at else []), check=True, capture_output=True, text=True).stdout)
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    path = os.path.join(options.data, "map.gpkg")
    rows = []
    for row in ours:
        zoom = row["zoom"]
        metres = 2 * HALF / (512 * 2 ** zoom)  # for a pixel
        x, y = row["centre_x"], row["centre_y"]
        extent = QgsRectangle(x - size[0] / 2 * metres, y - size[1] / 2 * metres,
                              x + size[0] / 2 * metres, y + size[1] / 2 * metres)
        times = {"cold": [], "cpu": [], "warm": []}
        for job_type in (QgsMapRendererParallelJob, QgsMapRendererSequentialJob):
            layers = layers_for(path, zoom)
            QgsProject.instance().addMapLayers(layers, False)
            cold, cold_cpu, image = render(job_type, layers, extent, size)
            warm, _, _ = render(job_type, layers, extent, size)
            times["cold"].append(cold)
            times["cpu"].append(cold_cpu)
            times["warm"].append(warm)
            QgsProject.instance().removeAllMapLayers()
        if options.pictures:
            image.save(os.path.join(options.pictures, f"qgis-{zoom}.png"))
        rows.append({"zoom": zoom, "qgis_cold_ms": min(times["cold"]), "qgis_warm_ms": min(times["warm"]),
                     "cold_ms": row["cold_screen_ms"], "warm_ms": row["warm_screen_ms"],
                     "qgis_cold_cpu_ms": min(times["cpu"]), "cold_cpu_ms": row["cold_screen_cpu_ms"],
                     "cpu_ratio": min(times["cpu"]) / row["cold_screen_cpu_ms"],
                     "whole_tiles_ms": row["whole_tiles_ms"],
                     "cold_ratio": min(times["cold"]) / row["cold_screen_ms"],
                     "warm_ratio": min(times["warm"]) / row["warm_screen_ms"]})
    if options.json:
        print(json.dumps(rows, indent=1))
    else:
        print(f"load before and during: {os.getloadavg()[0]:.1f}; a view of {options.size}; milliseconds")
        print("zoom   QGIS cold    ours   ratio     QGIS cpu    ours   ratio    QGIS warm    ours   ratio   whole tiles")
        for r in rows:
            print(f"{r['zoom']:4d} {r['qgis_cold_ms']:11.0f} {r['cold_ms']:7.0f} {r['cold_ratio']:6.1f}x "
                  f"{r['qgis_cold_cpu_ms']:12.0f} {r['cold_cpu_ms']:7.0f} {r['cpu_ratio']:6.1f}x "
                  f"{r['qgis_warm_ms']:11.0f} {r['warm_ms']:7.1f} {r['warm_ratio']:6.1f}x "
                  f"{r['whole_tiles_ms']:13.0f}")
    # Leaving QGIS's own tear-down out: it crashes in some builds when layers went before the registry.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
