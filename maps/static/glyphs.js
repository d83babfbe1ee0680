/* Incident symbols: one shape per category, one colour per family, drawn on Leaflet's canvas.
   Marks that fall within one cell of the screen are drawn as one symbol with their number,
   because a person could not tell them apart anyway. */
"use strict";

window.Piste = window.Piste || {};

(function (Piste) {
  const TAU = 2 * Math.PI;

  function polygon(ctx, x, y, r, n, turn) {
    for (let i = 0; i < n; i += 1) {
      const a = turn + (i * TAU) / n;
      ctx[i ? "lineTo" : "moveTo"](x + r * Math.cos(a), y + r * Math.sin(a));
    }
    ctx.closePath();
  }

  function star(ctx, x, y, r) {
    for (let i = 0; i < 10; i += 1) {
      const a = -TAU / 4 + (i * TAU) / 10;
      const d = i % 2 ? r * 0.45 : r;
      ctx[i ? "lineTo" : "moveTo"](x + d * Math.cos(a), y + d * Math.sin(a));
    }
    ctx.closePath();
  }

  function cross(ctx, x, y, r, turn) {
    const w = r * 0.36;
    const arm = [[w, w], [r, w], [r, -w], [w, -w], [w, -r], [-w, -r], [-w, -w], [-r, -w],
      [-r, w], [-w, w], [-w, r], [w, r]];
    arm.forEach(([dx, dy], i) => {
      const px = x + dx * Math.cos(turn) - dy * Math.sin(turn);
      const py = y + dx * Math.sin(turn) + dy * Math.cos(turn);
      ctx[i ? "lineTo" : "moveTo"](px, py);
    });
    ctx.closePath();
  }

  const SHAPES = {
    triangle: (c, x, y, r) => polygon(c, x, y + r * 0.15, r * 1.15, 3, -TAU / 4),
    triangle_down: (c, x, y, r) => polygon(c, x, y - r * 0.15, r * 1.15, 3, TAU / 4),
    star: (c, x, y, r) => star(c, x, y, r * 1.25),
    square: (c, x, y, r) => c.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7),
    diamond: (c, x, y, r) => polygon(c, x, y, r * 1.15, 4, -TAU / 4),
    pentagon: (c, x, y, r) => polygon(c, x, y, r * 1.08, 5, -TAU / 4),
    hexagon: (c, x, y, r) => polygon(c, x, y, r * 1.05, 6, 0),
    plus: (c, x, y, r) => cross(c, x, y, r, 0),
    cross: (c, x, y, r) => cross(c, x, y, r, TAU / 8),
    circle: (c, x, y, r) => { c.moveTo(x + r, y); c.arc(x, y, r, 0, TAU); },
    ring: (c, x, y, r) => {
      c.moveTo(x + r, y); c.arc(x, y, r, 0, TAU);
      c.moveTo(x + r * 0.45, y); c.arc(x, y, r * 0.45, 0, TAU, true);
    },
  };

  /* One symbol. `kind`: "place" and "near" are filled, "along" is hollow (a stretch, shown by its
     middle), "region" is hollow and dashed (somewhere in the region, not here). */
  Piste.drawGlyph = function (ctx, x, y, r, style) {
    ctx.save();
    ctx.globalAlpha = 1; // Leaflet leaves the opacity of the path before
    ctx.beginPath();
    (SHAPES[style.shape] || SHAPES.circle)(ctx, x, y, r);
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.2;
    ctx.strokeStyle = style.halo;
    ctx.stroke();
    ctx.fillStyle = style.kind === "place" || style.kind === "near" ? style.colour : style.halo;
    ctx.fill();
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
    ctx.globalAlpha = 1; // Leaflet leaves the opacity of the path before
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
