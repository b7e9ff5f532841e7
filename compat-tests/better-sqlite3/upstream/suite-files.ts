/*
 * Stands for the suite's files: durable.ts puts in its place what runs them, by their names, and
 * chai's `expect`.
 */
export const FILES: Readonly<Record<string, () => void>> = {};
export const expect: unknown = null;
