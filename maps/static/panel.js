/* The layers-and-legend control: one checkbox per layer with its legend beneath, and the box that
   says which day the picture stands for. Text reaches the page through textContent only. */
"use strict";

window.Piste = window.Piste || {};

(function (Piste) {
  function el(tag, cls, text) {
    const node = document.createElement(tag);
    if (cls) node.className = cls;
    if (text !== undefined) node.textContent = text;
    return node;
  }
  Piste.el = el;

  function swatch(item, theme) {
    const size = { w: item.wide ? 34 : 26, h: 18 };
    const canvas = el("canvas", "piste-swatch");
    canvas.setAttribute("aria-hidden", "true");
    const scale = window.devicePixelRatio || 1;
    canvas.width = size.w * scale;
    canvas.height = size.h * scale;
    canvas.style.width = `${size.w}px`;
    canvas.style.height = `${size.h}px`;
    const ctx = canvas.getContext("2d");
    ctx.scale(scale, scale);
    const y = size.h / 2;
    if (item.type === "glyph") {
      Piste.drawGlyph(ctx, size.w / 2, y, 6, { ...theme, ...item });
    } else if (item.type === "cluster") {
      Piste.drawCluster(ctx, size.w / 2, y, 8, { ...theme, parts: item.parts, label: item.n });
    } else if (item.type === "fill") {
      ctx.globalAlpha = item.opacity ?? 1;
      ctx.fillStyle = item.colour;
      ctx.fillRect(3, 3, size.w - 6, size.h - 6);
      ctx.globalAlpha = 1;
      ctx.strokeStyle = theme.line;
      ctx.lineWidth = 0.6;
      ctx.strokeRect(3, 3, size.w - 6, size.h - 6);
    } else if (item.type === "line") {
      ctx.strokeStyle = item.colour;
      ctx.globalAlpha = item.opacity ?? 1;
      ctx.lineWidth = item.weight;
      ctx.lineCap = item.cap || "butt";
      ctx.setLineDash(item.dash || []);
      ctx.beginPath();
      ctx.moveTo(1, y);
      ctx.lineTo(size.w - 1, y);
      ctx.stroke();
    } else if (item.type === "tube") {
      [[item.colour, 10], [theme.land, 7]].forEach(([colour, weight]) => {
        ctx.strokeStyle = colour;
        ctx.lineWidth = weight;
        ctx.lineCap = "round";
        ctx.beginPath();
        ctx.moveTo(6, y);
        ctx.lineTo(size.w - 6, y);
        ctx.stroke();
      });
    } else if (item.type === "dot") {
      ctx.fillStyle = theme.ink;
      ctx.beginPath();
      ctx.arc(size.w / 2, y, 2.6, 0, 2 * Math.PI);
      ctx.fill();
    }
    return canvas;
  }

  Piste.Panel = L.Control.extend({
    options: { position: "bottomleft" },

    initialize(words, onToggle) {
      L.Control.prototype.initialize.call(this, {});
      this._words = words;
      this._toggle = onToggle;
    },

    onAdd(map) {
      const box = el("div", "piste-panel");
      const open = map.getSize().x > 1000;
      const details = el("details", "piste-panel-details");
      details.open = open;
      details.append(el("summary", "piste-panel-title", this._words.layers));
      this._body = el("div", "piste-panel-body");
      details.append(this._body);
      box.append(details);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    },

    update(layers, visible, theme) {
      const opened = new Set([...this._body.querySelectorAll("details[open]")]
        .map((node) => node.dataset.layer));
      const first = !this._body.childElementCount;
      this._body.replaceChildren();
      for (const layer of layers) {
        const row = el("div", "piste-layer");
        const label = el(layer.fixed ? "div" : "label", "piste-layer-name");
        if (!layer.fixed) {
          const box = el("input");
          box.type = "checkbox";
          box.checked = visible.has(layer.id);
          box.dataset.layer = layer.id;
          box.addEventListener("change", () => this._toggle(layer.id, box.checked));
          label.append(box);
        }
        label.append(el("span", "", layer.label));
        row.append(label);
        if (layer.legend.length) {
          const more = el("details", "piste-legend");
          more.dataset.layer = layer.id;
          more.open = first ? Boolean(layer.open) : opened.has(layer.id);
          more.append(el("summary", "", this._words.legend));
          for (const item of layer.legend) {
            const line = el("div", item.type === "note" ? "piste-legend-note" : "piste-legend-row");
            if (item.type !== "note") line.append(swatch(item, theme));
            line.append(el("span", "", item.label));
            more.append(line);
          }
          row.append(more);
        }
        this._body.append(row);
      }
    },
  });

  Piste.Caption = L.Control.extend({
    options: { position: "topright" },
    onAdd() {
      this._box = el("div", "piste-caption");
      return this._box;
    },
    update(lines) {
      this._box.replaceChildren(...lines.map((line, i) => el("div", i ? "" : "piste-strong", line)));
    },
  });
})(window.Piste);
