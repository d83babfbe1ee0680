/* Incident symbols: one shape per category, one colour per family, drawn on Leaflet's canvas.
   Marks that fall within one cell of the screen are drawn as one symbol with their number,
   because a person could not tell them apart anyway. */
"use strict";

window.Piste = window.Piste || {};

(function (Piste) {
  const TAU = 2 * Math.PI;

  /* Outlines come from maps/shapes.py, in units of the radius, so that screen and paper agree. */
  function trace(ctx, x, y, r, shape) {
    ctx.beginPath();
    for (const ring of Piste.shapes[shape] || Piste.shapes.circle) {
      ring.forEach(([px, py], i) => ctx[i ? "lineTo" : "moveTo"](x + r * px, y + r * py));
      ctx.closePath();
    }
  }

  /* One symbol. `kind`: "place" and "near" are filled, "along" is hollow (a stretch, shown by its
     middle), "region" is hollow and dashed (somewhere in the region, not here). */
  Piste.drawGlyph = function (ctx, x, y, r, style) {
    ctx.save();
    ctx.globalAlpha = 1; // Leaflet leaves opacity and dashes of the path before
    ctx.setLineDash([]); // and dashes mean something: known by region only
    trace(ctx, x, y, r, style.shape);
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.2;
    ctx.strokeStyle = style.halo;
    ctx.stroke();
    ctx.fillStyle = style.kind === "place" || style.kind === "near" ? style.colour : style.halo;
    ctx.fill("evenodd");
    ctx.lineWidth = style.kind === "region" ? 1.4 : 1.8;
    if (style.kind === "region") ctx.setLineDash([2, 2]);
    ctx.strokeStyle = style.kind === "place" || style.kind === "near" ? style.edge : style.colour;
    if (style.kind === "place" || style.kind === "near") ctx.lineWidth = 0.8;
    ctx.stroke();
    ctx.restore();
  };

  /* Several incidents: a disc with their number, its rim shared out among the families. */
  Piste.drawCluster = function (ctx, x, y, r, style) {
    ctx.save();
    ctx.globalAlpha = 1; // Leaflet leaves opacity and dashes of the path before
    ctx.setLineDash([]); // and dashes mean something: known by region only
    ctx.beginPath();
    ctx.arc(x, y, r + 1.2, 0, TAU);
    ctx.fillStyle = style.halo;
    ctx.fill();
    let start = -TAU / 4;
    style.parts.forEach(([colour, share]) => {
      const end = start + share * TAU;
      ctx.beginPath();
      ctx.arc(x, y, r - 1.6, start, end);
      ctx.lineWidth = 3.6;
      ctx.strokeStyle = colour;
      ctx.stroke();
      start = end;
    });
    ctx.fillStyle = style.ink;
    ctx.font = `600 ${r > 15 ? 12 : 11}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(style.label, x, y + 0.5);
    ctx.restore();
  };

  Piste.Glyph = L.CircleMarker.extend({
    _updatePath() {
      const renderer = this._renderer;
      if (!renderer._drawing || this._empty()) return;
      const p = this._point;
      const draw = this.options.parts ? Piste.drawCluster : Piste.drawGlyph;
      draw(renderer._ctx, p.x, p.y, this.options.radius, this.options);
    },
  });

  /* Gather marks by cells of the screen. `marks` are columns: lon, lat, n, category index … */
  Piste.binMarks = function (map, marks, cellPx) {
    const zoom = map.getZoom();
    const view = map.getBounds().pad(0.35);
    const [w, s, e, n] = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
    const bins = new Map();
    for (let i = 0; i < marks.lon.length; i += 1) {
      const lon = marks.lon[i];
      const lat = marks.lat[i];
      if (lon < w || lon > e || lat < s || lat > n) continue;
      const p = map.project([lat, lon], zoom);
      const key = `${Math.floor(p.x / cellPx)}:${Math.floor(p.y / cellPx)}`;
      let bin = bins.get(key);
      if (!bin) bins.set(key, (bin = { rows: [], count: 0, x: 0, y: 0 }));
      const weight = marks.n ? marks.n[i] : 1;
      bin.rows.push(i);
      bin.count += weight;
      bin.x += lon * weight;
      bin.y += lat * weight;
    }
    return bins;
  };
})(window.Piste);
