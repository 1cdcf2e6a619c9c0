const define = Object.defineProperty;

/** Sets an own property, whatever prototypes hold under that name: `__proto__`, a setter, a frozen method (rule S18). */
export function defineOwn(object: object, key: string, value: unknown): void {
  define(object, key, { value, writable: true, enumerable: true, configurable: true });
}
