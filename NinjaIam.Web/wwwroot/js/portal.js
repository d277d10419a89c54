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

// "/" goes to the search of the list, unless somebody is typing.
document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) {
        return;
    }

    const target = event.target;
    if (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) {
        return;
    }

    const search = document.querySelector("[data-list-search] input, input[data-list-search]");
    if (search) {
        event.preventDefault();
        search.focus();
    }
});
