// SPDX-License-Identifier: Apache-2.0
// Inside a widget's frame: tells the page around it how tall the widget is and what a person did in it, and nobody else.
"use strict";

(() => {
    const widget = document.querySelector("[data-around]");
    if (!widget || window.parent === window) return;
    const tell = (message) => window.parent.postMessage(message, widget.dataset.around);

    new ResizeObserver(() => tell({ kind: "size", value: document.documentElement.offsetHeight })).observe(document.body);

    // Recruiter itself is not shown inside other pages.
    for (const link of document.querySelectorAll('a[href^="/talent"]')) {
        link.target = "_blank";
        link.rel = "noopener";
    }

    // Once: what is loaded again has not happened again.
    if (widget.dataset.call) {
        tell({ kind: "call", name: widget.dataset.call, value: JSON.parse(widget.dataset.value) });
        const url = new URL(location.href);
        url.searchParams.delete("news");
        history.replaceState(null, "", url);
    }
})();
