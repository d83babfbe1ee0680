/* The map: base layers fetched once from this server, and data layers that are exchanged in place
   when the filters change. Only a selection goes back to the app; panning, hovering and popups
   stay here. */
"use strict";

window.Piste = window.Piste || {};

(function (Piste) {
  const { el } = Piste;
  const CELL_PX = 28;
  const state = { marks: null, visible: null, layers: {}, keys: {} };
  Piste.state = state;

  /* ---- the address bar: where the map looks and which layers show, without a rerun ---- */
  function remember(name, value) {
    try {
      const page = window.parent;
      if (!page.pisteMap) keepInAddress(page);
      page.pisteMap[name] = value;
      page.history.replaceState(page.history.state, "", page.location.href);
    } catch (_) { /* embedded in a foreign page: the address is not ours to change */ }
  }

  /* Streamlit writes the address from what the server last knew; the map's part is put back into
     every address that it writes. The wrappers are made by the page, since it outlives this frame. */
  function keepInAddress(page) {
    page.pisteMap = {};
    new page.Function(`["pushState", "replaceState"].forEach((name) => {
      const write = history[name];
      history[name] = function (state, title, url) {
        const whole = new URL(url ?? location.href, location.href);
        Object.entries(window.pisteMap).forEach(([key, value]) => whole.searchParams.set(key, value));
        return write.call(this, state, title, whole);
      };
    });`)();
  }

  /* What this browser tab showed last, so that a visit to another page loses nothing. */
  function recall(name) {
    try {
      return (window.parent.pisteMap || {})[name];
    } catch (_) { return undefined; }
  }

  function rememberView() {
    const c = state.map.getCenter();
    remember("at", [c.lat.toFixed(3), c.lng.toFixed(3), state.map.getZoom()].join("_"));
  }

  async function fetchLayer(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return answer.json();
  }

  /* ---- start: called once, when the page's map is made ---- */
  Piste.start = function (map, config) {
    Object.assign(state, { map, config, words: config.words });
    Piste.shapes = config.shapes;
    [["piste-raster", 340], ["piste-lines", 360], ["piste-data", 420], ["piste-select", 440],
      ["piste-labels", 460]].forEach(([name, z]) => {
      map.createPane(name).style.zIndex = z;
      if (name !== "piste-data") map.getPane(name).style.pointerEvents = "none";
    });
    state.lines = L.canvas({ pane: "piste-lines", padding: 0.4 });
    state.data = L.canvas({ pane: "piste-data", padding: 0.4, tolerance: 4 });
    state.visible = new Set(recall("layers")?.split("_") ?? config.visible);
    const group = () => L.layerGroup();
    state.layers = { regions: group(), choropleth: group(), rivers: group(), roads: group(),
      stretches: group(), lixels: group(), outlines: group(), marks: group(), density: group() };
    state.routes = L.layerGroup().addTo(map);
    state.select = L.layerGroup().addTo(map);
    state.marked = L.layerGroup().addTo(map);
    // Streamlit-folium listens to the layers that exist at the start; this one speaks for all.
    state.picker = L.featureGroup().addTo(map);
    state.labels = new Piste.Labels("piste-labels").addTo(map);
    L.control.scale({ imperial: false, maxWidth: 160, position: "bottomright" }).addTo(map);
    state.panel = new Piste.Panel(config.words, toggle).addTo(map);
    state.caption = new Piste.Caption().addTo(map);
    map.attributionControl.setPrefix(false);
    config.attributions.forEach((text) => map.attributionControl.addAttribution(text));
    // Nothing is drawn beyond the window of the base layers, so the view stays inside it.
    const bound = () => map.setMinZoom(map.getBoundsZoom(config.window, true));
    bound();
    map.on("resize", bound);
    const [lat, lon, zoom] = (recall("at") || "").split("_").map(Number);
    if (zoom) map.setView([lat, lon], zoom, { animate: false });
    else if (config.fit) map.fitBounds(config.fit, { animate: false });
    map.setMaxBounds(config.window);
    map.on("moveend", rememberView);
    map.on("zoomend moveend", drawMarks);
    if (config.asks.length) map.on("click", ask);
    map.getContainer().setAttribute("aria-label", config.words.map);
    document.documentElement.lang = config.lang;
    ["in", "out"].forEach((way) => {
      const button = map.getContainer().querySelector(`.leaflet-control-zoom-${way}`);
      button.title = config.words[`zoom_${way}`];
      button.setAttribute("aria-label", button.title);
    });
    loadBase(config.urls).catch((error) => state.caption.update(
      [config.words.failed, String(error.message)]));
  };

  async function loadBase(urls) {
    const [countries, regions, rivers, places] = await Promise.all(
      ["countries", "regions", "rivers", "places"].map((name) => fetchLayer(urls[name])));
    state.base = { countries, regions, rivers };
    drawBase();
    const inside = L.latLngBounds(state.config.window).pad(-0.04);
    const names = new Intl.DisplayNames([state.config.lang], { type: "region" });
    const named = (collection, kind) => collection.features
      .filter((f) => (kind === "country"
        ? inside.contains(L.geoJSON(f).getBounds().getCenter()) : f.properties.focus))
      .map((f) => {
        const c = L.geoJSON(f).getBounds().getCenter();
        const name = kind === "country" ? names.of(f.properties.country) : f.properties.name;
        return { name, kind, lat: c.lat, lon: c.lng };
      });
    state.labels.add(named(countries, "country").concat(named(regions, "region"),
      places.features.map((f) => ({ ...f.properties, lon: f.geometry.coordinates[0],
        lat: f.geometry.coordinates[1] }))));
    if (state.payload) drawChoropleth();
  }

  function drawBase() {
    if (!state.base || !state.theme) return;
    const { line, water, soft, land } = state.theme;
    state.map.getContainer().style.background = land;
    state.layers.regions.clearLayers();
    state.layers.rivers.clearLayers();
    L.geoJSON(state.base.rivers, { renderer: state.lines, interactive: false,
      style: (f) => ({ color: water, weight: f.properties.rank <= 1 ? 1.6 : 0.9 }),
    }).addTo(state.layers.rivers);
    L.geoJSON(state.base.regions, { renderer: state.lines, interactive: false,
      style: { color: soft, weight: 0.7, dashArray: "4 3", fill: false } })
      .addTo(state.layers.regions);
    L.geoJSON(state.base.countries, { renderer: state.lines, interactive: false,
      style: { color: line, weight: 1.8, fill: false } }).addTo(state.layers.regions);
    show();
  }

  /* ---- layers on and off ---- */
  function toggle(id, on) {
    state.visible[on ? "add" : "delete"](id);
    show();
    // Layers of other pages keep their place in the address.
    const here = state.payload.layers.map((l) => l.id);
    const now = [...here, ...[...state.visible].filter((i) => !here.includes(i))]
      .filter((i) => state.visible.has(i));
    remember("layers", now.join("_") || "none");
  }

  const PARTS = { regions: ["regions"], choropleth: ["choropleth"], rivers: ["rivers"],
    roads: ["roads"], incidents: ["stretches", "marks"], events: ["marks"],
    density: ["density", "lixels", "outlines"] };
  const ORDER = ["choropleth", "density", "rivers", "regions", "stretches", "outlines", "lixels",
    "roads", "marks"];

  function show() {
    const here = state.payload && state.payload.layers.map((l) => l.id);
    const wanted = new Set([...state.visible].filter((id) => !here || here.includes(id))
      .flatMap((id) => PARTS[id] || []));
    ORDER.forEach((part) => {
      const layer = state.layers[part];
      const on = state.map.hasLayer(layer);
      if (wanted.has(part) && !on) layer.addTo(state.map);
      if (!wanted.has(part) && on) layer.remove();
    });
    state.labels.show("places", state.visible.has("places"));
    state.labels.show("regions", state.visible.has("regions"));
    raise();
  }

  // One canvas takes all clicks, so its drawing order must be kept by hand.
  function raise() {
    const { choropleth, stretches, outlines, lixels, roads, marks } = state.layers;
    [choropleth, stretches, outlines, lixels, roads, state.routes, marks].forEach((part) => {
      part.eachLayer((layer) => {
        if (layer.bringToFront && layer._map) layer.bringToFront();
      });
    });
  }

  /* ---- telling: tooltips and popups, as DOM nodes ---- */
  function lines(texts) {
    const node = el("div", "piste-tip");
    texts.forEach((text, i) => node.append(el("div", i ? "" : "piste-strong", text)));
    return node;
  }

  /* ---- a journey is asked for by pointing at its ends ---- */
  function ask(e) {
    if (Date.now() - state.picked < 300) return; // The click met something that answers it.
    const node = el("div", "piste-popup piste-ask");
    state.config.asks.forEach(({ kind, label }) => {
      const button = el("button", "piste-link", label);
      button.type = "button";
      button.addEventListener("click", () => {
        state.map.closePopup();
        pick(`${kind}:${e.latlng.lng.toFixed(4)},${e.latlng.lat.toFixed(4)}`, e.latlng);
      });
      node.append(button);
    });
    state.map.openPopup(L.popup({ maxWidth: 220 }).setLatLng(e.latlng).setContent(node));
  }

  function pick(what, latlng) {
    state.picked = Date.now();
    state.picker.fire("click", { latlng, layer: { toGeoJSON: () => ({ pick: what, at: Date.now() }) } });
  }
  Piste.pick = pick;

  const day = () => new Intl.DateTimeFormat(state.config.lang,
    { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

  function markTexts(i) {
    const m = state.marks;
    if (m.n && m.n[i] > 1) {
      return [m.strings[m.place[i]], `${m.n[i]} × ${m.categories[m.c[i]].label}`];
    }
    const when = day().format(new Date(m.day[i] * 864e5));
    const where = [m.strings[m.place[i]], m.kinds[m.k[i]].label].filter(Boolean).join(" · ");
    return [`${when} · ${m.categories[m.c[i]].label}`, where, m.strings[m.extra[i]]].filter(Boolean);
  }

  /* ---- incidents ---- */
  function markStyle(i) {
    const m = state.marks;
    const c = m.categories[m.c[i]];
    return { ...state.theme, shape: c.shape, colour: c.colour, kind: m.kinds[m.k[i]].id };
  }

  function clusterStyle(bin) {
    const m = state.marks;
    const families = new Map();
    bin.rows.forEach((i) => {
      const { colour } = m.categories[m.c[i]];
      families.set(colour, (families.get(colour) || 0) + (m.n ? m.n[i] : 1));
    });
    const parts = [...families].sort().map(([colour, n]) => [colour, n / bin.count]);
    const label = bin.count < 1000 ? String(bin.count) : `${Math.round(bin.count / 100) / 10}k`;
    return { ...state.theme, parts, label };
  }

  function drawMarks() {
    if (!state.marks || !state.theme) return;
    const layer = state.layers.marks;
    layer.clearLayers();
    const cell = state.map.getZoom() >= 12 ? 14 : CELL_PX;
    Piste.binMarks(state.map, state.marks, cell).forEach((bin) => {
      const [first] = bin.rows;
      const single = bin.count === 1;
      const at = [bin.y / bin.count, bin.x / bin.count];
      const style = single ? markStyle(first) : clusterStyle(bin);
      const radius = single ? 6 : Math.min(22, 9 + 1.6 * Math.log2(bin.count));
      const glyph = new Piste.Glyph(at, { renderer: state.data, radius, bubblingMouseEvents: false,
        ...style });
      glyph.bindTooltip(() => lines(single ? markTexts(first) : clusterTexts(bin)),
        { direction: "top", offset: [0, -radius], opacity: 1 });
      glyph.on("click", (e) => (single ? pickMark(first, e.latlng) : openCluster(bin, at)));
      layer.addLayer(glyph);
    });
  }

  function clusterTexts(bin) {
    const shown = latest(bin).slice(0, 4).map((i) => markTexts(i)[0] + " · "
      + state.marks.strings[state.marks.place[i]]);
    return [state.words.incidents_here.replace("{n}", bin.count), ...shown];
  }

  function latest(bin) {
    const m = state.marks;
    return [...bin.rows].sort((a, b) => (m.day[b] ?? 0) - (m.day[a] ?? 0));
  }

  function pickMark(i, latlng) {
    const m = state.marks;
    highlight({ lat: m.lat[i], lon: m.lon[i], spread_m: m.spread[i], stretch: m.stretch[i] });
    pick(m.n && m.n[i] > 1 ? `box:${box([i])}` : `incident:${m.id[i]}`, latlng);
  }

  function box(rows) {
    const m = state.marks;
    const lon = rows.map((i) => m.lon[i]);
    const lat = rows.map((i) => m.lat[i]);
    const half = m.half_deg;
    return [Math.min(...lon) - half, Math.min(...lat) - half, Math.max(...lon) + half,
      Math.max(...lat) + half].map((v) => v.toFixed(5)).join(",");
  }

  function openCluster(bin, at) {
    const node = el("div", "piste-popup");
    node.append(el("div", "piste-strong", state.words.incidents_here.replace("{n}", bin.count)));
    const list = el("ul", "piste-popup-list");
    latest(bin).slice(0, 8).forEach((i) => {
      const button = el("button", "piste-link", `${markTexts(i)[0]} · `
        + state.marks.strings[state.marks.place[i]]);
      button.type = "button";
      button.addEventListener("click", () => pickMark(i, L.latLng(at)));
      const item = el("li");
      item.append(button);
      list.append(item);
    });
    node.append(list);
    if (bin.rows.length > 1) {
      const all = el("button", "piste-link piste-strong", state.words.list_all);
      all.type = "button";
      all.addEventListener("click", () => pick(`box:${box(bin.rows)}`, L.latLng(at)));
      node.append(all);
    }
    state.map.openPopup(L.popup({ maxWidth: 320, autoPanPadding: [20, 20] })
      .setLatLng(at).setContent(node));
  }

  function drawStretches(rows) {
    const layer = state.layers.stretches;
    layer.clearLayers();
    state.stretches = rows;
    rows.forEach((row) => {
      const line = L.polyline(row.path, { renderer: state.data, color: row.colour, weight: 10,
        opacity: 0.75, lineCap: "round" });
      // Hollow, as the symbols of such incidents are: a filled band means who holds the road.
      const inside = L.polyline(row.path, { renderer: state.data, color: state.theme.land, weight: 7,
        lineCap: "round", interactive: false });
      line.bindTooltip(() => lines([row.text]), { sticky: true, opacity: 1 });
      line.on("click", (e) => { highlight({ stretch: row.key }); pick(row.pick, e.latlng); });
      layer.addLayer(line).addLayer(inside);
    });
  }

  /* ---- roads: a halo says who controls or taxes, the line's pattern says whether one passes -- */
  function drawRoads(segments) {
    const layer = state.layers.roads;
    const { roads } = state.theme;
    layer.clearLayers();
    const add = (segment, style) => L.polyline(segment.path,
      { renderer: state.data, lineCap: "butt", ...style }).addTo(layer);
    segments.filter((s) => s.control).forEach((s) => add(s,
      { color: s.colour, weight: 11, opacity: s.opacity, interactive: false, lineCap: "round" }));
    // Contested: hatched across, as ticks wider than the line.
    segments.filter((s) => s.contested).forEach((s) => add(s,
      { color: state.theme.contested, weight: 13, dashArray: "1.5 6", interactive: false }));
    segments.forEach((s) => {
      const pattern = roads[s.passage];
      if (pattern.casing) add(s, { color: pattern.casing, weight: pattern.weight + 2.4,
        interactive: false });
      const line = add(s, { color: pattern.colour, weight: pattern.weight,
        dashArray: (pattern.dash || []).join(" ") || null });
      line.bindTooltip(() => lines(s.text), { sticky: true, opacity: 1 });
      line.on("click", (e) => {
        highlight({ path: s.path });
        pick(`road:${s.axis}:${s.from_m}:${s.to_m}`, e.latlng);
      });
    });
  }

  /* ---- density along roads, and what stands out from chance ---- */
  function drawLixels(rows) {
    const layer = state.layers.lixels;
    layer.clearLayers();
    rows.forEach((row) => {
      const line = L.polyline(row.path, { renderer: state.data, weight: row.weight,
        color: row.colour || state.theme.soft, lineCap: "butt" });
      line.bindTooltip(() => lines(row.text), { sticky: true, opacity: 1 });
      line.on("click", (e) => { highlight({ path: row.path }); pick(row.pick, e.latlng); });
      layer.addLayer(line);
    });
  }

  function drawOutlines({ paths, weight, opacity }) {
    const layer = state.layers.outlines;
    layer.clearLayers();
    paths.forEach((path) => layer.addLayer(L.polyline(path, { renderer: state.data, weight, opacity,
      color: state.theme.ink, lineCap: "butt", interactive: false })));
  }

  /* ---- journeys: verdicts by colour and by line pattern, the chosen one in full ---- */
  function drawRoutes(rows) {
    const layer = state.routes;
    const { verdicts, halo } = state.theme;
    layer.clearLayers();
    const tell = (shape, row) => {
      shape.bindTooltip(() => lines(row.text), { sticky: true, opacity: 1 });
      shape.on("click", (e) => {
        if (row.chosen) highlight({ path: row.path });
        pick(row.pick, e.latlng);
      });
      return shape.addTo(layer);
    };
    const paths = rows.filter((row) => !row.badge);
    [false, true].forEach((chosen) => {
      const some = paths.filter((row) => row.chosen === chosen);
      some.forEach((row) => L.polyline(row.path, { renderer: state.data, color: halo,
        weight: verdicts[row.verdict].weight + (chosen ? 4 : 1.6), opacity: chosen ? 0.95 : 0.8,
        interactive: false }).addTo(layer));
      some.forEach((row) => {
        const { colour, weight, dash } = verdicts[row.verdict];
        tell(L.polyline(row.path, { renderer: state.data, color: colour, lineCap: "butt",
          weight: chosen ? weight + 0.6 : weight * 0.55, opacity: chosen ? 1 : 0.85,
          dashArray: dash.join(" ") || null }), row);
      });
    });
    rows.filter((row) => row.badge).forEach((row) => tell(L.marker(row.path[0], {
      icon: L.divIcon({ className: `piste-badge${row.chosen ? " piste-badge-chosen" : ""}`,
        html: el("span", "", row.badge), iconSize: [22, 22] }), keyboard: true,
      title: row.text[0] }), row));
  }

  function drawChoropleth() {
    const layer = state.layers.choropleth;
    layer.clearLayers();
    if (!state.base || !state.payload || !state.payload.choropleth) return;
    const { values, colours } = state.payload.choropleth;
    L.geoJSON(state.base.regions, {
      filter: (f) => f.properties.focus,
      renderer: state.data,
      style: (f) => {
        const value = values[f.properties.region_id];
        return { stroke: false, fillOpacity: value ? 0.55 : 0.12,
          fillColor: value ? colours[value.c] : state.theme.soft };
      },
      onEachFeature: (f, shape) => {
        const value = values[f.properties.region_id];
        shape.bindTooltip(() => lines([f.properties.name, value ? value.text : state.words.none]),
          { sticky: true, opacity: 1 });
        shape.on("click", (e) => pick(`region:${f.properties.region_id}`, e.latlng));
      },
    }).eachLayer((shape) => layer.addLayer(shape));
  }

  function drawDensity(density) {
    state.layers.density.clearLayers();
    if (!density) return;
    L.imageOverlay(density.url, density.bounds, { pane: "piste-raster", opacity: density.opacity,
      alt: density.alt }).addTo(state.layers.density);
  }

  /* ---- the selection: how far the event may lie from the mark ---- */
  function highlight(what) {
    state.select.clearLayers();
    if (!what) return;
    const style = { color: state.theme.select, weight: 2.2, dashArray: "6 4", fillOpacity: 0.08,
      pane: "piste-select", interactive: false };
    const row = what.stretch && state.stretches.find((s) => s.key === what.stretch);
    const path = what.path || (row && row.path);
    if (path) L.polyline(path, { ...style, weight: 18, dashArray: null, opacity: 0.4 })
      .addTo(state.select);
    else if (what.spread_m) L.circle([what.lat, what.lon], { ...style, radius: what.spread_m })
      .addTo(state.select);
  }

  /* ---- update: called with every new set of data ---- */
  const SECTIONS = {
    roads: () => drawRoads(state.payload.roads),
    stretches: () => drawStretches(state.payload.stretches),
    marks: () => { state.marks = state.payload.marks; drawMarks(); },
    density: () => drawDensity(state.payload.density),
    lixels: () => drawLixels(state.payload.lixels),
    outlines: () => drawOutlines(state.payload.outlines),
    choropleth: drawChoropleth,
    marked: () => {
      state.marked.clearLayers();
      state.payload.marked.forEach((path) => L.polyline(path, { color: state.theme.select,
        weight: 16, opacity: 0.28, pane: "piste-select", interactive: false })
        .addTo(state.marked));
    },
    routes: () => drawRoutes(state.payload.routes),
    fit: () => {
      const { fit } = state.payload;
      const [before, now] = [state.fitted, fit ? JSON.stringify(fit.bounds) : ""];
      state.fitted = now;
      if (fit && (fit.focus || (before !== undefined && before !== now))) {
        state.map.fitBounds(fit.bounds, { padding: [36, 36], maxZoom: 11 });
      }
    },
    selected: () => {
      const what = state.payload.selected;
      highlight(what);
      if (what && what.bounds && what.focus) state.map.fitBounds(what.bounds, { maxZoom: 9 });
    },
  };

  Piste.update = function (payload) {
    const previous = state.theme;
    state.payload = payload;
    state.theme = payload.theme;
    const restyled = JSON.stringify(previous) !== JSON.stringify(payload.theme);
    if (restyled) {
      state.labels.style(payload.theme);
      document.documentElement.dataset.theme = payload.theme.name;
      drawBase();
    }
    Object.entries(SECTIONS).forEach(([name, draw]) => {
      if (!(name in payload) || (!restyled && state.keys[name] === payload.keys[name])) return;
      state.keys[name] = payload.keys[name];
      draw();
    });
    state.panel.update(payload.layers, state.visible, payload.theme);
    state.caption.update(payload.caption);
    show();
    state.map.getContainer().dataset.updates = String(Number(
      state.map.getContainer().dataset.updates || 0) + 1);
  };
})(window.Piste);
