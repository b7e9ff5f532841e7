/** A method as a class would have it. */
export function method(value: (...args: never[]) => unknown, name: string): PropertyDescriptor {
  Object.defineProperties(value, { name: { value: name }, length: { value: 0 } });
  return { value, enumerable: true, configurable: true, writable: true };
}
