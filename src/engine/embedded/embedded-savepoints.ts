import { foldName } from "../../sql/fold-name.ts";
/** The savepoints that a program has open on its connection, outermost first. */
export class SavepointStack {
  #names: string[] = [];
  #began = false;

  /** A transaction begins, or ended. */
  begin(bySavepoint: boolean): void {
    this.#names = [];
    this.#began = bySavepoint;
  }

  push(name: string): void {
    this.#names.push(foldName(name));
  }

  /** Whether RELEASE of that savepoint commits: it began the transaction. */
  commits(name: string): boolean {
    return this.#began && this.#placeOf(name) === 0;
  }

  release(name: string): void {
    const place = this.#placeOf(name);
    if (place >= 0) this.#names.length = place;
  }

  /** The savepoint itself stays. */
  rollbackTo(name: string): void {
    const place = this.#placeOf(name);
    if (place >= 0) this.#names.length = place + 1;
  }

  /** The newest one of that name. */
  #placeOf(name: string): number {
    return this.#names.lastIndexOf(foldName(name));
  }
}
