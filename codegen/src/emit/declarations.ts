import type {
  MethodSignatureStructure,
  OptionalKind,
  ParameterDeclarationStructure,
  PropertySignatureStructure,
  SourceFile,
} from "ts-morph";

import { Project } from "../compiler.js";
import type { CountMethodModel, EntityModel, ListMethodModel, MethodModel, Model } from "../model/model.js";
import { withArticle } from "../model/names.js";
import { methodDoc, optionDoc } from "./docs.js";
import type { ImportSet } from "./imports.js";
import type { EntityView } from "./views/entity.js";
import type { SchemaView } from "./views/schema.js";

/** How an emitted file names a document type's module: a package as it is, a file of the project relative to itself. */
export type ResolveTypeModule = (module: string, file: boolean) => string;

/** `contract.ts`: the interface, the stats, the module, and the document types under the names that emitted code uses. */
export function emitContract(
  view: SchemaView,
  imports: ImportSet,
  resolveTypeModule: ResolveTypeModule,
): string {
  const { model, names } = view;
  const file = newFile();
  emitDocumentTypes(file, model, imports, resolveTypeModule);

  file.addInterface({
    name: model.contract,
    isExported: true,
    docs: [
      `Everything that can be stored, and how it is read back. Every backend obeys it alike.\n\n@see ${model.source}`,
    ],
    methods: [
      ...model.entities.flatMap((entity) =>
        entity.methods.map((method) => methodSignature(model, entity, method, imports)),
      ),
      {
        name: "clear",
        returnType: "Promise<void>",
        docs: ["Empties every entity, in one step (rule S9)."],
      },
      {
        name: "getStats",
        returnType: model.stats,
        docs: [
          "How many documents of each kind are stored, without waiting (rule S10).\n\n" +
            "@throws StorageError `NOT_OPEN` before a storage that opens asynchronously has opened.",
        ],
      },
    ],
  });

  file.addInterface({
    name: model.stats,
    isExported: true,
    docs: ["How many documents of each kind are stored."],
    properties: model.entities.map((entity): OptionalKind<PropertySignatureStructure> => ({
      name: entity.count,
      type: "number",
      docs: [entity.doc],
    })),
  });

  emitOptions(file, model);

  file.addTypeAlias({
    name: names.moduleType,
    isExported: true,
    type: `${imports.add("HostModule", "kit", true)}<${model.contract}, ${model.stats}>`,
    docs: [
      "What every factory returns: the storage in `exports`, its lifecycle, and what its backend promises.",
    ],
  });
  return file.getFullText();
}

/** `backend-interface.ts`: what a backend implements. */
export function emitBackendInterface(view: SchemaView, imports: ImportSet): string {
  const { model, names } = view;
  const file = newFile();
  const lifecycle = imports.add("BackendLifecycle", "kit", true);
  const stats = imports.add(model.stats, "./contract", true);
  file.addInterface({
    name: names.backendType,
    isExported: true,
    typeParameters: ["Data"],
    extends: [`${lifecycle}<${stats}>`],
    docs: [
      "What a backend implements. Its arguments have been checked, and documents arrive encoded as `Data` (rule S14); it may\n" +
        "answer at once or later. Reads see every write called before them (rule S8).",
    ],
    methods: view.entities.flatMap((entity) => backendMethods(entity, imports)),
  });
  return file.getFullText();
}

function backendMethods(entity: EntityView, imports: ImportSet): OptionalKind<MethodSignatureStructure>[] {
  const row = imports.add(entity.rowType, "./rows", true);
  return [
    {
      name: entity.put,
      parameters: [{ name: "row", type: `${row}<Data>` }],
      returnType: "void | Promise<void>",
      docs: [
        `Stores ${withArticle(entity.noun)} in the place of an earlier one of its key, which keeps its position (rule S6).` +
          (entity.hasUniques ? " Refuses with `CONFLICT` what another one has that no two share." : ""),
      ],
    },
    ...entity.queries.map((query) => ({
      name: query.name,
      parameters: query.args.map((arg) => ({ name: arg.name, type: arg.kind })),
      returnType: query.isList
        ? "readonly Data[] | Promise<readonly Data[]>"
        : "Data | undefined | Promise<Data | undefined>",
      docs: [query.doc],
    })),
    ...entity.selections.map((selection) => {
      const answer = selection.isCount
        ? "number"
        : selection.paged
          ? `readonly ${imports.add("Placed", "kit", true)}<Data>[]`
          : "readonly Data[]";
      return {
        name: selection.name,
        parameters: [
          ...selection.args.map((arg) => ({ name: arg.name, type: arg.kind })),
          { name: "selection", type: imports.add("Selection", "kit", true) },
        ],
        returnType: `${answer} | Promise<${answer}>`,
        docs: [selection.doc],
      };
    }),
    ...entity.removals.map((removal) => ({
      name: removal.name,
      parameters: removal.args.map((arg) => ({ name: arg.name, type: arg.kind })),
      returnType: "number | Promise<number>",
      docs: [removal.doc],
    })),
  ];
}

