// SPDX-License-Identifier: Apache-2.0
// LinkedIn's plugin calls this when the administrator has confirmed something: the dashboard is told in the background, so that the
// administrator can go on in the plugin. What goes wrong is shown by sending the form as an ordinary one.
"use strict";

window.crosswalkIntegrated = async (integrations) => {
    const form = document.getElementById("integrated");
    form.elements.integrations.value = JSON.stringify(integrations ?? []);
    try {
        const body = new URLSearchParams(new FormData(form));
        const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
        // A redirect is what the form is answered when all is well; scripts may not see where it leads.
        if (answer.type === "opaqueredirect") {
            document.getElementById("told").hidden = false;
            return;
        }
    } catch {
        // The connection broke: the browser says so better than we could.
    }
    form.requestSubmit();
};
