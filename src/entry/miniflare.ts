/**
 * `dosql/miniflare`: lets `wrangler dev` bind the service of a DoSQL Worker as a D1 database.
 * Wrangler loads it by what `dosql init --d1-binding` writes into its settings.
 *
 * @module
 */
import { DosqlError } from "../base/errors.ts";

/** What wrangler's settings say of a binding, as far as it is read here. */
export interface PluginBinding {
  readonly dev?: {
    readonly plugin?: { readonly name: string };
    readonly options?: {
      /** The name of the Worker that exports the entrypoint. */
      readonly service?: string;
      readonly entrypoint?: string;
      readonly props?: unknown;
    };
  };
}

/** The options of one Worker, as far as they are read here. */
export interface PluginOptions {
  readonly config: { readonly env?: Readonly<Record<string, PluginBinding>> };
}

/** A binding in workerd's own configuration: one module that wraps another binding. */
export interface WrappedBinding {
  readonly name: string;
  readonly wrapped: {
    readonly moduleName: string;
    readonly innerBindings: readonly {
      readonly name: string;
      readonly service: {
        readonly name: string;
        readonly entrypoint: string;
        readonly props?: { readonly json: string };
      };
    }[];
  };
}

/** A plugin, as Miniflare wants it. */
export interface MiniflarePlugin {
  readonly bindingTypeDescription: string;
  getBindings(options: PluginOptions): WrappedBinding[];
  getNodeBindings(): Record<string, never>;
  getServices(): never[];
}

const NAME = "dosql-d1";
/** The module in workerd that is a D1 binding. */
const D1_MODULE = "cloudflare-internal:d1-api";
/** How Miniflare calls the service of a Worker. */
const USER_SERVICE = "core:user:";

const d1Plugin: MiniflarePlugin = {
  bindingTypeDescription: "D1 database (DoSQL)",

  getBindings({ config }) {
    const bindings = Object.entries(config.env ?? {});
    return bindings
      .filter(([, binding]) => binding.dev?.plugin?.name === NAME)
      .map(([name, binding]) => wrap(name, binding));
  },

  // Miniflare's proxies for Node wrap what has a class of theirs; this has none.
  getNodeBindings: () => ({}),

  getServices: () => [],
};

function wrap(name: string, { dev }: PluginBinding): WrappedBinding {
  const { service, entrypoint = "DoSQLD1", props } = dev?.options ?? {};
  if (service === undefined) {
    throw new DosqlError("invalid-argument", `the binding ${name} names no service`, {
      hint: `wrangler's settings say it: "dev": { "options": { "service": "dosql" } }`,
    });
  }
  const given = props === undefined ? {} : { props: { json: JSON.stringify(props) } };
  return {
    name,
    wrapped: {
      moduleName: D1_MODULE,
      innerBindings: [
        { name: "fetcher", service: { name: USER_SERVICE + service, entrypoint, ...given } },
      ],
    },
  };
}

/** Plugins by the names that settings call them. */
export const plugins: Readonly<Record<string, MiniflarePlugin>> = { [NAME]: d1Plugin };
