// SPDX-License-Identifier: Apache-2.0
// The loader that an ATS puts on its page. Two lines of text in its own script tag say for whom, and what:
//
//     api_key: 78exampleid
//     extensions: HcmWidget@http://127.0.0.1:8090/rsc/extensions/profile-widget
//
// Then every <script type="IN/HcmWidget" data-…> becomes a frame, those that are added later too. The frame tells what happened in it
// by messages between the two origins, and nothing else: no code comes from them, and only functions that the page names are called.
"use strict";

(() => {
    const own = document.currentScript;
    const IN = (window.IN ??= { tags: { known: new Map() }, frames: [] });

    // What the page may use -------------------------------------------------------------------------------------------------------

    // Says how a tag is drawn: draw(node, core) returns the element to put behind it.
    IN.tags.add ??= (name, draw, core) => {
        IN.tags.known.set(name, { draw, core });
        IN.parse();
    };

    // Draws every tag that is known and was not drawn before, in the whole page or in one element.
    IN.parse ??= (root = document) => {
        for (const node of root.querySelectorAll('script[type^="IN/"]:not([data-in-drawn])')) {
            const tag = IN.tags.known.get(node.type.slice(3));
            if (!tag) continue;
            node.dataset.inDrawn = "";
            const element = tag.draw(node, tag.core);
            if (element) node.after(element);
        }
    };

    // An extension says what it is; the server makes that call for the script that asked.
    IN.extend ??= (script, extension) => {
        const core = { ...extension, home: new URL(script.src).origin, key: script.dataset.key };
        // LinkedIn's older pages name this error; UNVERIFIED for the widgets of today.
        if (core.home !== location.origin && !core.domains.includes(location.origin)) {
            IN.refuse(`${location.origin} is not among the validJsSdkDomains of ${core.key}`);
            return;
        }
        IN.tags.add(script.dataset.name, frame, core);
    };

    IN.refuse ??= (why) =>
        console.error(`You must specify a valid JavaScript API Domain as part of this key's configuration. ${why}`);

    // How a tag becomes a frame ---------------------------------------------------------------------------------------------------

    const frame = (node, core) => {
        const url = new URL(core.frame, core.home);
        url.searchParams.set("api_key", core.key);
        url.searchParams.set("origin", location.origin);
        for (const { name, value } of node.attributes) {
            if (name.startsWith("data-") && name !== "data-in-drawn") url.searchParams.set(name.slice(5), value);
        }
        const element = document.createElement("iframe");
        element.src = url.href;
        element.title = core.title;
        element.width = /^\d+$/.test(node.dataset.width ?? "") ? node.dataset.width : "100%";
        element.height = 240;
        element.style.border = "0";
        element.style.maxWidth = "100%";
        IN.frames.push({ element, node, home: core.home });
        return element;
    };

    const call = (node, name, value) => {
        const path = node.dataset[name];
        if (!path) return;
        const target = path.split(".").reduce((object, part) => object?.[part], window);
        if (typeof target === "function") target(value);
        else console.error(`data-${name} of ${node.type} names ${path}, which is no function of this page`);
    };

    if (!IN.listens) {
        IN.listens = true;
        addEventListener("message", (event) => {
            const known = IN.frames.find((one) => one.element.contentWindow === event.source && one.home === event.origin);
            if (!known || typeof event.data !== "object" || event.data === null) return;
            const { kind, name, value } = event.data;
            // A frame is as tall as what it shows, so that the page scrolls and not the frame.
            if (kind === "size" && Number.isFinite(value)) known.element.height = Math.min(20_000, Math.max(80, Math.ceil(value)));
            if (kind === "call" && /^on[a-z]+$/.test(name)) call(known.node, name, value);
        });
        new MutationObserver(() => IN.parse()).observe(document.documentElement, { childList: true, subtree: true });
    }

    // What the loader's own tag says ----------------------------------------------------------------------------------------------

    const says = Object.fromEntries(own.textContent.split("\n").map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).trim(), line.slice(colon + 1).trim().replace(/^(["'])(.*)\1$/, "$2")];
    }));
    for (const extension of (says.extensions ?? "").split(",").map((one) => one.trim()).filter(Boolean)) {
        const [name, ...rest] = extension.split("@");
        const script = document.createElement("script");
        script.src = `${rest.join("@")}?api_key=${encodeURIComponent(says.api_key ?? "")}`;
        script.dataset.name = name;
        script.dataset.key = says.api_key ?? "";
        script.onerror = () => console.error(`the extension ${extension} could not be loaded`);
        document.head.append(script);
    }
})();
