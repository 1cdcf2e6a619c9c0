import {
  asc,
  count,
  defineSchema,
  desc,
  entity,
  from,
  get,
  list,
  optional,
  remove,
  store,
  to,
} from "@gati-framework/storage-codegen";

import type { Maintainer, Manifest, Package, Release, Tag } from "./package.js";

/** A package registry: keys of up to six parts, unique slugs and hashes, and every way to narrow a list. */
export default defineSchema({
  name: "registry",
  contract: "Registry",
  stats: "RegistryStats",
  module: "registry",
  entities: {
    /** Packages, by scope and name. */
    listing: entity<Package>({
      key: ["scope", "name"],
      order: [desc("downloads"), asc("name")],
      unique: [["slug"]],
      count: "listingCount",
      methods: {
        publish: store({ param: "item" }),
        find: get({ scope: "scope", name: "name" }, { miss: null }),
        findBySlug: get({ slug: "slug" }),
        top: list({ atLeast: from("downloads"), below: to("downloads") }, { limit: true }),
        browse: list({ deprecated: optional("deprecated"), scope: optional("scope") }, { pages: true }),
        countPackages: count({ scope: optional("scope"), atLeast: from("downloads") }),
        unpublish: remove({ scope: "scope", name: "name" }),
      },
    }),
    /** Releases, by package and the parts of their version. */
    release: entity<Release<Manifest>>({
      key: ["scope", "name", "major", "minor", "patch", "prerelease"],
      order: [asc("publishedMs")],
      unique: [["integrity"], ["scope", "name", "publishedMs"]],
      count: "releaseCount",
      methods: {
        release: store({ param: "item" }),
        findRelease: get({
          scope: "scope",
          name: "name",
          major: "major",
          minor: "minor",
          patch: "patch",
          prerelease: "prerelease",
        }),
        findByIntegrity: get({ integrity: "integrity" }, { miss: null }),
        releasesOf: list({ scope: "scope", name: "name" }),
        latestReleases: list(
          { scope: "scope", name: "name", channel: optional("channel"), since: from("publishedMs") },
          { direction: "desc", pages: true },
        ),
        countReleases: count({
          scope: "scope",
          name: "name",
          channel: optional("channel"),
          since: from("publishedMs"),
          until: to("publishedMs"),
        }),
        withdraw: remove({
          scope: "scope",
          name: "name",
          major: "major",
          minor: "minor",
          patch: "patch",
          prerelease: "prerelease",
        }),
        withdrawMajor: remove({ scope: "scope", name: "name", major: "major" }),
        withdrawAll: remove({ scope: "scope", name: "name" }),
      },
    }),
    /** Maintainers, by package and person. */
    maintainer: entity<Maintainer>({
      key: ["scope", "name", "person"],
      count: "maintainerCount",
      methods: {
        addMaintainer: store({ param: "maintainer" }),
        maintainersOf: list({ scope: "scope", name: "name" }, { direction: "desc", limit: true }),
        packagesOf: list({ person: "person" }, { pages: true }),
        countPackagesOf: count({ person: "person" }),
        removeMaintainer: remove({ scope: "scope", name: "name", person: "person" }),
      },
    }),
    /** Tags, by word and package. */
    tag: entity<Tag>({
      key: ["word", "scope", "name"],
      order: [desc("sortedAs"), asc("curated"), asc("word")],
      unique: [["scope", "name", "sortedAs"]],
      count: "tagCount",
      methods: {
        addTag: store(),
        tagsOf: list({ scope: "scope", name: "name" }),
        tags: list(
          { curated: optional("curated"), from: from("sortedAs"), to: to("sortedAs") },
          { direction: "desc", limit: true },
        ),
        tagsFrom: list({ first: from("sortedAs") }, { pages: true }),
        countTags: count({ curated: optional("curated"), word: optional("word"), to: to("sortedAs") }),
        removeTags: remove({ word: "word" }),
      },
    }),
  },
});
