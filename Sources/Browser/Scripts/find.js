// SPDX-License-Identifier: Apache-2.0
// The body of a function (kind, text): the element that a test means, or null.
"use strict";

const [kind, text] = arguments;
if (kind === "css") return document.querySelector(text);

const tidy = (words) => (words ?? "").replace(/\s+/g, " ").trim();
const isShown = (element) => element.checkVisibility?.() ?? true;
const texts = (ids) => tidy(ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));

// A short form of how browsers compute accessible names: enough for our own pages.
const name = (element) =>
    (element.hasAttribute("aria-labelledby") && texts(element.getAttribute("aria-labelledby"))) ||
    tidy(element.getAttribute("aria-label")) ||
    (element.labels?.length && tidy([...element.labels].map((one) => words(one)).join(" "))) ||
    (/^(submit|button|reset)$/.test(element.type) && element.tagName === "INPUT" && tidy(element.value)) ||
    tidy(element.textContent) || tidy(element.title) || tidy(element.placeholder);

// A label's own words, without those of the field or the hint inside it.
const words = (label) => {
    const copy = label.cloneNode(true);
    copy.querySelectorAll("select, textarea, input, button, .hint, .error").forEach((one) => one.remove());
    return copy.textContent;
};

const controls = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [tabindex]")];
const wanted = tidy(text);
const byName = controls.map((element) => ({ element, name: name(element), shown: isShown(element) }));
const best =
    byName.find((one) => one.shown && one.name === wanted) ??
    byName.find((one) => one.shown && one.name.includes(wanted)) ??
    byName.find((one) => one.name === wanted);
return best?.element ?? null;
