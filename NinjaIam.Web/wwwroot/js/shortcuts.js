// Kept per browser: whether single keys are in the way depends on how somebody types there.
const setting = "ninjaiam-single-keys";

export const singleKeysAreOn = () => localStorage.getItem(setting) !== "off";

export const turnSingleKeys = (on) => localStorage.setItem(setting, on ? "on" : "off");
