import type { Unit } from "../measure/contender.js";

/** Each a thousand of the one before. */
const NAMES: Readonly<Record<Unit, readonly string[]>> = {
  time: ["µs", "ms", "s"],
  size: ["B", "kB", "MB", "GB"],
};

/** Microseconds or bytes in three digits, with the name of the unit that suits them. */
export function quantity(value: number, unit: Unit): string {
  const names = NAMES[unit];
  let scaled = value;
  let step = 0;
  while (scaled >= 999.5 && step < names.length - 1) {
    scaled /= 1000;
    step++;
  }
  const digits = scaled >= 99.95 ? scaled.toFixed(0) : scaled.toPrecision(3);
  return `${unit === "size" && step === 0 ? scaled.toFixed(0) : digits} ${names[step]}`;
}
