// Everything here is an addition: each page works without it.
"use strict";
(() => {
    const texts = document.documentElement.dataset;

    // Copy buttons: shown only where the browser can copy; otherwise the field can be selected.
    const copyText = (button) => {
        const from = document.getElementById(button.dataset.copy);
        return "value" in from ? from.value : from.textContent;
    };
    const select = (from) => {
        if ("select" in from) {
            from.select();
            return;
        }
        const range = document.createRange();
        range.selectNodeContents(from);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    };
    const say = (text) => {
        document.getElementById("announce").textContent = text;
    };
    document.addEventListener("click", async (event) => {
        const button = event.target.closest("button[data-copy]");
        if (!button) {
            return;
        }
        const label = button.querySelector("span");
        let done = true;
        try {
            await navigator.clipboard.writeText(copyText(button));
        } catch {
            select(document.getElementById(button.dataset.copy));
            done = document.execCommand("copy");
        }
        const text = done ? texts.textCopied : texts.textCopyBy;
        label.textContent = text;
        button.classList.toggle("done", done);
        say(text);
        setTimeout(() => {
            label.textContent = texts.textCopy;
            button.classList.remove("done");
        }, 2000);
    });

    // Theme: the form posts it; here it changes at once.
    document.addEventListener("submit", (event) => {
        const form = event.target.closest("form.theme");
        if (!form || !event.submitter) {
            return;
        }
        event.preventDefault();
        const theme = event.submitter.value;
        document.documentElement.dataset.theme = theme;
        for (const button of form.querySelectorAll("button")) {
            button.setAttribute("aria-pressed", String(button.value === theme));
        }
        const body = new URLSearchParams(new FormData(form));
        body.set("theme", theme);
        fetch(form.action, { method: "POST", body, redirect: "manual" });
        redrawAll();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redrawAll());

    // Selects that apply themselves; their button is for pages without script.
    document.addEventListener("change", (event) => {
        if (event.target.matches("[data-submit]")) {
            event.target.form.requestSubmit();
        }
    });
    const enhance = (root) => {
        for (const button of root.querySelectorAll("[data-without-script]")) {
            button.hidden = true;
        }
        for (const button of root.querySelectorAll("[data-with-script]")) {
            button.hidden = false;
        }
    };
    enhance(document);

    // The strip of sections on a phone: the present one in sight.
    const strip = document.querySelector(".rail nav");
    const here = strip?.querySelector("[aria-current]");
    if (here && strip.scrollWidth > strip.clientWidth) {
        strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
    }

    // Further rows in forms: a copy of the last one, emptied.
    document.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-add]");
        if (!button) {
            return;
        }
        const last = document.getElementById(button.dataset.add).querySelector(".pair:last-of-type");
        const row = last.cloneNode(true);
        for (const field of row.querySelectorAll("input, select")) {
            if (field.tagName === "SELECT") {
                field.selectedIndex = 0;
            } else {
                field.value = "";
            }
            field.removeAttribute("id");
        }
        row.querySelectorAll(".share").forEach((share) => { share.textContent = ""; });
        row.querySelectorAll(".error").forEach((error) => error.remove());
        last.after(row);
        row.querySelector("input, select").focus();
    });

    // The live region asks again whenever the stream of events says that the numbers changed, and
    // every few seconds while there is no stream; never while its page is hidden, while the reader is
    // in it by keyboard or has text selected in it, or after Pause.
    let paused = false;
    let missed = false;
    let stream = null;
    const region = document.getElementById("live");
    const refresh = () => htmx.trigger(region, "news");
    const listen = () => {
        stream?.close();
        stream = null;
        // A browser has few connections to one server: a page that is not seen keeps none.
        if (!document.hidden) {
            stream = new EventSource(region.dataset.stream);
            stream.addEventListener("numbers", refresh);
        }
    };
    if (region?.dataset.stream) {
        listen();
        document.addEventListener("visibilitychange", listen);
        setInterval(() => {
            if (missed || stream?.readyState !== EventSource.OPEN) {
                refresh();
            }
        }, 5000);
    }
    const busy = () => {
        const selection = getSelection();
        const used = (region) => region.contains(document.activeElement)
            || (!selection.isCollapsed && region.contains(selection.anchorNode));
        return paused || document.hidden || [...document.querySelectorAll(".live-region")].some(used);
    };
    document.addEventListener("htmx:beforeRequest", (event) => {
        if (event.target.id === "live") {
            missed = busy();
            if (missed) {
                event.preventDefault();
            }
        }
    });
    const stale = (is) => document.querySelector(".live-state")?.classList.toggle("stale", is);
    document.addEventListener("htmx:sendError", () => stale(true));
    document.addEventListener("htmx:responseError", (event) => {
        stale(true);
        if (event.detail.xhr.status === 401) {
            location.reload();
        }
    });
    document.addEventListener("htmx:afterSwap", (event) => {
        stale(false);
        enhance(event.target);
        const news = document.querySelector("#live [data-announce], #pass[data-announce]");
        const board = document.getElementById("announce");
        if (news && board.dataset.last && board.dataset.last !== news.dataset.announce) {
            say(news.dataset.announce);
        }
        if (news) {
            board.dataset.last = news.dataset.announce;
        }
        const clock = document.querySelector("#live [data-as-of]");
        if (clock) {
            document.getElementById("as-of").textContent = clock.dataset.asOf;
        }
        refreshAll();
    });
    const pause = document.getElementById("pause");
    pause?.addEventListener("click", () => {
        paused = !paused;
        pause.setAttribute("aria-pressed", String(paused));
        document.querySelector(".live-state").classList.toggle("paused", paused);
    });

    // Charts: drawn from the table that is on the page. A figure names its table; the head cells of
    // the table say how each column is drawn.
    const charts = [];
    const color = (name) => {
        const probe = document.createElement("i");
        probe.className = name;
        probe.hidden = true;
        document.body.append(probe);
        const found = getComputedStyle(probe).color;
        probe.remove();
        return found;
    };
    // The table may be sorted by any column; a chart goes by time.
    const inTime = (table) => [...table.tBodies[0].rows]
        .sort((a, b) => Number(a.cells[0].dataset.value) - Number(b.cells[0].dataset.value));
    const read = (table, columns) => {
        const rows = inTime(table);
        const value = (cell) => cell.dataset.value === "" ? null : Number(cell.dataset.value);
        return [
            rows.map((row) => Number(row.cells[0].dataset.value)),
            ...columns.map((column) => rows.map((row) => value(row.cells[column.index]))),
        ];
    };
    const columnsOf = (table) => [...table.tHead.rows[0].cells]
        .map((cell, index) => ({ index, label: cell.textContent.trim(), ...cell.dataset }))
        .filter((column) => column.series);
    const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

    const options = (chart, columns) => {
        const axis = { stroke: color("key-axis"), font: "12px system-ui", ticks: { show: false } };
        const grid = { stroke: color("key-line"), width: 1 };
        const hour = chart.table.dataset.step === "hour";
        const time = new Intl.DateTimeFormat("en-GB", hour
            ? { hour: "2-digit", minute: "2-digit", timeZone: chart.zone }
            : { day: "numeric", month: "short", timeZone: chart.zone });
        const second = columns.some((column) => column.axis === "money");
        return {
            width: chart.figure.clientWidth - 24,
            height: 208,
            padding: [12, 8, 0, 0],
            legend: { show: false },
            cursor: { points: { size: 6 }, y: false, drag: { setScale: false } },
            scales: {
                x: { time: true, range: (_, min, max) => {
                    const half = hour ? 1800 : 43200;
                    return [min - half, max + half];
                } },
                count: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] },
                money: { range: (_, min, max) => [Math.min(0, min * 1.1), Math.max(1, max * 1.1)] },
            },
            axes: [
                { ...axis, grid: { show: false }, size: 24, values: (_, ticks) => ticks.map((t) => time.format(t * 1000)) },
                { ...axis, scale: "count", grid, size: 44, values: (_, ticks) => ticks.map((t) => short.format(t)) },
                { ...axis, scale: "money", side: 1, show: second, grid: { show: false }, size: 52, values: (_, ticks) => ticks.map((t) => short.format(t)) },
            ],
            series: [
                {},
                ...columns.map((column, i) => {
                    const stroke = color("key-" + (i + 1));
                    return column.series === "bars"
                        ? { label: column.label, scale: column.axis, stroke, fill: stroke, width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.62, 36], radius: 0.12 }) }
                        : { label: column.label, scale: column.axis, stroke, width: 2, points: { size: 5, fill: stroke }, spanGaps: true };
                }),
            ],
            tzDate: (t) => uPlot.tzDate(new Date(t * 1000), chart.zone),
            hooks: { setCursor: [(plot) => note(chart, plot.cursor.idx)] },
        };
    };
    // What the pointer is on, in words: the table's own texts.
    const note = (chart, index) => {
        if (index == null) {
            chart.note.textContent = "";
            return;
        }
        const row = inTime(chart.table)[index];
        chart.note.textContent = !row ? "" : [...row.cells]
            .map((cell, i) => (i === 0 ? "" : chart.table.tHead.rows[0].cells[i].textContent.trim() + " ") + cell.textContent.trim())
            .join(" · ");
    };
    const draw = (chart) => {
        chart.plot?.destroy();
        chart.table = document.getElementById(chart.figure.dataset.chart);
        if (!chart.table || chart.table.tBodies[0].rows.length < 2) {
            chart.figure.hidden = true;
            return;
        }
        chart.figure.hidden = false;
        const columns = columnsOf(chart.table);
        chart.columns = columns;
        chart.plot = new uPlot(options(chart, columns), read(chart.table, columns), chart.box);
    };
    // Where the chart shows it, the table steps back behind its summary.
    const stepBack = (figure) => {
        const table = figure.parentElement.querySelector("details[data-close]");
        if (table && !figure.hidden) {
            table.open = false;
        }
    };
    const redrawAll = () => charts.forEach(draw);
    const refreshAll = () => charts.forEach((chart) => {
        const table = document.getElementById(chart.figure.dataset.chart);
        if (!chart.plot || !table) {
            draw(chart);
            return;
        }
        chart.table = table;
        chart.plot.setData(read(table, chart.columns));
    });
    const start = (figure) => {
        const box = document.createElement("div");
        box.setAttribute("aria-hidden", "true");
        const words = document.createElement("p");
        words.className = "chart-note";
        figure.append(box, words);
        const chart = { figure, box, note: words, zone: figure.dataset.zone };
        charts.push(chart);
        draw(chart);
        stepBack(figure);
        new ResizeObserver(() => {
            const width = figure.clientWidth - 24;
            if (chart.plot && width > 0 && Math.abs(chart.plot.width - width) > 1) {
                chart.plot.setSize({ width, height: 208 });
            }
        }).observe(figure);
    };
    if (window.uPlot) {
        document.querySelectorAll("figure[data-chart]").forEach(start);
    }
})();
