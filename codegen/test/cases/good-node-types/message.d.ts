/** What a package declares: only what Node calls a buffer tells how a body is kept. */
export interface Message<Body = Buffer> {
  id: string;
  kept: Body extends Uint8Array ? "bytes" : "text";
  sent: Sent;
}

type Sent = import("./sent").Sent;
