// The top of the list is on the screen, so the reader expects new lines there.
export function isAtTop(list) {
    return list.getBoundingClientRect().top >= 0;
}

export function toTop(list) {
    list.scrollIntoView({ block: "start" });
}
