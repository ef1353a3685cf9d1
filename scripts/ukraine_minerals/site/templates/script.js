"use strict";
/* The one script: table engine (filter, sort, pages, downloads, address), front page, search. Text from the
   data only ever becomes text nodes. */
(() => {
  const up = document.body.dataset.up || "";
  const page = document.body.dataset.page;
  const $ = (id) => document.getElementById(id);

  const el = (tag, text, attributes = {}) => {
    const node = document.createElement(tag);
    if (text !== undefined && text !== "") node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, (m, at, all) =>
    /[\u0400-\u04ff]/.test(all[at - 1] || "") ? m : "").normalize("NFC").toLowerCase().replace(/[ʼ’`´]/g, "'");

  /* ---- dates: the first and last day that an EDTF text allows ---- */
  const lastDay = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
  const bounds = (text) => {
    const day = (part, last) => {
      const m = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?]?$/.exec(part);
      if (!m) return null;
      const month = m[2] || (last ? "12" : "01");
      const number = m[3] || (last ? String(lastDay(+m[1], +month)).padStart(2, "0") : "01");
      return `${m[1]}-${month}-${number}`;
    };
    const [from, to = from] = text.trim().split("/");
    return [from === ".." ? "0000" : day(from, false), to === ".." ? "9999" : day(to, true)];
  };

  /* ---- the table ---- */
  const table = () => {
    const T = window.TABLE;
    const form = $("filters");
    if (!T || !form) return null;
    const PAGE = page === "front" ? 1000 : T.rows.length > 1000 ? 200 : 500;
    const folded = new Map();
    const body = document.querySelector("#grid tbody");
    const at = Object.fromEntries(T.columns.map((column, n) => [column.name, n]));
    const paged = new Set(T.paged);
    const made = new Map([...body.rows].map((row) => [row.dataset.key, row]));
    const sort = { column: "", down: false };
    let current = 1, matching = [], listeners = [];
    const only = { key: "" };

    const shown = (n, column) => {
      const text = T.rows[n][column], c = T.columns[column];
      if (column === T.shown[0] && T.heads.length) return T.heads[n];
      if (c.words && text in c.words) return c.words[text];
      if (c.parted) return text.replaceAll(c.parted, `${c.parted} `);
      return (c.target && T.labels[c.target] && T.labels[c.target][text]) || text;
    };
    const all = T.rows.map((row, n) => fold(row.map((text, c) => shown(n, c)).join(" \u0001 ")));
    const host = (url) => { try { return new URL(url).host.replace(/^www\./, ""); } catch { return url; } };
    const slug = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

    const fill = (cell, n, column) => {
      const text = T.rows[n][column], c = T.columns[column], label = shown(n, column);
      const link = (words, href, outside) =>
        cell.append(el("a", words, outside ? { href, rel: "noreferrer" } : { href: `${href}index.html` }));
      if (column === T.shown[0]) {
        const words = label || T.keys[n];
        if (T.pages[n]) link(words, (T.name ? "../" : "") + T.pages[n]); else cell.append(words);
      } else if (!text) return;
      else if (c.target && c.paged && slug.test(text)) link(label, `${T.name ? "../" : ""}${c.target}/${text}/`);
      else if (c.name === "row_key" && paged.has(T.rows[n][at.table_name]) && slug.test(text))
        link(text, `../${T.rows[n][at.table_name]}/${text}/`);
      else if (/^https?:\/\//.test(text) && !c.words)
        text.split(" | ").forEach((url, i) => {
          if (i) cell.append(", ");
          if (/^https?:\/\/[^\s"<>]+$/.test(url)) link(host(url), url, true); else cell.append(url);
        });
      else cell.append(label);
    };
    const row = (n) => {
      const key = T.keys[n];
      if (!made.has(key)) {
        const tr = el("tr", "", { "data-key": key });
        T.shown.forEach((column, place) => {
          const cell = place ? el("td") : el("th", "", { scope: "row" });
          if (place && T.columns[column].class) cell.className = T.columns[column].class;
          fill(cell, n, column);
          tr.append(cell);
        });
        made.set(key, tr);
      }
      return made.get(key);
    };

    const values = () => {
      const found = {};
      for (const control of form.elements) if (control.name && control.value) found[control.name] = control.value;
      return found;
    };
    const tests = () => {
      const given = values(), found = [];
      for (const [name, value] of Object.entries(given)) {
        if (name === "_text") {
          const words = fold(value).split(/\s+/).filter(Boolean);
          found.push((n) => words.every((word) => all[n].includes(word)));
          continue;
        }
        const column = at[name.replace(/--to$/, "")];
        if (column === undefined) continue;
        const kind = T.columns[column].kind;
        if (kind === "choice") found.push((n) => T.rows[n][column] === value);
        else if (kind === "date" || kind === "number") {
          const base = T.columns[column].name;
          if (name !== base && given[base]) continue;
          const from = given[base] || "", to = given[`${base}--to`] || (from && !given[`${base}--to`] ? from : "");
          if (kind === "number") {
            const low = from === "" ? -Infinity : +from, high = to === "" ? Infinity : +to;
            found.push((n) => T.rows[n][column] !== "" && +T.rows[n][column] >= low && +T.rows[n][column] <= high);
          } else {
            const first = from ? bounds(from)[0] : "0000", last = to ? bounds(to)[1] : "9999";
            if (!first || !last) { found.push(() => false); continue; }
            const spans = T.rows.map((cells) => (cells[column] ? bounds(cells[column]) : null));
            found.push((n) => spans[n] && spans[n][0] !== null && spans[n][0] <= last && spans[n][1] >= first);
          }
        } else {
          const words = fold(value).split(/\s+/).filter(Boolean);
          if (!folded.has(column)) folded.set(column, T.rows.map((_, n) => fold(`${shown(n, column)} ${T.rows[n][column]}`)));
          const texts = folded.get(column);
          found.push((n) => words.every((word) => texts[n].includes(word)));
        }
      }
      if (only.key) found.push((n) => T.keys[n] === only.key);
      return found;
    };
    const order = () => {
      if (!sort.column || !(sort.column in at)) return;
      const column = at[sort.column], kind = T.columns[column].kind;
      const value = (n) => {
        const text = T.rows[n][column];
        if (text === "") return null;
        if (kind === "number") return +text;
        return kind === "date" ? (bounds(text)[0] === "0000" ? bounds(text)[1] : bounds(text)[0]) : shown(n, column);
      };
      const keyed = matching.map((n) => [value(n), n]);
      const collate = new Intl.Collator("en", { numeric: true }).compare;
      keyed.sort(([a, n], [b, m]) => {
        if (a === null || b === null) return (a === null) - (b === null) || n - m;
        const found = kind === "number" ? a - b : kind === "date" ? (a < b ? -1 : +(a > b)) : collate(a, b);
        return (sort.down ? -found : found) || n - m;
      });
      matching = keyed.map(([, n]) => n);
    };
    const show = () => {
      const parts = Math.max(1, Math.ceil(matching.length / PAGE));
      current = Math.min(Math.max(1, current), parts);
      body.replaceChildren(...matching.slice((current - 1) * PAGE, current * PAGE).map(row));
      const nav = $("pages");
      nav.replaceChildren();
      if (parts > 1) {
        const list = el("ul", "", { class: "pages" });
        for (let n = 1; n <= parts; n += 1) {
          const button = el("button", String(n), { type: "button", "aria-label": `Page ${n}` });
          if (n === current) button.setAttribute("aria-current", "page");
          button.addEventListener("click", () => { current = n; show(); write(); $("grid").scrollIntoView(); });
          const item = el("li");
          item.append(button);
          list.append(item);
        }
        nav.append(list);
      }
    };
    const write = () => {
      const state = new URLSearchParams(values());
      if (only.key) state.set("_key", only.key);
      if (sort.column) state.set("_sort", (sort.down ? "-" : "") + sort.column);
      if (current > 1) state.set("_page", current);
      for (const extra of document.querySelectorAll("[data-state]"))
        if (extra.value && extra.value !== extra.defaultValue) state.set(extra.dataset.state, extra.value);
      const text = state.toString();
      history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
    };
    const read = () => {
      const text = location.hash.slice(1).includes("=") ? location.hash.slice(1) : location.search.slice(1);
      const state = new URLSearchParams(text);
      for (const control of form.elements) if (control.name) control.value = state.get(control.name) || "";
      for (const more of form.querySelectorAll("details"))
        more.open = [...more.querySelectorAll("input")].some((control) => control.value);
      only.key = state.get("_key") || "";
      const by = state.get("_sort") || "";
      sort.down = by.startsWith("-");
      sort.column = by.replace(/^-/, "");
      current = +(state.get("_page") || 1);
      for (const extra of document.querySelectorAll("[data-state]"))
        extra.value = state.get(extra.dataset.state) || extra.defaultValue;
    };
    const apply = (keepPage) => {
      const found = tests();
      matching = T.rows.map((_, n) => n).filter((n) => found.every((test) => test(n)));
      order();
      if (!keepPage) current = 1;
      show();
      $("shown").textContent = String(matching.length);
      const count = Object.keys(values()).length + (only.key ? 1 : 0);
      $("active").textContent = count ? `(${count} set)` : "";
      for (const head of document.querySelectorAll("#grid th[data-column]")) {
        if (head.dataset.column === sort.column) head.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
      const keys = new Set(matching.map((n) => T.keys[n]));
      for (const section of document.querySelectorAll("[data-of]")) section.hidden = !keys.has(section.dataset.of);
      listeners.forEach((listener) => listener(keys, count));
      write();
    };

    /* downloads: columns and values as the data has them */
    const save = (text, type, suffix) => {
      const link = el("a", "", { download: `${T.name || "ukraine-minerals"}-rows.${suffix}` });
      link.href = URL.createObjectURL(new Blob([text], { type }));
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    };
    const names = T.columns.map((column) => column.name);
    $("download-csv").addEventListener("click", () => {
      const quote = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
      const lines = [names, ...matching.map((n) => T.rows[n])].map((cells) => cells.map(quote).join(","));
      save(`\ufeff${lines.join("\r\n")}\r\n`, "text/csv;charset=utf-8", "csv");
    });
    $("download-json").addEventListener("click", () => {
      const rows = matching.map((n) => Object.fromEntries(names.map((name, c) => [name, T.rows[n][c]])));
      save(`${JSON.stringify(rows, null, 1)}\n`, "application/json", "json");
    });
    $("copy-link").addEventListener("click", async (event) => {
      const button = event.currentTarget, words = button.textContent;
      try {
        await navigator.clipboard.writeText(location.href);
      } catch {
        const box = el("textarea", location.href, { class: "quiet" });
        document.body.append(box);
        box.select();
        document.execCommand("copy");
        box.remove();
      }
      button.textContent = "Link copied";
      setTimeout(() => { button.textContent = words; }, 2000);
    });

    for (const head of document.querySelectorAll("#grid th[data-column]")) {
      const button = el("button", head.textContent, { type: "button", class: "sort" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        sort.down = sort.column === head.dataset.column && !sort.down;
        sort.column = head.dataset.column;
        apply();
      });
    }
    let waiting = 0;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 60); });
    form.addEventListener("change", () => { clearTimeout(waiting); apply(); });
    form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
    form.addEventListener("reset", () => { only.key = ""; sort.column = ""; setTimeout(apply); });
    window.addEventListener("hashchange", () => { read(); apply(true); });
    const box = $("filter-box");
    box.hidden = false;
    box.open = matchMedia("(min-width: 48rem)").matches;
    document.querySelector(".tools").hidden = false;
    read();
    return {
      T, form, only, at, apply,
      start: () => apply(true),
      listen: (listener) => listeners.push(listener),
    };
  };

  /* ---- the front page: map and timeline set filters, and show what the filters leave ---- */
  const front = (engine) => {
    const { T, form, only, at } = engine;
    const units = [...document.querySelectorAll("[data-territory]")];
    const sites = [...document.querySelectorAll("[data-site]")];
    const marks = [...document.querySelectorAll("[data-event]")];
    const byKey = new Map(T.keys.map((key, n) => [key, n]));
    const keyOf = (node) => node.dataset.event || `sites/${node.dataset.site}`;
    const group = (nodes, choose) => nodes.forEach((node, n) => {
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", n ? "-1" : "0");
      node.setAttribute("aria-label", node.getAttribute("aria-label") || node.querySelector("title").textContent);
      node.addEventListener("click", (event) => { event.preventDefault(); choose(node); });
      node.addEventListener("keydown", (event) => {
        if (event.key === " ") { event.preventDefault(); choose(node); }
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const next = nodes[(n + step + nodes.length) % nodes.length];
        node.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
      });
    });
    const chooseKey = (node) => { only.key = only.key === keyOf(node) ? "" : keyOf(node); engine.apply(); };
    group(units, (node) => {
      const key = node.dataset.territory, select = form.elements.namedItem("unit");
      if (![...select.options].some((option) => option.value === key))
        select.append(el("option", `${node.querySelector("title").textContent} (0)`, { value: key }));
      select.value = select.value === key ? "" : key;
      engine.apply();
    });
    group(sites, chooseKey);
    group(marks, chooseKey);

    /* occupied share as of a day */
    const day = $("as-of");
    document.querySelector(".as-of").hidden = false;
    day.dataset.state = "as_of";
    const tint = (share) => ["t-0", "t-1", "t-2", "t-3", "t-4"][[0, 10, 50, 90, 100].findIndex((limit) => share <= limit)];
    const told = (unit) => (T.shares[unit] || []).filter((entry) => entry.day <= day.value).pop();
    const colour = () => {
      for (const node of units) {
        const entry = told(node.dataset.territory);
        node.classList.remove("t-0", "t-1", "t-2", "t-3", "t-4", "t-none");
        node.classList.add(entry ? tint((entry.low + entry.high) / 2) : "t-none");
        const name = node.dataset.name || (node.dataset.name = node.querySelector("title").textContent);
        const words = entry ? `${name}: ${entry.text} occupied, as of ${entry.as_of}, says ${entry.who}` : `${name}: not told`;
        node.querySelector("title").textContent = words;
        node.setAttribute("aria-label", words);
        const line = document.querySelector(`#shares tr[data-unit="${node.dataset.territory}"]`);
        if (line) [entry ? entry.text : "not told", entry ? entry.as_of : "", entry ? entry.who : ""].forEach((text, n) => {
          line.cells[n + 1].textContent = text;
        });
      }
    };
    const show = (keys, count) => {
      const unit = form.elements.namedItem("unit").value;
      const held = new Set([...keys].map((key) => T.rows[byKey.get(key)][at.unit]));
      for (const node of units) {
        node.setAttribute("aria-pressed", String(node.dataset.territory === unit));
        node.classList.toggle("held", count > 0 && held.has(node.dataset.territory));
      }
      for (const node of [...sites, ...marks]) {
        node.setAttribute("aria-pressed", String(only.key === keyOf(node)));
        node.classList.toggle("dim", !keys.has(keyOf(node)));
      }
      const entry = unit && told(unit);
      const label = unit && document.querySelector(`[data-territory="${unit}"] title`);
      const chosen = only.key && T.rows[byKey.get(only.key)];
      $("map-told").textContent = chosen ? `Chosen: ${chosen[0]}. Choose it again to see all.` : entry && label ? label.textContent : "";
    };
    day.addEventListener("change", () => { colour(); engine.apply(true); });
    colour();
    engine.listen((keys, count) => { colour(); show(keys, count); });
  };

  /* ---- search: words, beginnings, and near misses ---- */
  let ready = null;
  const index = () => {
    if (!ready) ready = new Promise((done) => {
      const script = el("script", "", { src: `${up}assets/search-index.js` });
      script.addEventListener("load", () => {
        const words = new Map();
        window.INDEX.entries.forEach((entry, n) => {
          const seen = new Set();
          [entry[2], entry[3], entry[1].replace(/-/g, " ")].forEach((text, place) => {
            for (const word of fold(text).split(/[^\p{L}\p{N}']+/u)) {
              if (!word || seen.has(word)) continue;
              seen.add(word);
              if (!words.has(word)) words.set(word, []);
              words.get(word).push([n, place]);
            }
          });
        });
        done(words);
      });
      document.head.append(script);
    });
    return ready;
  };
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], previous = Array.from({ length: b.length + 1 }, (_, n) => n);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
      before = previous;
      previous = row;
    }
    return previous[b.length];
  };
  const search = async (query, limit) => {
    const words = await index();
    const asked = fold(query).split(/[^\p{L}\p{N}']+/u).filter(Boolean);
    let scores = null;
    for (const word of asked) {
      const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
      const found = new Map();
      for (const [known, places] of words) {
        let score = 0;
        if (known === word) score = 10;
        else if (word.length > 1 && known.startsWith(word)) score = 7;
        else if (most) {
          const steps = distance(word, known, most);
          if (steps <= most) score = 6 - 2 * steps;
        }
        if (!score) continue;
        for (const [n, place] of places) found.set(n, Math.max(found.get(n) || 0, score - place * 0.2));
      }
      const next = new Map();
      for (const [n, score] of found) if (!scores || scores.has(n)) next.set(n, score + (scores ? scores.get(n) : 0));
      scores = next;
    }
    return [...(scores || [])]
      .map(([n, score]) => [score - window.INDEX.entries[n][0] * 0.15 - Math.min(window.INDEX.entries[n][2].length, 120) * 0.004, n])
      .sort(([a, n], [b, m]) => b - a || n - m).slice(0, limit)
      .map(([, n]) => {
        const [place, key, label, others] = window.INDEX.entries[n];
        return { href: `${up}${window.INDEX.tables[place]}/${key}/index.html`, label, others, title: window.INDEX.titles[place] };
      });
  };
  const put = (list, found) => list.replaceChildren(...found.map((entry) => {
    const item = el("li"), link = el("a", entry.label, { href: entry.href });
    item.append(link, " ", el("span", entry.title, { class: "said" }));
    if (entry.others && list.id === "results") item.append(el("div", entry.others, { class: "small" }));
    return item;
  }));
  const box = $("q"), list = $("found");
  if (box) {
    let waiting = 0;
    const close = () => { list.hidden = true; };
    box.addEventListener("focus", () => index(), { once: true });
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const asked = box.value.trim();
        if (asked.length < 2 || page === "search") { close(); if (page === "search") results(asked); return; }
        const found = await search(asked, 8);
        put(list, found);
        list.hidden = !found.length || box.value.trim() !== asked;
      }, 120);
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    document.addEventListener("click", (event) => { if (!event.target.closest(".find")) close(); });
    document.querySelector(".find").addEventListener("focusout", (event) => {
      if (!event.relatedTarget || !event.relatedTarget.closest(".find")) setTimeout(() => { if (!document.activeElement.closest(".find")) close(); }, 150);
    });
  }
  const results = async (asked) => {
    if (!asked) { $("results").replaceChildren(); $("search-told").textContent = ""; return; }
    const found = await search(asked, 100);
    put($("results"), found);
    $("search-told").textContent = found.length ? `${found.length}${found.length === 100 ? " or more" : ""} records for “${asked}”` : `No record for “${asked}”. Try fewer or other words.`;
  };
  if (page === "search") {
    const asked = new URLSearchParams(location.search).get("q") || "";
    box.value = asked;
    results(asked.trim());
  }

  const engine = table();
  if (engine) {
    if (page === "front") front(engine);
    engine.start();
  }
})();
