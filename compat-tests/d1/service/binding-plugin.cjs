/*
 * Tells Miniflare of bindings that production makes of a service binding with
 * `binding_interface: "d1"`: the runtime's own D1 module over a service of ours.
 */
const mine = (options) =>
  Object.entries(options.config.env ?? {}).filter(([, binding]) => {
    return binding.dev?.plugin?.name === "dosql-binding";
  });

exports.plugins = {
  "dosql-binding": {
    getBindings: (options) =>
      mine(options).map(([name, { dev }]) => ({
        name,
        wrapped: {
          moduleName: "cloudflare-internal:d1-api",
          innerBindings: [
            {
              name: "fetcher",
              service: {
                name: `core:user:${dev.options.service}`,
                entrypoint: "DoSQLD1",
                props: { json: JSON.stringify(dev.options.props) },
              },
            },
          ],
        },
      })),
    getNodeBindings: () => ({}),
    getServices: () => [],
  },
};