function methodSignature(
  model: Model,
  entity: EntityModel,
  method: MethodModel,
  imports: ImportSet,
): OptionalKind<MethodSignatureStructure> {
  const type = entity.type.name;
  const docs = [methodDoc(model, entity, method)];
  switch (method.kind) {
    case "store":
      return {
        name: method.name,
        parameters: [{ name: method.param, type }],
        returnType: "Promise<void>",
        docs,
      };
    case "get":
      return {
        name: method.name,
        parameters: method.params.map((param) => ({
          name: param.name,
          type: param.field.kind,
          hasQuestionToken: param.optional,
        })),
        returnType: `Promise<${type} | ${method.miss}>`,
        docs,
      };
    case "list":
      return {
        name: method.name,
        parameters: selectingParameters(method),
        returnType: method.paged
          ? `Promise<${imports.add("StoragePage", "kit", true)}<${type}>>`
          : `Promise<${type}[]>`,
        docs,
      };
    case "count":
      return {
        name: method.name,
        parameters: selectingParameters(method),
        returnType: "Promise<number>",
        docs,
      };
    case "remove":
      return {
        name: method.name,
        parameters: method.params.map((param) => ({ name: param.name, type: param.field.kind })),
        returnType: "Promise<number>",
        docs,
      };
  }
}

function selectingParameters(
  method: ListMethodModel | CountMethodModel,
): OptionalKind<ParameterDeclarationStructure>[] {
  const { params, optionsType } = method;
  return [
    ...params.map((param) => ({ name: param.name, type: param.field.kind })),
    ...(optionsType === null ? [] : [{ name: "options", type: optionsType, hasQuestionToken: true }]),
  ];
}

function optionalProperty(name: string, type: string, doc: string): OptionalKind<PropertySignatureStructure> {
  return { name, type: `${type} | undefined`, hasQuestionToken: true, isReadonly: true, docs: [doc] };
}

/** The options of each method that selects. */
function emitOptions(file: SourceFile, model: Model): void {
  for (const method of model.entities.flatMap((entity) => entity.methods)) {
    if ((method.kind !== "list" && method.kind !== "count") || method.optionsType === null) continue;
    const isLimited = method.kind === "list" && method.limited;
    const isPaged = method.kind === "list" && method.paged;
    file.addInterface({
      name: method.optionsType,
      isExported: true,
      docs: [`What narrows \`${method.name}\`.`],
      properties: [
        ...method.options.map((option) =>
          optionalProperty(option.name, option.field.kind, optionDoc(option)),
        ),
        ...(isLimited
          ? [
              optionalProperty(
                "limit",
                "number",
                isPaged ? "How many a page may hold; 100 unless given." : "How many to read at most, from 1.",
              ),
            ]
          : []),
        ...(isPaged ? [optionalProperty("after", "string", "The `next` of the page before.")] : []),
      ],
    });
  }
}

/** Re-exports the types that have a name of their own; names the others. */
function emitDocumentTypes(
  file: SourceFile,
  model: Model,
  imports: ImportSet,
  resolveTypeModule: ResolveTypeModule,
): void {
  const reExported = new Set<string>();
  const named = new Set<string>();
  for (const { type } of model.entities) {
    for (const item of type.imports) {
      imports.addFrom(item.name, resolveTypeModule(item.module, item.file), true, item.alias);
    }
    if (type.text === type.name) reExported.add(type.name);
    else if (!named.has(type.name)) {
      named.add(type.name);
      file.addTypeAlias({ name: type.name, isExported: true, type: type.text });
    }
  }
  if (reExported.size > 0) {
    file.addExportDeclaration({ isTypeOnly: true, namedExports: [...reExported].toSorted() });
  }
}

function newFile(): SourceFile {
  return new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true }).createSourceFile("file.ts");
}
