import { singleKeysAreOn } from "./shortcuts.js";

// The appearance form works without this; with it, the choice takes effect without loading the page again.
document.addEventListener("submit", async (event) => {
    const form = event.target;
    const choice = event.submitter?.value;
    if (form.id !== "appearance-form" || !choice) {
        return;
    }

    event.preventDefault();
    document.documentElement.dataset.theme = choice;
    document.getElementById("account-menu")?.hidePopover();
    await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
});

document.addEventListener("click", async (event) => {
    const action = event.target.closest?.("[data-connection]")?.dataset.connection;
    if (action === "reload") {
        location.reload();
    } else if (action === "retry" && !(await Blazor.reconnect())) {
        location.reload();
    }
});

// A link in a menu leads away from it.
document.addEventListener("click", (event) => event.target.closest?.("[popover] a")?.closest("[popover]").hidePopover());

// Single keys: "/" goes to the search of the list, "?" opens the list of shortcuts. Not while somebody types, nor behind a dialog.
document.addEventListener("keydown", (event) => {
    if ((event.key !== "/" && event.key !== "?") || event.ctrlKey || event.metaKey || event.altKey || !singleKeysAreOn()) {
        return;
    }

    const target = event.target;
    if (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName) || document.querySelector("[role=dialog]")) {
        return;
    }

    if (event.key === "?") {
        event.preventDefault();
        document.querySelector("[data-opens-shortcuts]")?.click();
        return;
    }

    const search = document.querySelector("[data-list-search]");
    if (search) {
        event.preventDefault();
        search.focus();
    }
});

// Ctrl+K opens the search over everything, also while somebody types; not behind a dialog.
document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) {
        return;
    }

    const opener = document.querySelector("[data-opens-search]");
    if (opener) {
        event.preventDefault();
        if (!document.querySelector("[role=dialog]")) {
            opener.click();
        }
    }
});

// Arrow keys that choose among results leave the cursor in the text where it is.
document.addEventListener("keydown", (event) => {
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.matches?.("[data-moves-by-arrows]")) {
        event.preventDefault();
    }
});

// A dialog listens and takes the focus a moment after it is there. An Escape key that comes before belongs to it already, and not
// to what has the focus still: it is handed on at once, and again when the dialog takes the focus.
document.addEventListener(
    "keydown",
    (event) => {
        const dialog = [...document.querySelectorAll(".mud-dialog")].at(-1);
        if (event.key !== "Escape" || !dialog || dialog.contains(event.target) || event.target.closest(".mud-popover")) {
            return;
        }

        event.stopPropagation();
        const handOn = () => dialog.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true }));
        dialog.addEventListener("focusin", handOn, { once: true });
        handOn();
    },
    true,
);
