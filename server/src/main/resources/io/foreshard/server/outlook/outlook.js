// Paints the heat map: observed cells whole, predicted ones with p90 above and p50 below.
const heat = document.getElementById("heat");
if (heat) {
  const map = JSON.parse(document.getElementById("heatdata").textContent);
  const canvas = heat.querySelector("canvas"), bar = document.querySelector(".heatbar");
  const scale = document.getElementById("heatscale"), top = document.querySelector(".heattop");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const columns = map.observed + map.predicted, ROW = 16, GAP = 1;
  const hottest = Math.max(...map.rows.map(row => row.hottest));
  const own = top.textContent;

  const label = (text, title) => {
    const div = document.createElement("div");
    div.textContent = text;
    div.title = title;
    return div;
  };
  heat.querySelector(".heatlabels").append(...map.rows.map(row => label(row.label, row.marks ? row.label + " - " + row.marks : row.label)));
  heat.querySelector(".heatpeaks").append(...map.rows.map(row => label(row.hottestText, map.unit)));

  const colour = (stops, at) => {
    const position = Math.max(0, Math.min(1, at)) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(position)), part = position - below;
    return [16, 8, 0].map(shift => {
      const from = stops[below] >> shift & 255, to = stops[below + 1] >> shift & 255;
      return Math.round(from + part * (to - from));
    });
  };

  const paint = () => {
    const stops = dark.matches ? map.dark : map.light;
    const height = map.rows.length * ROW;
    canvas.width = columns;
    canvas.height = height;
    canvas.style.height = height + "px";
    const context = canvas.getContext("2d"), image = context.createImageData(columns, height);
    map.rows.forEach((row, r) => {
      const full = scale.value === "common" ? hottest : row.hottest;
      for (let c = 0; c < columns; c++) {
        const f = c - map.observed;
        const upper = f < 0 ? row.o[c] : row.h[f], lower = f < 0 ? row.o[c] : row.m[f];
        for (let y = 0; y < ROW - GAP; y++) {
          const value = y < (ROW - GAP) / 2 ? upper : lower, at = ((r * ROW + y) * columns + c) * 4;
          const rgb = value === null ? (dark.matches ? [42, 47, 52] : [226, 229, 232]) : colour(stops, full > 0 ? Math.sqrt(value / full) : 0);
          image.data.set([...rgb, 255], at);
        }
      }
    });
    context.putImageData(image, 0, 0);
    const now = heat.querySelector(".heatnow");
    now.style.left = "calc(" + map.observed / columns * 100 + "% - 1px)";
    now.style.height = height + 3 + "px";
    const legend = bar.getContext("2d");
    for (let x = 0; x < bar.width; x++) {
      legend.fillStyle = "rgb(" + colour(stops, x / (bar.width - 1)).join(",") + ")";
      legend.fillRect(x, 0, 1, bar.height);
    }
    top.textContent = scale.value === "common" ? hottest.toLocaleString("en-GB") + " " + map.unit : own;
  };
  scale.addEventListener("change", paint);
  dark.addEventListener("change", paint);
  paint();

  canvas.addEventListener("pointermove", event => {
    const box = canvas.getBoundingClientRect();
    const c = Math.min(columns - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * columns)));
    const row = map.rows[Math.min(map.rows.length - 1, Math.max(0, Math.floor((event.clientY - box.top) / ROW)))];
    const f = c - map.observed, start = row.present + f * map.step;
    const text = value => value === null ? "not observed" : value.toLocaleString("en-GB") + " " + map.unit;
    const title = document.createElement("b");
    title.textContent = row.label;
    const lines = [format.format(start) + " UTC"];
    if (f < 0) lines.push("observed " + text(row.o[c]));
    else lines.push("p50 " + text(row.m[f]), "p90 " + text(row.h[f]));
    if (row.marks) lines.push(row.marks);
    tip.replaceChildren(title, ...lines.map(line => { const div = document.createElement("div"); div.textContent = line; return div; }));
    tip.hidden = false;
    const right = event.clientX + 16 + tip.offsetWidth > innerWidth;
    tip.style.left = (right ? Math.max(4, event.clientX - 16 - tip.offsetWidth) : event.clientX + 16) + "px";
    tip.style.top = Math.max(4, Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)) + "px";
  });
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
}
