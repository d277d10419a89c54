let before = null;

export function opened(drawer) {
    before = document.activeElement;
    drawer.querySelector("h2")?.focus();
}

export function closed() {
    if (before?.isConnected) {
        before.focus();
    }

    before = null;
}
