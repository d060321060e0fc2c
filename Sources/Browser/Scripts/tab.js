// SPDX-License-Identifier: Apache-2.0
// The body of a function (step): "watch" begins to write down what gets the focus; "report" says what the keyboard missed, or came to
// out of the document's order.
"use strict";

if (arguments[0] === "watch") {
    document.activeElement?.blur();
    window.crosswalkFocused = [];
    addEventListener("focusin", (event) => window.crosswalkFocused.push(event.target));
    // What a live page puts in later was not there to be come to.
    window.crosswalkStops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
    // The Tab key goes through what is in a frame, too.
    return window.crosswalkStops.length + 60 * document.querySelectorAll("iframe").length;
}
const isShown = (element) => element.checkVisibility({ checkVisibilityCSS: true });
const show = (element) => `<${element.tagName.toLowerCase()}> ` +
    (element.innerText || element.getAttribute("aria-label") || element.name || "").trim().slice(0, 40);
const wanted = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => window.crosswalkStops.includes(one) && isShown(one) && !one.disabled && !one.closest("[inert]") &&
        // Of a group of radio buttons one is stopped at.
        !(one.type === "radio" && (document.querySelector(`input[type=radio][name="${CSS.escape(one.name)}"]:checked`) ??
            document.querySelector(`input[type=radio][name="${CSS.escape(one.name)}"]`)) !== one));
const complaints = [];
const reached = [...new Set(window.crosswalkFocused)].filter((one) => wanted.includes(one));
for (const one of wanted) if (!reached.includes(one)) complaints.push(`the Tab key never came to ${show(one)}`);
for (let index = 1; index < reached.length; index++) {
    if (!(reached[index - 1].compareDocumentPosition(reached[index]) & Node.DOCUMENT_POSITION_FOLLOWING)) {
        complaints.push(`the Tab key came to ${show(reached[index])} out of order`);
    }
}
return complaints;
