// Kept per browser: how many columns fit depends on the screen.
const setting = (list) => `ninjaiam-columns-${list}`;

export const recall = (list) => localStorage.getItem(setting(list));

export function remember(list, columns) {
    if (columns === null) {
        localStorage.removeItem(setting(list));
    } else {
        localStorage.setItem(setting(list), columns);
    }
}
