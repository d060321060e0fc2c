// SPDX-License-Identifier: Apache-2.0
// Everything works without this file. With it, an open page follows what changes on the server, asks before it
// destroys, and says what a long form field still takes.
"use strict";

(() => {
    const source = document.body.dataset.live;
    if (source && "EventSource" in window) {
        const events = new EventSource(source);
        events.addEventListener("update", (event) => {
            const end = event.data.indexOf("\n");
            const element = document.getElementById(event.data.slice(0, end));
            // What somebody types into is left alone. The server has escaped every value in it.
            if (element && !element.contains(document.activeElement)) element.innerHTML = event.data.slice(end + 1);
        });
        events.addEventListener("reload", () => location.reload());
        addEventListener("pagehide", () => events.close());
    }

    // On a narrow screen the pages lie side by side: the one that is open is brought into view.
    const side = document.querySelector(".side"), here = side?.querySelector("[aria-current]");
    if (here) {
        const [frame, link] = [side.getBoundingClientRect(), here.getBoundingClientRect()];
        side.scrollLeft += link.left - frame.left - (frame.width - link.width) / 2;
    }

    document.addEventListener("submit", (event) => {
        const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
        if (question && !confirm(question)) {
            event.preventDefault();
            return;
        }
        // A second press of the same button would send the form twice.
        if (event.target.method === "post") {
            setTimeout(() => event.target.querySelectorAll("button").forEach((one) => (one.disabled = true)));
            addEventListener("pageshow", () =>
                event.target.querySelectorAll("button").forEach((one) => (one.disabled = false)), { once: true });
        }
    });

    // Filters apply at once; without this file their button does it.
    document.querySelectorAll("form[data-auto]").forEach((form) =>
        form.addEventListener("change", () => form.requestSubmit()));

    // A text that is checked as it is written: the answer replaces the inside of the element that the form names.
    document.querySelectorAll("form[data-preview]").forEach((form) => {
        let timer, asked = 0;
        form.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(async () => {
                const number = ++asked;
                const body = new URLSearchParams(new FormData(form));
                body.set("fragment", "yes");
                try {
                    const answer = await fetch(form.dataset.previewAction, { method: "POST", body });
                    const html = await answer.text();
                    // A session that ended answers with another page, which has no place here.
                    if (number === asked && answer.ok && !answer.redirected)
                        document.getElementById(form.dataset.preview).innerHTML = html;
                } catch { /* The button checks it as well. */ }
            }, 800);
        });
    });

    document.querySelectorAll("[data-copy]").forEach((button) => {
        button.hidden = false;
        button.addEventListener("click", async () => {
            await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
            button.textContent = "Copied";
        });
    });
})();
