// SPDX-License-Identifier: Apache-2.0
// The functions that the demo page's tags name, as an ATS has them: they write down what they are told and tell the ATS.
"use strict";

const log = document.getElementById("log");
const form = document.getElementById("tell");

const write = (text) => {
    const line = document.createElement("li");
    line.textContent = text;
    log.prepend(line);
    document.getElementById("silent")?.remove();
};

const told = (callback) => async (value) => {
    write(`${callback}(${JSON.stringify(value)})`);
    if (typeof value !== "string") return;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("callback", callback);
    fields.set("person", value);
    const answer = await fetch(form.action, { method: "POST", body: fields });
    write(answer.ok ? await answer.text() : `The demo page was answered ${answer.status}; reload it.`);
};

window.demoATS = { integrated: told("onintegrate"), linked: told("onlink"), unlinked: told("onunlink") };
