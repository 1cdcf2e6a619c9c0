/** A range of versions, or a tag, by the name of what is depended on. */
export type Dependencies = Readonly<Record<string, string>>;

/** What everybody publishes under a name. */
export interface Package {
  scope: string;
  name: string;
  /** Part of its address: no two packages share one. Absent until the package is listed. */
  slug?: string;
  owner: Person;
  downloads?: number;
  keywords: string[];
  deprecated: boolean;
  readme?: Section;
}

export interface Person {
  id: string;
  email?: string;
}

/** A part of a text, which may have parts of its own. */
export interface Section {
  title: string;
  text: string | null;
  parts: Section[];
}

/** One published version of a package. */
export interface Release<Contents> {
  scope: string;
  name: string;
  major: number;
  minor: number;
  patch: number;
  prerelease: boolean;
  publishedAt: Date;
  /** Milliseconds since 1970, as `publishedAt`. */
  publishedMs: number;
  /** What the archive hashes to: no two releases share one. */
  integrity: string;
  channel?: "stable" | "beta" | "nightly";
  archive: Uint8Array;
  manifest: Contents;
}

export type Manifest =
  | { kind: "library"; dependencies: Dependencies; exports: Map<string, string> }
  | { kind: "tool"; dependencies: Dependencies; bin: string; platforms: Set<string> };

/** Who may publish a package. */
export type Maintainer = {
  scope: string;
  name: string;
  person: string;
  since?: number;
};

/** A word by which people find a package. */
export interface Tag {
  word: string;
  scope: string;
  name: string;
  /** What the word is sorted as; absent for one that is not shown. */
  sortedAs?: string;
  curated: boolean;
}
