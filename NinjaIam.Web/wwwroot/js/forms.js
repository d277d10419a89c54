export function focusFirstWrong(form) {
    form?.querySelector('[aria-invalid="true"]')?.focus();
}

const guard = (event) => event.preventDefault();

export function guardLeaving(guarded) {
    window.removeEventListener("beforeunload", guard);
    if (guarded) {
        window.addEventListener("beforeunload", guard);
    }
}
