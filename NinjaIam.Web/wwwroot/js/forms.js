export function focusFirstWrong(form) {
    form?.querySelector('[aria-invalid="true"]')?.focus();
}

const guard = (event) => event.preventDefault();
let guards = 0;

// Several parts of a page may have something to lose; the last one that has not lets go.
export function guardLeaving(guarded) {
    guards += guarded ? 1 : -1;
    window.removeEventListener("beforeunload", guard);
    if (guards > 0) {
        window.addEventListener("beforeunload", guard);
    }
}
