// Arrow keys move the focus to the nearest tile in that direction, however many columns there are.
export function moveByArrows(tiles) {
    tiles.addEventListener("keydown", (event) => {
        const from = event.target.closest("[role=radio]");
        if (!from || !event.key.startsWith("Arrow")) {
            return;
        }

        event.preventDefault();
        const all = [...tiles.querySelectorAll("[role=radio]")];
        const to = event.key === "ArrowRight" ? all[all.indexOf(from) + 1]
            : event.key === "ArrowLeft" ? all[all.indexOf(from) - 1]
            : nearest(from, all, event.key === "ArrowDown" ? 1 : -1);
        if (to) {
            all.forEach((tile) => (tile.tabIndex = tile === to ? 0 : -1));
            to.focus();
        }
    });
}

function nearest(from, all, direction) {
    const start = from.getBoundingClientRect();
    const inColumn = all
        .map((tile) => ({ tile, place: tile.getBoundingClientRect() }))
        .filter(({ place }) => Math.abs(place.left - start.left) < 2 && (place.top - start.top) * direction > 0);
    inColumn.sort((one, other) => (one.place.top - other.place.top) * direction);
    return inColumn[0]?.tile;
}
