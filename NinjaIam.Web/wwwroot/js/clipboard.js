// Answers whether the text really is in the clipboard.
export async function copy(text) {
    if (window.isSecureContext && navigator.clipboard) {
        try {
            await navigator.clipboard.writeText(text);
            return true;
        } catch {
            // Refused by the browser; the older way below may still be allowed.
        }
    }

    const before = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.style.position = "fixed";
    area.style.opacity = "0";
    // Inside an open dialog the focus is held there, so the area has to be there too.
    (before?.closest("[role=dialog], dialog, [popover]") ?? document.body).appendChild(area);
    try {
        area.focus();
        area.select();
        return document.execCommand("copy");
    } catch {
        return false;
    } finally {
        area.remove();
        before?.focus();
    }
}

export function select(element) {
    element.focus();
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
}
