// Required, since to import a CommonJS module Node reads through all of its text for the names it exports.
import tsMorph = require("ts-morph");

/** ts-morph's view of a program; the compiler itself is `ts`. */
export import Project = tsMorph.Project;
export import Node = tsMorph.Node;
export import ts = tsMorph.ts;
