// SPDX-License-Identifier: Apache-2.0
// The body of a function: what is wrong with the page as it stands, for somebody with a small screen, a keyboard, a screen reader or
// weak eyes. One sentence each; an empty list is a good page.
"use strict";

const complaints = [];
const say = (what, element) => complaints.push(element ? `${what}: ${show(element)}` : what);
const show = (element) => {
    const text = (element.innerText ?? element.value ?? "").replace(/\s+/g, " ").trim().slice(0, 40);
    const mark = element.id ? "#" + element.id : typeof element.className === "string" && element.className
        ? "." + element.className.trim().replace(/\s+/g, ".") : "";
    return `<${element.tagName.toLowerCase()}${mark}> ${text}`.trim();
};
const all = (css) => [...document.querySelectorAll(css)];
const isShown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

// Structure
if (!document.documentElement.lang) say("the page does not say its language");
if (!tidy(document.title)) say("the page has no title");
const headings = all("h1, h2, h3, h4, h5, h6").filter(isShown);
if (headings.filter((one) => one.tagName === "H1").length !== 1) say("there is not exactly one h1");
if (!all("main").length) say("there is no main");
headings.reduce((before, heading) => {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) say(`a heading of level ${level} follows one of level ${before}`, heading);
    if (!tidy(heading.textContent)) say("an empty heading", heading);
    return level;
}, 0);
const ids = new Map();
for (const element of all("[id]")) {
    if (ids.has(element.id)) say("an id is there twice", element);
    ids.set(element.id, element);
}
for (const label of all("label[for]")) if (!ids.has(label.htmlFor)) say("a label of nothing", label);
for (const table of all("table").filter(isShown)) {
    if (!table.caption && !table.querySelector("th[scope]")) say("a table without a caption or scopes", table);
}

// Width: nothing sticks out to the side, except inside a box that scrolls.
const width = window.innerWidth;
if (document.documentElement.scrollWidth > width) {
    const scrolls = (element) => {
        for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
            if (getComputedStyle(box).overflowX !== "visible") return true;
        }
        return false;
    };
    const out = all("body *").filter((one) => one.getBoundingClientRect().right > width + 1 && !scrolls(one));
    say(`the page is ${document.documentElement.scrollWidth} wide in a window of ${width}`, out.at(-1) ?? document.body);
}

// Names
const named = (element) => {
    const by = element.getAttribute("aria-labelledby");
    return tidy(by && by.split(/\s+/).map((id) => ids.get(id)?.textContent).join(" ")) ||
        tidy(element.getAttribute("aria-label")) ||
        tidy(element.labels && [...element.labels].map((one) => one.textContent).join(" ")) ||
        (element.matches("input[type=submit], input[type=button]") && tidy(element.value)) ||
        (element.matches("a, button, summary, [role=button], [role=tab]") && (tidy(element.textContent) ||
            tidy([...element.querySelectorAll("img[alt], svg[aria-label]")]
                .map((one) => one.alt ?? one.getAttribute("aria-label")).join(" ")))) ||
        (element.matches("iframe, a, button") && tidy(element.title));
};
const controls = all("a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [role=button], [tabindex]")
    .filter(isShown);
for (const control of controls) {
    if (!named(control) && !control.matches("[tabindex]:not(a, button, input, select, textarea)")) {
        say("nothing says what this is", control);
    }
}
for (const image of all("img").filter(isShown)) if (!image.hasAttribute("alt")) say("an image without a text", image);
for (const drawing of all("svg").filter(isShown)) {
    if (!drawing.closest("[aria-hidden=true]") && !named(drawing)) say("a drawing without a text", drawing);
}

// Keyboard
for (const control of controls) {
    if (control.tabIndex > 0) say("the focus jumps here out of order", control);
    const isOff = control.disabled || control.matches("iframe") || control.closest("[inert]");
    if (!isOff && control.tabIndex < 0) say("the keyboard does not reach this", control);
}

// Contrast: text against what is painted behind it, as WCAG 2.2 computes it (1.4.3: 4.5, and 3 for large text).
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const parsed = new Map();
const color = (text) => {
    if (!parsed.has(text)) {
        const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
        if (parts) {
            parsed.set(text, [Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4] === undefined ? 1 : Number(parts[4])]);
        } else {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = text;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            parsed.set(text, [r, g, b, a / 255]);
        }
    }
    return parsed.get(text);
};
const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);
const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
// What is painted behind an element, and how much of it is seen through: asked for once, because all of a table's cells share it.
const grounds = new Map();
const base = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
const ground = (element) => {
    if (!element) return { back: base, opacity: 1 };
    if (!grounds.has(element)) {
        const below = ground(element.parentElement);
        const style = getComputedStyle(element);
        const own = color(style.backgroundColor);
        grounds.set(element, {
            back: own[3] > 0 ? over(own, below.back) : below.back, opacity: below.opacity * Number(style.opacity),
        });
    }
    return grounds.get(element);
};
const seen = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!tidy(walker.currentNode.data) || seen.has(element)) continue;
    seen.add(element);
    if (!isShown(element) || element.closest("script, style, title, option, noscript, :disabled, .hidden, .skip:not(:focus)")) continue;
    const style = getComputedStyle(element);
    const { back, opacity } = ground(element);
    let front = color(element.closest("svg") ? style.fill : style.color);
    front = over([front[0], front[1], front[2], front[3] * opacity], back);
    const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) say(`text hardly stands out (${ratio.toFixed(2)})`, element);
}
return complaints;
