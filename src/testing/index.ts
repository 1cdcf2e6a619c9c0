/** What generated test packages call: arbitraries, the conformance suite and the differential test, for any schema. */
export { anyBytes, anyDate, anyDocumentValue, anyLeaf, anyMap, anySet } from "./arbitraries/any-value.js";
export { documentsOf, listOf, objectOf, recordOf } from "./arbitraries/document.js";
export {
  anyNumber,
  anyText,
  argument,
  type ArbitraryOptions,
  indexedNumber,
  indexedText,
  keyNumber,
  keyText,
  optionalArgument,
  optionsArgument,
} from "./arbitraries/text.js";
export type { ConformanceCase } from "./case.js";
export { conformanceCases, registerCases, type TestRunner } from "./conformance.js";
export {
  type ComparedInitializer,
  type ComparedModule,
  compareStorages,
  type DifferentialOptions,
  type DifferentialReport,
} from "./differential.js";
export type {
  ContractFacts,
  EntityFacts,
  FieldFacts,
  NarrowingFacts,
  OrderFacts,
  ParamFacts,
  ReadFacts,
  RemovalFacts,
} from "./facts.js";
export type { CreatedStorage, DynamicContract, DynamicModule, BackendInitializer } from "./initializer.js";
export {
  type AnyOperation,
  type Answer,
  operationOf,
  operationsOf,
  recordAnswers,
  sequencesOf,
  walkOf,
} from "./operations.js";
export { assertSame, isSame } from "./same.js";
