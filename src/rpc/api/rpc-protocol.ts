/** The protocol's name among WebSocket subprotocols. */
export const RPC_PROTOCOL = "dosql.rpc.1";

/** The standard's code of a close by somebody who is done. */
export const CLOSE_NORMAL = 1000;

const TOKEN_PROTOCOL = "dosql.token.";

/** The token as a subprotocol: browsers can set no header. */
export function tokenProtocol(token: string): string {
  const encoded = encodeURIComponent(token);
  // The two that an address may hold and a subprotocol may not.
  return TOKEN_PROTOCOL + encoded.replaceAll("(", "%28").replaceAll(")", "%29");
}

/** The token among the subprotocols of a request; null when there is none. */
export function protocolToken(header: string): string | null {
  const offers = header.split(",").map((offer) => offer.trim());
  const offer = offers.find((one) => one.startsWith(TOKEN_PROTOCOL));
  if (offer === undefined) return null;
  try {
    return decodeURIComponent(offer.slice(TOKEN_PROTOCOL.length));
  } catch {
    return null;
  }
}
