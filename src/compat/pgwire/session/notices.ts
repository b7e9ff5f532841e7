import type { ErrorReport } from "../errors.ts";
import type { Output } from "../output.ts";
import { MESSAGE_LEVELS } from "../settings/rules.ts";
import type { Settings } from "../settings/settings.ts";

/** Sends notices and warnings that the client did not ask to be spared. */
export class NoticeSender {
  readonly #output: Output;
  readonly #settings: Settings;

  constructor(output: Output, settings: Settings) {
    this.#output = output;
    this.#settings = settings;
  }

  send(report: ErrorReport): void {
    const levels: readonly string[] = MESSAGE_LEVELS;
    const least = levels.indexOf(this.#settings.get("client_min_messages"));
    if (levels.indexOf(report.severity.toLowerCase()) >= least) this.#output.report(report);
  }
}
