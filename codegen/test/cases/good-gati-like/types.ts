export interface HandlerManifest {
  handlerId: string;
  version: string;
  method: string | string[];
  gtypes: { request: string; params?: string };
  policies: { rateLimit?: { limit: number } };
  createdAt: number;
}

export interface HookManifest {
  handlerId: string;
  hooks: { id: string; level: "global" | "route"; config: Record<string, unknown> }[];
}
