import { DosqlError } from "../../base/errors.ts";
import type { Files } from "../../ports/files.ts";
import { JsoncSettings } from "./init-jsonc.ts";
import type { Settings } from "./init-settings.ts";
import { TomlSettings } from "./init-toml.ts";

/** In wrangler's own order of preference. */
const NAMES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];

/**
 * The settings to change: the file named, or wrangler's in this folder.
 *
 * @throws DosqlError `bad-file` when there is none or it cannot be read
 */
export function openSettings(
  files: Files,
  named: string | undefined,
): { readonly path: string; readonly settings: Settings } {
  const path = named ?? NAMES.find((name) => files.info(name) !== null);
  if (path === undefined) {
    throw new DosqlError("bad-file", "there are no wrangler settings in this folder", {
      hint: `it is one of ${NAMES.join(", ")}; name another file by --config`,
    });
  }
  const text = files.readText(path);
  if (text === null) throw new DosqlError("bad-file", `${path} does not exist`);
  const settings = path.endsWith(".toml")
    ? new TomlSettings(path, text)
    : new JsoncSettings(path, text);
  return { path, settings };
}
