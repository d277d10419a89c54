const item = "[role=radio], [role=tab]";

// Arrow keys move the focus to the nearest item in that direction, in however many rows they stand.
export function moveByArrows(group) {
    group.addEventListener("keydown", (event) => {
        const from = event.target.closest(item);
        if (!from || !event.key.startsWith("Arrow")) {
            return;
        }

        event.preventDefault();
        const all = [...group.querySelectorAll(item)];
        const to = event.key === "ArrowRight" ? all[all.indexOf(from) + 1]
            : event.key === "ArrowLeft" ? all[all.indexOf(from) - 1]
            : nearest(from, all, event.key === "ArrowDown" ? 1 : -1);
        if (to) {
            all.forEach((other) => (other.tabIndex = other === to ? 0 : -1));
            to.focus();
        }
    });
}

function nearest(from, all, direction) {
    const start = from.getBoundingClientRect();
    const inColumn = all
        .map((other) => ({ other, place: other.getBoundingClientRect() }))
        .filter(({ place }) => Math.abs(place.left - start.left) < 2 && (place.top - start.top) * direction > 0);
    inColumn.sort((one, other) => (one.place.top - other.place.top) * direction);
    return inColumn[0]?.other;
}
