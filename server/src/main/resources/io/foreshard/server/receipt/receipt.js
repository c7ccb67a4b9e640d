// Shows the values of the moment a reader points at.
"use strict";
const tip = document.getElementById("tip");
const format = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
for (const figure of document.querySelectorAll("figure.chart")) {
  const data = JSON.parse(document.getElementById("chart" + figure.dataset.chart).textContent);
  const cursor = document.createElement("div");
  cursor.className = "cursor";
  cursor.hidden = true;
  figure.append(cursor);
  const count = data.lines[0].values.length;
  figure.addEventListener("pointermove", event => {
    const box = figure.getBoundingClientRect();
    const index = Math.min(count - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * count)));
    cursor.hidden = false;
    cursor.style.left = (index + 0.5) / count * 100 + "%";
    const title = document.createElement("b");
    title.textContent = format.format(data.start + index * data.step) + " UTC";
    const rows = data.lines.filter(line => line.values[index] !== null).map(line => {
      const row = document.createElement("div");
      row.className = "key " + line.cls;
      const text = document.createElement("span");
      text.textContent = line.name + "  " + line.values[index].toLocaleString("en-GB") + data.unit;
      row.append(text);
      return row;
    });
    tip.replaceChildren(title, ...rows);
    tip.hidden = false;
    const right = event.clientX + 16 + tip.offsetWidth > innerWidth;
    tip.style.left = (right ? Math.max(4, event.clientX - 16 - tip.offsetWidth) : event.clientX + 16) + "px";
    tip.style.top = Math.max(4, Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)) + "px";
  });
  figure.addEventListener("pointerleave", () => { tip.hidden = true; cursor.hidden = true; });
}
