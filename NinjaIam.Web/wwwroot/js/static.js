import * as passkeys from "./passkeys.js";

// Comfort for the plain pages. Without it they work as well.
for (const button of document.querySelectorAll("[data-shows]")) {
    const input = document.getElementById(button.dataset.shows);
    const showText = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
        const shown = input.type === "password";
        input.type = shown ? "text" : "password";
        button.textContent = shown ? button.dataset.hideText : showText;
        button.setAttribute("aria-pressed", String(shown));
    });
    // The browser remembers what was typed by the type of the field.
    input.form?.addEventListener("submit", () => (input.type = "password"));
}

for (const text of document.querySelectorAll("[data-countdown]")) {
    const end = Date.now() + Number(text.dataset.countdown) * 1000;
    const timer = setInterval(() => {
        const left = Math.ceil((end - Date.now()) / 1000);
        if (left <= 0) {
            clearInterval(timer);
            text.textContent = text.dataset.countdownOver;
        } else {
            text.textContent = left === 1 ? text.dataset.countdownOne : text.dataset.countdownText.replace("{0}", left);
        }
    }, 250);
}

// The browser asks for the passkey; the form then brings its answer to the page like any other field.
for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = !passkeys.areThere();
    form.addEventListener("submit", async (event) => {
        const answer = form.elements.namedItem("passkey");
        if (answer.value) {
            return;
        }

        event.preventDefault();
        if (form.ariaBusy === "true") {
            return;
        }

        form.ariaBusy = "true";
        const asked = await passkeys.get(form.dataset.passkey);
        form.ariaBusy = "false";
        if (asked.done) {
            answer.value = asked.answer;
            form.requestSubmit();
        } else {
            const problem = form.querySelector("[data-passkey-problem]");
            problem.textContent = asked.detail
                ?? (asked.outcome === "cancelled" ? form.dataset.passkeyCancelled : form.dataset.passkeyFailed);
        }
    });
}

document.querySelector(".notice[autofocus]")?.focus();
