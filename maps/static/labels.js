/* Names of places and regions, drawn on a canvas of their own; the more important one wins where
   two would overlap. */
"use strict";

window.Piste = window.Piste || {};

(function (Piste) {
  const RANK = { country: 0, city: 1, region: 2, town: 3 };
  const FROM_ZOOM = { country: 4, city: 5, region: 6, town: 8 };
  const OTHER_FROM_ZOOM = 10;
  const FONT = {
    country: "600 15px system-ui, sans-serif",
    region: "500 11.5px system-ui, sans-serif",
    city: "600 12.5px system-ui, sans-serif",
    town: "500 11.5px system-ui, sans-serif",
    other: "400 11px system-ui, sans-serif",
  };

  Piste.Labels = L.Layer.extend({
    initialize(pane) {
      this._items = [];
      this._pane = pane;
      this._style = { ink: "#222", halo: "#fff", soft: "#777" };
      this._show = { places: true, regions: true };
    },

    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "piste-labels leaflet-zoom-hide");
      this._canvas.setAttribute("aria-hidden", "true");
      map.getPane(this._pane).appendChild(this._canvas);
      map.on("moveend zoomend resize viewreset", this.redraw, this);
      this.redraw();
    },

    onRemove(map) {
      this._canvas.remove();
      map.off("moveend zoomend resize viewreset", this.redraw, this);
    },

    add(items) {
      this._items = this._items.concat(items).sort(
        (a, b) => (RANK[a.kind] ?? 9) - (RANK[b.kind] ?? 9));
      this.redraw();
    },

    style(style) { this._style = style; this.redraw(); },

    show(what, on) { this._show[what] = on; this.redraw(); },

    redraw() {
      const map = this._map;
      if (!map) return;
      const size = map.getSize();
      const pad = 120;
      const scale = window.devicePixelRatio || 1;
      const canvas = this._canvas;
      const origin = map.containerPointToLayerPoint([-pad, -pad]);
      L.DomUtil.setPosition(canvas, origin);
      canvas.width = (size.x + 2 * pad) * scale;
      canvas.height = (size.y + 2 * pad) * scale;
      canvas.style.width = `${size.x + 2 * pad}px`;
      canvas.style.height = `${size.y + 2 * pad}px`;
      const ctx = canvas.getContext("2d");
      ctx.scale(scale, scale);
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      const taken = [];
      const zoom = map.getZoom();
      for (const item of this._items) {
        const area = item.kind === "region" || item.kind === "country";
        if (!(area ? this._show.regions : this._show.places)) continue;
        if (zoom < (FROM_ZOOM[item.kind] ?? OTHER_FROM_ZOOM)) continue;
        if (item.kind === "country" && zoom > 6) continue;
        const p = map.latLngToLayerPoint([item.lat, item.lon]).subtract(origin);
        if (p.x < 0 || p.y < 0 || p.x > size.x + 2 * pad || p.y > size.y + 2 * pad) continue;
        this._label(ctx, item, p, area, taken);
      }
    },

    _label(ctx, item, p, area, taken) {
      ctx.font = FONT[item.kind] || FONT.other;
      const text = area ? item.name.toUpperCase() : item.name;
      ctx.letterSpacing = area ? "1.5px" : "0px";
      const w = ctx.measureText(text).width;
      const spots = area ? [[p.x - w / 2, p.y]] : [[p.x + 6, p.y - 1], [p.x - w - 6, p.y - 1],
        [p.x - w / 2, p.y - 11], [p.x - w / 2, p.y + 11]];
      const free = spots.find(([x, y]) => !taken.some(
        (t) => x < t[2] && x + w > t[0] && y - 7 < t[3] && y + 7 > t[1]));
      if (!free) return;
      const [x, y] = free;
      taken.push([x - 4, y - 8, x + w + 4, y + 8]);
      ctx.lineWidth = 3;
      ctx.strokeStyle = this._style.halo;
      if (!area) {
        ctx.beginPath();
        ctx.arc(p.x, p.y, item.kind === "city" ? 2.8 : 1.9, 0, 2 * Math.PI);
        ctx.stroke();
        ctx.fillStyle = this._style.ink;
        ctx.fill();
      }
      ctx.strokeText(text, x, y);
      ctx.fillStyle = area ? this._style.soft : this._style.ink;
      ctx.fillText(text, x, y);
    },
  });
})(window.Piste);
