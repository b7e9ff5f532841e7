import { DosqlError } from "../../base/errors.ts";
import type { ErrorCode } from "../../base/errors.ts";
import type {
  RemoteCursor,
  RemoteRoot,
  RemoteSession,
  RemoteSubscription,
} from "../api/remote-api.ts";

type RemoteObject = RemoteRoot | RemoteSession | RemoteCursor | RemoteSubscription;

/** An object that is elsewhere. */
export type Stub<Type> = { readonly [Name in keyof Type]: Call<Type[Name]> } & Disposable;

type Call<Method> = Method extends (...args: infer Arguments) => infer Result
  ? (...args: Arguments) => Pending<Awaited<Result>>
  : never;

/** What a call gives back at once: a promise, on which methods of an object can be called. */
export type Pending<Type> = Type extends RemoteObject
  ? Stub<Type> & PromiseLike<Stub<Type>>
  : PromiseLike<Type>;

/** An error that came over the wire as one of ours; what is ours already stays as it is. */
export function receivedError(error: unknown): DosqlError {
  if (error instanceof DosqlError) return error;
  const {
    code = "protocol",
    message = String(error),
    ...details
  } = error as {
    readonly code?: ErrorCode;
    readonly message?: string;
  };
  return new DosqlError(code, message, details);
}
